using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Messaging;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>Decides what becomes of each submission of a batch and collects the rows that make it so.</summary>
internal sealed class AcceptPlan(AcceptTools tools, AcceptKnowledge known, RuleBookEdition book)
{
    private readonly CustomersInBatch customers = new(known.Customers.Values, tools.Seal);

    public List<RequestRow> Requests { get; } = [];
    public List<RequestTextRow> Texts { get; } = [];
    public List<CustomerRow> NewCustomers { get; } = [];
    public List<CustomerRow> ChangedCustomers { get; } = [];
    public List<OutboxRow> Messages { get; } = [];
    public List<StoredAnswer> Keys { get; } = [];

    public bool ChangesNothing => Requests.Count == 0 && Keys.Count == 0;

    public Outcome Decide(Submission submission)
    {
        if (submission.Key is not { } key)
            return new Outcome.Stored(Accept(submission));

        var id = Convert.ToHexString(key.Id);
        if (known.Keys.TryGetValue(id, out var used))
            return new Outcome.Used(used);
        if (known.Busy.Contains(key.Lock))
            return new Outcome.InFlight();

        var answer = Accept(submission);
        var first = new StoredAnswer
        {
            Id = key.Id,
            RequestHash = key.RequestHash,
            Status = answer.Status,
            Headers = JsonSerializer.Serialize(
                new Dictionary<string, string> { ["Location"] = answer.Location, ["Content-Type"] = Answer.ContentType }
            ),
            Body = answer.Body,
        };
        Keys.Add(first);
        known.Keys.Add(id, first);
        return new Outcome.Stored(answer);
    }

    /// <summary>After the last decision: what the batch did to its customers.</summary>
    public void Finish(DateTimeOffset now)
    {
        foreach (var entry in customers.Touched)
        {
            var changed = entry.Stored
                ? entry.Now with
                {
                    Version = entry.Now.Version + 1,
                    EventVersion = entry.Now.EventVersion + (entry.IsNews ? 1 : 0),
                }
                : entry.Now;
            (entry.Stored ? ChangedCustomers : NewCustomers).Add(tools.Seal.Close(changed, now));
            if (entry.IsNews)
                Messages.Add(OutboxRow.For(Announcement.Of(changed, !entry.Stored, now), changed.Id.ToString()));
        }

        // Every replica writes in the same order, so that of two batches one waits for the other, not each for each.
        NewCustomers.Sort((a, b) => string.CompareOrdinal(a.ExternalId, b.ExternalId));
        ChangedCustomers.Sort((a, b) => a.Id.CompareTo(b.Id));
    }

    private Answer Accept(Submission submission) =>
        submission.NaturalKey is { } natural && known.Requests.TryGetValue(natural, out var first)
            ? Repeat(first, submission.ContentHash)
            : Store(submission);

    private Answer Repeat(FirstRequest first, byte[] contentHash)
    {
        var differs = !CryptographicOperations.FixedTimeEquals(first.ContentHash, contentHash);
        return Tell(StatusCodes.Status200OK, first, differs);
    }

    private Answer Store(Submission submission)
    {
        var request = submission.Request;
        var now = submission.ArrivedAt;
        var entry = customers.Of(request, now);
        var customer = entry.Now;
        var receivedAt = request.ReceivedAt ?? now;
        var classification = book.Rules.Classify(request, customer.Segment);
        var promises = book.Policies.Promise(request, classification, customer.Segment, receivedAt);
        var id = Guid.CreateVersion7(now);
        var number = submission.Number ?? RequestNumber.Format(known.Numbers.Dequeue(), now, tools.Zone);
        var first = new FirstRequest(id, number, receivedAt, now, promises.Times, submission.ContentHash);

        var row = RowOf(submission, first, customer, classification, promises.Policy);
        Requests.Add(row);
        Texts.Add(TextOf(request, customer.Id, id));
        var storing = Activity.Current;
        Activity.Current = submission.Trace;
        Messages.Add(
            OutboxRow.For(
                Announcement.Of(row, request, customer, !entry.Stored, classification, promises),
                id.ToString()
            )
        );
        Activity.Current = storing;
        if (submission.NaturalKey is { } natural)
            known.Requests.Add(natural, first);
        return Tell(StatusCodes.Status201Created, first, differs: false);
    }

    private Answer Tell(int status, FirstRequest first, bool differs)
    {
        var accepted = new Accepted(
            first.Id,
            first.Number,
            first.ReceivedAt,
            first.RecordedAt,
            tools.StatusUrl(first.Id),
            first.Promises,
            differs ? true : null
        );
        return new(status, $"/v1/requests/{first.Number}", JsonSerializer.SerializeToUtf8Bytes(accepted, tools.Json));
    }

    private static RequestRow RowOf(
        Submission submission,
        FirstRequest first,
        Customer customer,
        Classification classification,
        PinnedPolicy policy
    )
    {
        var request = submission.Request;
        return new()
        {
            Id = first.Id,
            Number = first.Number,
            RecordedBy = submission.Client,
            Source = request.Source,
            ExternalId = request.ExternalId,
            CustomerId = customer.Id,
            Channel = request.Channel,
            Type = request.Type,
            Urgency = request.Urgency,
            Language = request.Language ?? customer.Language,
            Segment = customer.Segment,
            Category = classification.Category,
            Subcategory = classification.Subcategory,
            ComplaintLevel = classification.ComplaintLevel,
            Emotion = classification.Emotion,
            ServiceStage = classification.ServiceStage,
            RuleId = classification.RuleId,
            RulesVersion = classification.RulesVersion,
            Confidence = classification.Confidence,
            DecidedBy = JsonSerializer.Serialize(classification.DecidedBy, StoredJson.Options),
            Product = request.Product,
            ProductVersion = request.ProductVersion,
            OrderRef = request.OrderRef,
            Region = request.Region,
            Store = request.Store,
            PolicyId = policy.PolicyId,
            PolicyVersion = policy.PolicyVersion,
            CalendarId = policy.CalendarId,
            CalendarVersion = policy.CalendarVersion,
            Promises = JsonSerializer.Serialize(first.Promises, StoredJson.Options),
            ReceivedAt = first.ReceivedAt,
            RecordedAt = first.RecordedAt,
            ContentHash = first.ContentHash,
        };
    }

    private static RequestTextRow TextOf(IncomingRequest request, Guid customerId, Guid requestId) =>
        new()
        {
            CustomerId = customerId,
            RequestId = requestId,
            Subject = request.Subject,
            What = request.Description.What,
            When = request.Description.When,
            Where = request.Description.Where,
            Expectation = request.Description.Expectation,
            Attributes = JsonSerializer.Serialize(request.Attributes, StoredJson.Options),
        };
}
