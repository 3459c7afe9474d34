using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>What one fact adds to one measure: the bin that it falls into, and its value.</summary>
internal readonly record struct Observation(string Measure, int Bin, decimal Value)
{
    // Sums of corrected values must come out exactly as sums of the corrected ones: so they are decimals, with four places.
    private Observation(string measure, int bin, double value)
        : this(measure, bin, decimal.Round((decimal)value, 4)) { }

    /// <summary>By the day on which the request was received.</summary>
    public static IEnumerable<Observation> Of(TicketFact ticket)
    {
        yield return new("tickets", StateOf(ticket), 0m);
        if (ticket.Reopened > 0)
            yield return new("reopened", 0, (decimal)ticket.Reopened);
        if (ticket.Escalated > 0)
            yield return new("escalated", 0, (decimal)ticket.Escalated);
        if (ticket.Confirmation is not null)
            yield return new("confirmation", Array.IndexOf(Confirmations, ticket.Confirmation) + 1, 0m);
        if (ticket.Status == "cancelled")
            yield break;
        if (ticket.FirstContactResolution is { } first)
            yield return new("fcr", first ? 1 : 0, first ? 1m : 0m);
        if (ticket.FirstContactSeconds is { } contact)
            yield return new("first_contact", LogHistogram.BinOf(contact), contact);
        if (ticket.ResolutionSeconds is { } resolution)
            yield return new("resolution", LogHistogram.BinOf(resolution), resolution);
    }

    /// <summary>By the day on which it was due.</summary>
    public static Observation Of(ClockFact clock) =>
        new("clock:" + clock.Clock, VerdictOf(clock), clock.ConsumedSeconds);

    /// <summary>By the day on which it was submitted.</summary>
    public static IEnumerable<Observation> Of(ResponseFact response, IEnumerable<ResponseScore> scores)
    {
        if (!response.Counted)
            yield break;
        yield return new("responses", 0, 0m);
        if (response.Nps is { } nps)
            yield return new("nps", nps, (decimal)nps);
        if (response.Ces is { } ces)
            yield return new("ces", ces, (decimal)ces);
        if (response.Csi is { } csi)
            yield return new("csi", (int)(csi / 5), csi);
        if (response.Solved is { } solved)
            yield return new("solved", solved ? 1 : 0, solved ? 1m : 0m);
        foreach (var score in scores)
        {
            var bin = (int)Math.Round(score.Score, MidpointRounding.AwayFromZero);
            yield return new($"score:{score.Dimension}@{score.Scale}", bin, score.Score);
        }
    }

    /// <summary>By the day on which it was sent, or was not.</summary>
    public static Observation Of(InvitationFact invitation) =>
        new("invitations", Array.IndexOf(States, invitation.State) + 1, 0m);

    private static readonly string[] Confirmations = ["confirmed", "rejected", "by_silence"];
    private static readonly string[] States = ["sent", "opened", "started", "completed", "cancelled", "suppressed"];

    private static int StateOf(TicketFact ticket) =>
        ticket.Status switch
        {
            "resolved" => 2,
            "closed" => 3,
            "cancelled" => 4,
            _ => 1,
        };

    /// <summary>A breach stays a breach, unless the ticket was none.</summary>
    private static int VerdictOf(ClockFact clock) =>
        clock switch
        {
            { State: "cancelled", Breached: false } or { State: "cancelled", CancelReason: "ticket_cancelled" } => 3,
            { Breached: true } => 2,
            { State: "met" } => 1,
            _ => 4,
        };
}
