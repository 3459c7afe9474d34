using CustomerFeedback.Analytics.Data.Facts;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>Facts of many threads, to be written table by table.</summary>
internal sealed class FactRows
{
    public List<TicketFact> Tickets { get; } = [];
    public List<ClockFact> Clocks { get; } = [];
    public List<ResponseFact> Responses { get; } = [];
    public List<ResponseScore> Scores { get; } = [];
    public List<InvitationFact> Invitations { get; } = [];

    /// <summary>What is not as it was before.</summary>
    public void AddChanged(ThreadFacts before, ThreadFacts now)
    {
        if (now.Ticket is not null && now.Ticket != before.Ticket)
            Tickets.Add(now.Ticket);
        // Lists of words are no values: they are compared by their content.
        Clocks.AddRange(
            now.Clocks.Where(clock =>
                !before.Clocks.Any(old =>
                    old.Marks.AsSpan().SequenceEqual(clock.Marks) && old with { Marks = clock.Marks } == clock
                )
            )
        );
        Responses.AddRange(
            now.Responses.Where(response =>
                !before.Responses.Any(old =>
                    old.Flags.AsSpan().SequenceEqual(response.Flags) && old with { Flags = response.Flags } == response
                )
            )
        );
        Scores.AddRange(now.Scores.Except(before.Scores));
        Invitations.AddRange(now.Invitations.Except(before.Invitations));
    }

    public void Clear()
    {
        Tickets.Clear();
        Clocks.Clear();
        Responses.Clear();
        Scores.Clear();
        Invitations.Clear();
    }
}
