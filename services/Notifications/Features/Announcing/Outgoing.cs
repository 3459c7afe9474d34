using System.Text.Json;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.Notifications.Features.Carrying;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Notifications.Features.Announcing;

/// <summary>Puts messages into the queue, each once, and wakes the worker. For consumers, in the transaction of their inbox.</summary>
internal sealed class Outgoing(NotificationsDbContext db, Alarm alarm, TimeProvider time)
{
    public const string Customer = "customer";

    /// <summary>A message to a customer, whose address is asked for when it is sent.</summary>
    public DeliveryRow ToCustomer(
        string source,
        string template,
        string purpose,
        Guid customerId,
        string? number,
        string? channel = null,
        string? language = null,
        Guid? invitationId = null,
        Dictionary<string, string>? values = null
    ) => Row(source, template, Customer, customerId, number, invitationId, purpose, channel, language, values ?? []);

    /// <summary>A message to one of the company's own people.</summary>
    /// <param name="notBefore">The end of their quiet hours.</param>
    public DeliveryRow ToAgent(
        string source,
        string template,
        string agent,
        string number,
        Dictionary<string, string> values,
        DateTimeOffset? notBefore = null
    ) => Row(source, template, agent, null, number, null, null, Channels.Alert, null, values, notBefore);

    public async Task Enqueue(IReadOnlyCollection<DeliveryRow> rows, CancellationToken ct)
    {
        if (rows.Count > 0 && await db.Enqueue(rows, ct) > 0)
            alarm.Ring(); // a moment before the commit; the worker that comes too early looks again within a second
    }

    /// <summary>An instant as a value of a message.</summary>
    public static string Moment(DateTimeOffset at) => at.ToUniversalTime().ToString("O");

    private DeliveryRow Row(
        string source,
        string template,
        string recipient,
        Guid? customerId,
        string? number,
        Guid? invitationId,
        string? purpose,
        string? channel,
        string? language,
        Dictionary<string, string> values,
        DateTimeOffset? notBefore = null
    )
    {
        var now = Instants.Truncate(time.GetUtcNow());
        return new()
        {
            Id = Guid.CreateVersion7(now),
            Source = source,
            Template = template,
            Recipient = recipient,
            CustomerId = customerId,
            Number = number,
            InvitationId = invitationId,
            Purpose = purpose,
            Values = JsonSerializer.Serialize(values),
            Channel = channel,
            Language = language,
            State = DeliveryState.Queued,
            NextTryAt = notBefore > now ? notBefore : now,
            CreatedAt = now,
        };
    }
}
