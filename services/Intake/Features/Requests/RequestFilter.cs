using System.Buffers.Binary;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Intake.Features.Requests;

/// <summary>What a list of requests can be narrowed by.</summary>
internal sealed record RequestFilter(
    string? Status,
    Channel? Channel,
    string? Customer,
    DateTimeOffset? From,
    DateTimeOffset? To
)
{
    public static readonly string[] Names = ["status", "channel", "customer", "from", "to"];

    public static readonly string[] Statuses =
    [
        RequestRow.Received,
        .. Words.All<Contracts.TicketStatus>().Where(word => word != "unknown"),
    ];

    public static RequestFilter Read(IQueryCollection query, out IReadOnlyList<FieldError> errors)
    {
        var found = new List<FieldError>();
        errors = found;
        var filter = new RequestFilter(Text("status"), null, Text("customer"), Instant("from"), Instant("to"));
        if (filter.Status is { } status && !Statuses.Contains(status))
            found.Add(new("status", "unknown_value", $"One of {string.Join(", ", Statuses)}."));
        if (Text("channel") is not { } word)
            return filter;
        if (Word<Channel>.TryParse(word, out var channel))
            return filter with { Channel = channel };
        found.Add(new("channel", "unknown_value", $"One of {string.Join(", ", Word<Channel>.All)}."));
        return filter;

        string? Text(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

        DateTimeOffset? Instant(string name)
        {
            // An unescaped + arrives as a blank.
            if (Text(name)?.Replace(' ', '+') is not { } text)
                return null;
            if (Instants.TryParse(text, out var instant))
                return instant;
            found.Add(new(name, "invalid_instant", "An instant with its offset: 2026-11-21T09:00:00+08:00."));
            return null;
        }
    }

    /// <summary>Narrows what the caller may see.</summary>
    /// <param name="requests">What the caller may see.</param>
    /// <param name="db">For the customer's external id.</param>
    /// <param name="ahead">How far <c>receivedAt</c> may be ahead of recording.</param>
    public IQueryable<RequestRow> Apply(IQueryable<RequestRow> requests, IntakeDbContext db, TimeSpan ahead)
    {
        if (Status is { } status)
            requests = requests.Where(r => r.Status == status);
        if (Channel is { } channel)
            requests = requests.Where(r => r.Channel == channel);
        if (Customer is { } customer)
        {
            var ids = db.Customers.Where(c => c.ExternalId == customer).Select(c => c.Id);
            requests = Guid.TryParse(customer, out var id)
                ? requests.Where(r => r.CustomerId == id || ids.Contains(r.CustomerId))
                : requests.Where(r => ids.Contains(r.CustomerId));
        }

        if (From is { } from)
        {
            // Ids begin with the time of recording: what was recorded long before cannot have been received after.
            var floor = FirstIdAt(from - ahead);
            requests = requests.Where(r => r.ReceivedAt >= from && r.Id >= floor);
        }

        if (To is { } to)
            requests = requests.Where(r => r.ReceivedAt < to);
        return requests;
    }

    private static Guid FirstIdAt(DateTimeOffset instant)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, instant.ToUnixTimeMilliseconds()) << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
