using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CustomerFeedback.Benchmarks;

/// <summary>
/// One keep-alive HTTP/1.1 connection that costs the machine almost nothing: the load shares two cores with what it measures.
/// Understands just what our hosts answer (Content-Length or chunked).
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[64 * 1024];

    public static async Task<HttpConnection> Open(Uri address, CancellationToken ct)
    {
        var connection = new HttpConnection();
        await connection.socket.ConnectAsync(new DnsEndPoint(address.Host, address.Port), ct);
        return connection;
    }

    /// <summary>The bytes of a request, ready to send.</summary>
    public static byte[] Request(string method, Uri address, string path, string? token, string? body = null)
    {
        var head =
            $"{method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\n"
            + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
            + (
                body is null
                    ? "\r\n"
                    : $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n"
            );
        return Encoding.UTF8.GetBytes(head + body);
    }

    /// <summary>Sends the bytes and reads one whole answer.</summary>
    /// <returns>The status code, and the answer's text (headers included).</returns>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Answer)> Exchange(
        ReadOnlyMemory<byte> request,
        CancellationToken ct
    )
    {
        await socket.SendAsync(request, SocketFlags.None, ct);
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), SocketFlags.None, ct);
            if (read == 0)
                throw new IOException("The server closed the connection in the middle of an answer.");
            length += read;
            if (IsComplete(buffer.AsSpan(0, length)))
                break;
        }

        return Utf8Parser.TryParse(buffer.AsSpan(9, 3), out int status, out _)
            ? (status, buffer.AsMemory(0, length))
            : throw new IOException("The answer is not HTTP.");
    }

    public void Dispose() => socket.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var headers = answer.IndexOf("\r\n\r\n"u8);
        if (headers < 0)
            return false;
        var at = answer[..headers].IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            return Utf8Parser.TryParse(answer[(at + 16)..], out int body, out _) && answer.Length >= headers + 4 + body;
        }

        return answer.EndsWith("0\r\n\r\n"u8);
    }
}
