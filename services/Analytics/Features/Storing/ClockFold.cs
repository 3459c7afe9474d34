using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.Contracts.Ticketing;
using static CustomerFeedback.Analytics.Features.Storing.Slicing;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>A ticket's clock instances; each is counted by what the ticket was when the clock started.</summary>
internal sealed class ClockFold
{
    private readonly Dictionary<Guid, ClockFact> _clocks = [];

    public IReadOnlyCollection<ClockFact> Clocks => _clocks.Values;

    public void Apply(string number, Told told, TicketFact? ticket)
    {
        switch (told.Message)
        {
            case SlaClockStarted e:
                Note(e.Clock, clock => clock with { State = "running", StartedAt = e.StartedAt });
                break;
            case SlaClockPaused e:
                Note(e.Clock, clock => clock with { State = clock.Breached ? "breached" : "paused" });
                break;
            case SlaClockResumed e:
                Note(e.Clock, clock => clock with { State = clock.Breached ? "breached" : "running" });
                break;
            case SlaClockRetargeted e:
                Note(e.Clock, clock => clock);
                break;
            case SlaWarningReached e:
                Note(e.Clock, clock => clock);
                break;
            case SlaBreached e:
                Note(
                    e.Clock,
                    clock =>
                        clock with
                        {
                            State = clock.EndedAt is null ? "breached" : clock.State,
                            Breached = true,
                            BreachCause = Word(e.Cause),
                            BreachedAt = e.BreachedAt,
                        }
                );
                break;
            case SlaClockMet e:
                Note(e.Clock, clock => clock with { State = "met", MetAt = e.MetAt, EndedAt = e.MetAt });
                break;
            case SlaClockCancelled e:
                Note(
                    e.Clock,
                    clock => clock with { State = "cancelled", CancelReason = e.Reason, EndedAt = e.OccurredAt }
                );
                break;
        }

        void Note(SlaClockFacts facts, Func<ClockFact, ClockFact> change)
        {
            var known = _clocks.GetValueOrDefault(facts.Instance) ?? First(number, facts, ticket);
            _clocks[facts.Instance] = change(
                known with
                {
                    TargetSeconds = facts.Target.TotalSeconds,
                    ConsumedSeconds = facts.Consumed.TotalSeconds,
                    DueAt = facts.DueAt ?? known.DueAt,
                    Breached = known.Breached || facts.Breached,
                    Marks = [.. facts.Marks],
                }
            );
        }
    }

    private static ClockFact First(string number, SlaClockFacts facts, TicketFact? ticket) =>
        new ClockFact
        {
            Instance = facts.Instance,
            Number = number,
            Clock = Word(facts.Clock) ?? "unknown",
            Episode = facts.Episode,
            State = "running",
        }.Like(ticket) with
        {
            Team = facts.Team ?? ticket?.Team,
            Agent = facts.Assignee ?? ticket?.Agent,
        };
}
