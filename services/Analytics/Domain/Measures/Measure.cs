using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Domain.Measures;

/// <summary>Which facts a measure counts.</summary>
internal enum Fact
{
    Tickets,
    Clocks,
    Invitations,
    Responses,
    Scores,
}

/// <summary>What a measure reads out of a tally.</summary>
internal readonly record struct Reading(double? Value, long N, Interval? Interval = null);

/// <summary>One number that can be asked for, and all that makes it honest: its definition, its interval, its test.</summary>
internal sealed record Measure
{
    /// <summary>The word in a query, as <c>mean.attitude</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What the number means, with the version that changes when that does, as <c>mean@1</c>.</summary>
    public required string Definition { get; init; }

    public required Title Title { get; init; }

    /// <summary><c>share</c> 0..1, <c>nps</c> -100..100, <c>index</c> 0..100, <c>points</c> of the rating's scale, <c>count</c>, <c>seconds</c>.</summary>
    public required string Unit { get; init; }

    public required string Formula { get; init; }

    /// <summary>Where the formula comes from.</summary>
    public required string Source { get; init; }

    public required Fact Fact { get; init; }

    /// <summary>The family of sums it is read from, as <c>score:attitude</c>.</summary>
    public required string Tally { get; init; }

    public required Func<Tally, Reading> Read { get; init; }

    /// <summary>The test of a change; null where chance is no explanation to be ruled out.</summary>
    public Func<Tally, Tally, Difference?>? Compare { get; init; }

    /// <summary>How many answers of people a cell tells of; null where it tells of none.</summary>
    public Func<Tally, long>? Answers { get; init; }

    /// <summary>What places a fact in a period.</summary>
    public string CountedAt =>
        Fact switch
        {
            Fact.Tickets => "received",
            Fact.Clocks => "due",
            Fact.Invitations => "invited",
            Fact.Responses or Fact.Scores => "submitted",
        };

    public bool Has(Dimension dimension) => !dimension.OfAnswersOnly || Fact is not (Fact.Tickets or Fact.Clocks);
}
