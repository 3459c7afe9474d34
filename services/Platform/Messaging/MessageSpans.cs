using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using MassTransit;

namespace CustomerFeedback.Messaging;

/// <summary>
/// The spans of messages, named and tagged as OpenTelemetry has it: one where the relay sends a message, one where a consumer handles it, each in the trace
/// of whoever caused it. Where nobody listens nothing is made.
/// </summary>
internal static class MessageSpans
{
    private static readonly ActivitySource Source = new("CustomerFeedback.Messaging");

    /// <summary>Spans by the event they handle: of a batch each message goes on in its own trace.</summary>
    private static readonly ConditionalWeakTable<object, Activity> Handled = [];

    public static bool IsHeard => Source.HasListeners();

    /// <summary>A message that was brought: who caused it, as W3C wants it, and its id.</summary>
    public readonly record struct Brought(string? TraceParent, string? Id, object? Event = null);

    /// <summary>Sending; the message goes on as this span's child. Null where nobody listens.</summary>
    public static Activity? Publish(Claimed row, in Outgoing message)
    {
        if (!IsHeard)
            return null;
        var headers = message.Properties.Headers ??= new Dictionary<string, object?>();
        var to = row.Queue ?? row.Type;
        var span = Source.StartActivity(
            $"publish {to}",
            ActivityKind.Producer,
            Parent(headers.TryGetValue("traceparent", out var value) ? value as string : null),
            Tags("publish", "send", to, message.Properties.MessageId)
        );
        if (span is not null)
            headers["traceparent"] = headers["MT-Activity-Id"] = span.Id;
        return span;
    }

    /// <summary>Handling of one message or of a batch; null where nobody listens.</summary>
    public static Handling? Handle(string queue, ConsumeContext context) =>
        !IsHeard ? null
        : context is ConsumeContext<IEnumerable<ConsumeContext<object>>> batch
            ? new Handling(queue, batch.Message.Select(Arrived))
        : new Handling(queue, [Arrived(context)]);

    /// <summary>The same of messages as they travel; asked for only where <see cref="IsHeard"/>.</summary>
    public static Handling Handle(string queue, IEnumerable<Brought> messages) => new(queue, messages);

    /// <summary>The span that handles this event.</summary>
    public static Activity? Of(object message) => IsHeard && Handled.TryGetValue(message, out var span) ? span : null;

    /// <summary>A header as the broker's client gives it.</summary>
    public static string? Text(object? header) =>
        header is byte[] bytes ? Encoding.UTF8.GetString(bytes) : header as string;

    private static Brought Arrived(ConsumeContext message) =>
        new(
            message.ReceiveContext.TransportHeaders.TryGetHeader("traceparent", out var parent) ? Text(parent) : null,
            message.MessageId?.ToString(),
            (message as ConsumeContext<object>)?.Message
        );

    private static ActivityContext Parent(string? traceparent) =>
        ActivityContext.TryParse(traceparent, null, isRemote: true, out var parent) ? parent : default;

    private static ActivityTagsCollection Tags(string name, string type, string to, string? id)
    {
        var tags = new ActivityTagsCollection
        {
            ["messaging.system"] = "rabbitmq",
            ["messaging.operation.name"] = name,
            ["messaging.operation.type"] = type,
            ["messaging.destination.name"] = to,
        };
        if (id is not null)
            tags["messaging.message.id"] = id;
        return tags;
    }

    /// <summary>
    /// A span for each message, child of the one that sent it; around many of them one more that links to all and is the current one, so that their common
    /// statements stand below it.
    /// </summary>
    internal sealed class Handling : IDisposable
    {
        private readonly Activity? _before = Activity.Current;
        private readonly List<Activity> _each = [];
        private readonly Activity? _batch;

        public Handling(string queue, IEnumerable<Brought> messages)
        {
            foreach (var message in messages)
            {
                Activity.Current = null; // or a message without a trace would join its neighbour's
                var tags = Tags("process", "process", queue, message.Id);
                var parent = Parent(message.TraceParent);
                if (Source.StartActivity($"process {queue}", ActivityKind.Consumer, parent, tags) is not { } span)
                    continue;
                _each.Add(span);
                if (message.Event is { } handled)
                    Handled.AddOrUpdate(handled, span);
            }

            if (_each.Count <= 1)
                return;
            Activity.Current = null;
            _batch = Source.StartActivity(
                $"process {queue}",
                ActivityKind.Consumer,
                parentContext: default,
                Tags("process", "process", queue, id: null),
                _each.Select(span => new ActivityLink(span.Context))
            );
            _batch?.SetTag("messaging.batch.message_count", _each.Count);
        }

        public void Fail(Exception reason)
        {
            foreach (var span in _each)
                span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", reason.GetType().FullName);
            _batch?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", reason.GetType().FullName);
        }

        public void Dispose()
        {
            _batch?.Dispose();
            _each.ForEach(span => span.Dispose());
            Activity.Current = _before;
        }
    }
}

/// <summary>Within a batch: what is announced because of one message belongs to that message's trace.</summary>
public readonly struct MessageTrace : IDisposable
{
    private readonly Activity? _before;
    private readonly bool _changed;

    private MessageTrace(Activity span)
    {
        (_before, _changed) = (Activity.Current, true);
        Activity.Current = span;
    }

    /// <param name="message">An event that a consumer is handling. Where nobody traces, nothing happens.</param>
    public static MessageTrace Continue(object message) =>
        MessageSpans.Of(message) is { } span ? new MessageTrace(span) : default;

    public void Dispose()
    {
        if (_changed)
            Activity.Current = _before;
    }
}
