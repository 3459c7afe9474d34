using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>The alarms of this service's workers, rung when what they look at is committed.</summary>
internal sealed class Alarms(TimeProvider time) : IDisposable
{
    /// <summary>Somebody may have become free, or there is something to assign.</summary>
    public Alarm Waiting { get; } = new(time);

    /// <summary>A pause may end.</summary>
    public Alarm Pauses { get; } = new(time);

    /// <summary>A customer's silence begins.</summary>
    public Alarm Silences { get; } = new(time);

    public void RingFor(TicketingDbContext db, Decision decision)
    {
        if (decision.Happenings.Any(happening => happening is Happening.Paused { Until: not null }))
            db.AfterCommit(Pauses.Ring);
        if (decision.Happenings.Any(happening => happening is Happening.Resolved))
            db.AfterCommit(Silences.Ring);
        if (decision.Happenings.Any(FreesSomebody))
            db.AfterCommit(Waiting.Ring);
    }

    private static bool FreesSomebody(Happening happening) =>
        happening is Happening.Resolved or Happening.Cancelled or Happening.Assigned or Happening.Classified;

    public void Dispose()
    {
        Waiting.Dispose();
        Pauses.Dispose();
        Silences.Dispose();
    }
}
