using System.Text;

namespace CustomerFeedback.Benchmarks;

/// <summary>Requests as a shop would post them: about 600 bytes, a customer in five comes again, each with its own external id.</summary>
internal static class Requests
{
    private static int next;

    public static byte[] Next(Uri host, string token)
    {
        var k = Interlocked.Increment(ref next);
        return HttpConnection.Request("POST", host, "/v1/requests", token, Body(k));
    }

    /// <summary>The number in an answer to a posted request.</summary>
    public static string Number(ReadOnlyMemory<byte> answer)
    {
        var text = Encoding.UTF8.GetString(answer.Span);
        var at = text.IndexOf("\"number\":\"", StringComparison.Ordinal) + 10;
        return text[at..text.IndexOf('"', at)];
    }

    private static string Body(int k)
    {
        var customer = k % 5 == 4 ? k / 2 : k; // who comes again is who he was
        return $$$"""
            {"source":"shop","externalId":"B-{{{k}}}","channel":"app","type":"{{{(
                k % 3 == 0 ? "complaint" : "inquiry"
            )}}}",
            "urgency":"{{{(k % 10 == 0 ? "urgent" : "normal")}}}","language":"zh-CN",
            "customer":{"externalId":"C-{{{customer}}}","name":"张伟","company":null,"phone":"138{{{customer:00000000}}}",
            "email":null,"segment":"regular"},
            "subject":"订单少发一件","description":{"what":"订单 B-{{{k}}} 少发一件，包装完好，收货时当面清点，快递员在场。","when":"昨天","where":null,"expectation":"今天补发"},
            "product":"earphones","productVersion":null,"orderRef":"B-{{{k}}}","serviceStage":"after_sale","region":"east","store":"SH-01","attributes":{}}
            """;
    }
}
