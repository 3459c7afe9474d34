using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>The customers of one batch: found or new, each as the requests so far have left it.</summary>
internal sealed class CustomersInBatch
{
    private readonly Dictionary<Guid, Entry> entries = [];
    private readonly Dictionary<string, Entry> byExternalId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> byPhone = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> byEmail = new(StringComparer.Ordinal);

    public CustomersInBatch(IEnumerable<CustomerRow> known, CustomerSeal seal)
    {
        // Oldest first: where an address belongs to several, the one seen first has it.
        foreach (var row in known.OrderBy(row => row.FirstSeenAt).ThenBy(row => row.Id))
            Add(new(seal.Open(row)) { Stored = true });
    }

    /// <summary>Those that have to be written.</summary>
    public IEnumerable<Entry> Touched => entries.Values.Where(entry => !entry.Stored || entry.Now != entry.Before);

    /// <summary>The customer a request speaks of: by our id where one of us asks; by external id; without one by telephone, then e-mail; else a new one.</summary>
    public Entry Of(IncomingRequest request, DateTimeOffset now)
    {
        var given = request.Customer;
        var entry = Find(given);
        if (entry is null)
        {
            entry = new(Customer.FirstSeen(Guid.CreateVersion7(now), given, request.Language, now));
            Add(entry);
        }
        else
        {
            entry.Now = entry.Now.With(given);
            Index(entry);
        }

        return entry;
    }

    private Entry? Find(GivenCustomer given)
    {
        if (given.Id is { } id)
            return entries.GetValueOrDefault(id);
        if (given.ExternalId is { } externalId)
            return byExternalId.GetValueOrDefault(externalId);
        if (given.Phone is { } phone && byPhone.TryGetValue(phone.Canonical, out var called))
            return called;
        return given.Email is { } email ? byEmail.GetValueOrDefault(email.Canonical) : null;
    }

    private void Add(Entry entry)
    {
        entries.Add(entry.Now.Id, entry);
        Index(entry);
    }

    private void Index(Entry entry)
    {
        if (entry.Now.ExternalId is { } externalId)
            byExternalId.TryAdd(externalId, entry);
        if (entry.Now.Phone is { } phone)
            byPhone.TryAdd(phone, entry);
        if (entry.Now.Email is { } email)
            byEmail.TryAdd(email.ToLowerInvariant(), entry);
    }

    /// <summary>One customer before and after the batch.</summary>
    internal sealed class Entry(Customer before)
    {
        public Customer Before { get; } = before;

        public Customer Now { get; set; } = before;

        public bool Stored { get; init; }

        /// <summary>Others copy something that this batch made or changed.</summary>
        public bool IsNews => !Stored || Now.CopiedFacts != Before.CopiedFacts;
    }
}
