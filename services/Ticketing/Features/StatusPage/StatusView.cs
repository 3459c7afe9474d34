using System.Text.Json;
using CustomerFeedback.Masking;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.StatusPage;

/// <summary>What the customer sees, on the page as in JSON: where it stands, what was promised, what was told, and what they may do.</summary>
/// <param name="State">A ticket's state, or <c>received</c> while there is no ticket yet.</param>
/// <param name="MergedInto">The customer's own request under which it goes on.</param>
/// <param name="Actions">Of <c>confirm</c>, <c>reject</c> and <c>message</c>.</param>
internal sealed record StatusView(
    string? Number,
    string State,
    string? Subject,
    string Language,
    int Episode,
    Confirmation? Confirmation,
    DateTimeOffset? ReceivedAt,
    PauseReason? WaitsFor,
    DateTimeOffset? WaitsUntil,
    IReadOnlyList<StatusView.Promise> Promises,
    IReadOnlyList<StatusView.Step> Progress,
    IReadOnlyList<string> Actions,
    DateTimeOffset? CanReopenUntil,
    string? MergedInto = null
)
{
    public const string Received = "received";
    public const string Confirm = "confirm";
    public const string Reject = "reject";
    public const string Message = "message";

    private static readonly ClockName[] Promised =
    [
        ClockName.FirstContact,
        ClockName.ComplaintResponse,
        ClockName.SolutionPlan,
        ClockName.ProgressUpdate,
        ClockName.Resolution,
    ];

    // What concerns the customer. Texts only where they were meant for, or came from, the customer.
    private static readonly Dictionary<string, bool> Told = new()
    {
        ["opened"] = false,
        ["contact"] = false,
        ["handling_opinion"] = true,
        ["plan"] = true,
        ["answer"] = true,
        ["progress"] = true,
        ["paused"] = false,
        ["resumed"] = false,
        ["resolved"] = true,
        ["confirmed"] = true,
        ["by_silence"] = false,
        ["rejected"] = true,
        ["closed"] = false,
        ["cancelled"] = false,
        ["customer_message"] = true,
        [TimelineEntry.PublicComment] = true,
    };

    /// <summary>A time that was promised, and what became of it.</summary>
    /// <param name="Outcome"><c>pending</c>, <c>paused</c>, <c>kept</c>, <c>late</c> (kept after its time) or <c>overdue</c>.</param>
    internal sealed record Promise(ClockName Clock, DateTimeOffset? DueAt, string Outcome, DateTimeOffset? MetAt);

    internal sealed record Step(DateTimeOffset At, string Kind, string? Text, DateTimeOffset? NewEstimate);

    /// <summary>The link is good, the request is on its way here.</summary>
    public static StatusView NotYet(string language) =>
        new(null, Received, null, language, 1, null, null, null, null, [], [], [], null);

    public static async Task<StatusView> Of(
        Ticket ticket,
        TicketingDbContext db,
        SlaCatalog catalog,
        TicketOptions options,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var rows = await db
            .Clocks.AsNoTracking()
            .Where(row => row.TicketId == ticket.Id && row.Episode == ticket.Episode)
            .ToListAsync(ct);
        var clocks = await catalog.Restore(rows, db, ct);
        var kinds = Told.Keys.ToArray();
        var lines = await (
            from entry in db.Timeline.AsNoTracking()
            where entry.TicketId == ticket.Id && kinds.Contains(entry.Kind)
            orderby entry.Seq descending
            select new { entry, note = db.Notes.FirstOrDefault(note => note.Id == entry.NoteId) }
        )
            .Take(100)
            .ToListAsync(ct);
        var subject = lines.Find(line => line.entry.Kind == "opened")?.note?.Text.Split('\n', 2)[0];
        var reopenUntil = ticket.ClosedAt + options.ReopenWindow;
        return new(
            ticket.Number,
            Refusal.Spell(ticket.Status),
            subject is null ? null : MaskedText.Of(subject),
            ticket.Origin.Language,
            ticket.Episode,
            ticket.Confirmation,
            ticket.Origin.ReceivedAt,
            ticket.PauseReason,
            ticket.ResumeAt,
            [.. Promised.SelectMany(name => PromisesOf(name, clocks, now))],
            [.. lines.Select(line => StepOf(line.entry, line.note)).OfType<Step>()],
            [.. ActionsOn(ticket, reopenUntil, now)],
            reopenUntil > now ? reopenUntil : null,
            ticket.Status is TicketStatus.Cancelled ? await db.MergedInto(ticket.Id, ct) : null
        );
    }

    /// <summary>Whether the page may say that this was done; what says nothing of the sort always may.</summary>
    public bool HasDone(string what) =>
        what switch
        {
            "confirmed" => Confirmation is Domain.Confirmation.Confirmed,
            "rejected" => Confirmation is Domain.Confirmation.Rejected,
            "written" => Progress.Any(step => step.Kind == "customer_message"),
            _ => true,
        };

    private static IEnumerable<Promise> PromisesOf(ClockName name, IEnumerable<SlaClock> clocks, DateTimeOffset now)
    {
        // The next update is promised anew after each one: only the latest concerns anybody.
        var clock = clocks.Where(clock => clock.Name == name).MaxBy(clock => (clock.StartedAt, clock.Id));
        if (clock is null || ClockReading.Of(clock, now) is not { } reading)
            yield break;
        var ended = reading.MetAt is not null;
        if (name is ClockName.ProgressUpdate && ended)
            yield break;
        var outcome =
            ended ? (reading.BreachedAt is null ? "kept" : "late")
            : reading.BreachedAt is not null ? "overdue"
            : reading.State is ClockState.Paused ? "paused"
            : "pending";
        if (ended || reading.State is not ClockState.Cancelled)
            yield return new(name, reading.DueAt, outcome, reading.MetAt);
    }

    private static Step? StepOf(TimelineEntry entry, Note? note)
    {
        var details = JsonElement.Parse(entry.Details);
        // An attempt that reached nobody is no news to the customer.
        if (entry.Kind == "contact" && details.GetProperty("outcome").GetString() != "reached")
            return null;
        DateTimeOffset? estimate =
            details.TryGetProperty("newEstimate", out var at) && at.ValueKind is JsonValueKind.String
                ? at.GetDateTimeOffset()
                : null;
        return new(
            entry.At,
            entry.Kind,
            Told[entry.Kind] && note is not null ? MaskedText.Of(note.Text) : null,
            estimate
        );
    }

    private static IEnumerable<string> ActionsOn(Ticket ticket, DateTimeOffset? reopenUntil, DateTimeOffset now)
    {
        if (ticket.Status is TicketStatus.Resolved && ticket.Confirmation is null)
            yield return Confirm;
        if (ticket.Status is TicketStatus.Resolved || reopenUntil > now)
            yield return Reject;
        if (ticket.Status is not (TicketStatus.Closed or TicketStatus.Cancelled))
            yield return Message;
    }
}
