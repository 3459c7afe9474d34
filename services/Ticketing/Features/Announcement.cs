using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>What a command leaves behind besides the changed ticket: lines of its timeline, texts, and events for the others.</summary>
/// <param name="by">Who did it: a <c>sub</c>, <c>customer</c> or <c>system</c>.</param>
internal sealed class Announcement(Ticket ticket, string by, DateTimeOffset at)
{
    public const string System = TimelineEntry.System;
    public const string Customer = "customer";

    private Announcement(Announcement other, string by)
        : this(other.Ticket, by, other.At) =>
        (_entries, _notes, _events) = (other._entries, other._notes, other._events);

    private readonly List<TimelineEntry> _entries = [];
    private readonly List<Note> _notes = [];
    private readonly List<OutboxRow> _events = [];

    public IReadOnlyList<TimelineEntry> Entries => _entries;
    public IReadOnlyList<Note> Notes => _notes;
    public IReadOnlyList<OutboxRow> Events => _events;

    public Ticket Ticket => ticket;
    public string By => by;
    public DateTimeOffset At => at;

    /// <summary>The same story where somebody else goes on.</summary>
    public Announcement As(string other) => other == by ? this : new(this, other);

    /// <summary>A line of the timeline; its text, where there is one, is kept apart as a note.</summary>
    public void Tell(
        string kind,
        object details,
        NoteKind noteKind = default,
        Wording? words = null,
        Guid? noteId = null
    )
    {
        var note = words is null ? null : Note.On(ticket, noteKind, words, at, noteId);
        if (note is not null)
            _notes.Add(note);
        var facts = JsonSerializer.Serialize(details, MessagingJson.Options);
        _entries.Add(TimelineEntry.On(ticket, kind, by, at, facts, note));
    }

    /// <summary>An event, with the next version of this ticket.</summary>
    public void Publish<T>(Func<int, T> message)
        where T : class => _events.Add(OutboxRow.For(message(ticket.NextEvent()), ticket.Id.ToString()));

    /// <summary>Adds everything to what <paramref name="db"/> saves next.</summary>
    public void Into(TicketingDbContext db)
    {
        db.Timeline.AddRange(_entries);
        db.Notes.AddRange(_notes);
        db.AddRange(_events);
    }
}
