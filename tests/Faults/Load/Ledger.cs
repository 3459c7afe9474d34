using System.Collections.Concurrent;

namespace CustomerFeedback.Faults.Load;

/// <summary>Something done to a ticket that was acknowledged with a 2xx.</summary>
/// <param name="Kind"><c>contact</c>, <c>resolved</c>, <c>confirmed</c>, <c>rejected</c>: as in the ticket's timeline.</param>
internal sealed record Said(string Number, int Episode, string Kind);

/// <summary>A response that was acknowledged with a 2xx.</summary>
/// <param name="Bad">It has to come back as a request.</param>
internal sealed record Answered(string Number, int Episode, Guid ResponseId, int Overall, int Nps, bool Bad);

/// <summary>What was meant and what was answered: the truth that the databases are held against.</summary>
internal sealed class Ledger
{
    private int _meant;
    private int _replayed;

    /// <summary>Marks everything of this run: the first part of its external ids.</summary>
    public string Run { get; } = Guid.CreateVersion7().ToString("N")[^12..];

    /// <summary>Number of each accepted request by its external id.</summary>
    public ConcurrentDictionary<string, string> Requests { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests that nobody handles: they climb the ladder.</summary>
    public ConcurrentBag<string> Probes { get; } = [];

    public ConcurrentBag<Said> Said { get; } = [];

    public ConcurrentBag<Answered> Answers { get; } = [];

    /// <summary>Answers that were no refusal that may pass and no acceptance, by key.</summary>
    public ConcurrentDictionary<string, string> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Two answers to one key that were not alike.</summary>
    public ConcurrentBag<string> Contradicted { get; } = [];

    /// <summary>Requests that were to be accepted.</summary>
    public int Meant => _meant;

    /// <summary>Every answer that told nothing: time-out, reset, 5xx.</summary>
    public ConcurrentQueue<string> Unknown { get; } = [];

    /// <summary>Every answer that said to come again: too many at once, or the same still in flight.</summary>
    public ConcurrentQueue<string> PutOff { get; } = [];

    /// <summary>Answers that told something, by the first word of the path behind the version.</summary>
    public ConcurrentDictionary<string, int> Told { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests that were sent once more when all was over.</summary>
    public int Replayed => _replayed;

    public string Mean() => $"{Run}-{Interlocked.Increment(ref _meant)}";

    /// <summary>The same key once more: it must get the same number.</summary>
    public void Replay(string externalId, string number)
    {
        Interlocked.Increment(ref _replayed);
        if (Requests.GetOrAdd(externalId, number) != number)
            Contradicted.Add(externalId);
    }
}
