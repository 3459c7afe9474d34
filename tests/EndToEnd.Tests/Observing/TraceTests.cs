using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using CustomerFeedback.EndToEnd.Tests.Running;
using CustomerFeedback.TestKit;
using CustomerFeedback.TestKit.Otlp;

namespace CustomerFeedback.EndToEnd.Tests.Observing;

/// <summary>One request is one trace, through every process that has to do with it.</summary>
[Collection(SystemTests.Name)]
public sealed class TraceTests(RunningSystem system) : IDisposable
{
    private const string Received = "CustomerFeedback.Contracts.Intake:RequestReceived";
    private const string Opened = "CustomerFeedback.Contracts.Ticketing:TicketOpened";

    private readonly Shop _shop = new(system);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_request_is_followed_from_the_gateway_to_the_numbers_under_one_trace_id()
    {
        var traceId = ActivityTraceId.CreateRandom().ToHexString();
        const string caller = "00f067aa0ba902b7";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/requests");
        request.Content = JsonContent.Create(Shop.Request($"{Guid.CreateVersion7()}"));
        request.Headers.Add("traceparent", $"00-{traceId}-{caller}-01");
        using var answer = await _shop.Send(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);

        var spans = await Eventually.Gives(
            () =>
            {
                var trace = system.Telemetry.Trace(traceId);
                return Task.FromResult(
                    trace.Any(s => IsStoring(s, trace, Received)) && trace.Any(s => IsStoring(s, trace, Opened))
                        ? trace
                        : null
                );
            },
            within: TimeSpan.FromSeconds(60)
        );
        foreach (var span in spans)
            Console.WriteLine($"{span.Service, -13} {span.Kind, -8} {span.Id} < {span.Parent, 16} {span.Name}");

        var atGate = Only(spans, "gateway", SpanKind.Server, parent: caller);
        atGate.Name.ShouldStartWith("POST /v1/requests");
        atGate.Attributes["http.response.status_code"].ShouldBe("201");
        // The proxy has a span for forwarding, and the call itself is one below it.
        var forwarded = spans.Single(s => s is { Service: "gateway", Kind: SpanKind.Client });
        Ancestors(forwarded, spans).ShouldContain(atGate);
        var accepted = Only(spans, "intake", SpanKind.Server, parent: forwarded.Id);
        accepted.Name.ShouldBe("POST /v1/requests");
        var stored = Only(spans, "intake", SpanKind.Internal, parent: accepted.Id);
        stored.Name.ShouldBe("store requests");
        spans.ShouldContain(s => s.Service == "intake" && s.Source == "Npgsql" && s.Parent == stored.Id);
        var announced = Only(spans, "intake", SpanKind.Producer, parent: accepted.Id);
        announced.Name.ShouldBe($"publish {Received}");
        var opened = Only(spans, "ticketing", SpanKind.Consumer, parent: announced.Id);
        opened.Name.ShouldBe("process ticketing-open-ticket-on-request-received");
        var told = spans.Single(s => s.Service == "ticketing" && s.Name == $"publish {Opened}");
        told.Parent.ShouldBe(opened.Id);
        foreach (var cause in (Span[])[announced, told])
            Only(spans, "analytics", SpanKind.Consumer, parent: cause.Id)
                .Name.ShouldBe("process analytics-store-events");

        foreach (var span in spans.Where(s => s.Kind is SpanKind.Producer or SpanKind.Consumer))
        {
            var sends = span.Kind is SpanKind.Producer;
            span.Attributes["messaging.system"].ShouldBe("rabbitmq");
            span.Attributes["messaging.operation.type"].ShouldBe(sends ? "send" : "process");
            span.Attributes["messaging.operation.name"].ShouldBe(sends ? "publish" : "process");
            span.Name.ShouldBe(
                $"{span.Attributes["messaging.operation.name"]} {span.Attributes["messaging.destination.name"]}"
            );
            span.Attributes["messaging.message.id"].ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task Of_many_at_once_each_keeps_its_own_trace()
    {
        var traces = Enumerable.Range(0, 20).Select(_ => ActivityTraceId.CreateRandom().ToHexString()).ToList();
        await Task.WhenAll(
            traces.Select(async traceId =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/requests");
                request.Content = JsonContent.Create(Shop.Request($"{Guid.CreateVersion7()}"));
                request.Headers.Add("traceparent", $"00-{traceId}-00f067aa0ba902b7-01");
                using var answer = await _shop.Send(request);
                answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            })
        );

        foreach (var traceId in traces)
            await Eventually.That(
                () =>
                {
                    var trace = system.Telemetry.Trace(traceId);
                    return trace.Count(s => IsStoring(s, trace, Received)) == 1
                        && trace.Count(s => IsStoring(s, trace, Opened)) == 1;
                },
                within: TimeSpan.FromSeconds(60)
            );
    }

    /// <summary>Analytics keeps the event that was sent under this type.</summary>
    private static bool IsStoring(Span span, IReadOnlyList<Span> trace, string type) =>
        span is { Service: "analytics", Kind: SpanKind.Consumer }
        && trace.Any(sent => sent.Id == span.Parent && sent.Name == $"publish {type}");

    private static Span Only(IReadOnlyList<Span> spans, string service, SpanKind kind, string parent) =>
        spans.Where(s => s.Service == service && s.Kind == kind && s.Parent == parent).ShouldHaveSingleItem();

    private static IEnumerable<Span> Ancestors(Span span, IReadOnlyList<Span> spans)
    {
        for (var up = span; up is not null; up = spans.FirstOrDefault(s => s.Id == up.Parent))
            yield return up;
    }
}
