using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Routing;
using CustomerFeedback.Ticketing.Features.Work;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Marking;

/// <summary>A command that is said once for many tickets. Each ticket decides on it as if it were asked alone.</summary>
internal sealed class BulkCommand
{
    /// <summary>What can be asked of many at once: what needs no words or numbers of each one's own.</summary>
    internal enum Kind
    {
        Assign,
        Tag,
        Untag,
        Watch,
        Unwatch,
        Comment,
        Cancel,
    }

    private readonly Kind _kind;
    private readonly string _value;
    private readonly Wording? _note;

    private TicketingDbContext _db = null!;
    private ILookup<Guid, Mark> _marks = null!;
    private Agent? _agent;

    private BulkCommand(Kind kind, string value, Wording? note) => (_kind, _value, _note) = (kind, value, note);

    public static BulkCommand Read(Kind kind, string? value, string? note, Checks checks)
    {
        var text = checks.Text("/value", value).Text;
        if (kind is Kind.Tag or Kind.Untag && text.Length > 0)
            text = TagName.Read(text, "/value", checks);
        checks.That(
            kind is not Kind.Cancel || text.Length == 0 || text is "spam" or "duplicate",
            "/value",
            "unknown_value",
            "One of these is wanted: spam, duplicate."
        );
        return new(kind, text, checks.Optional("/note", note));
    }

    /// <summary>What is wrong with it for every ticket.</summary>
    public async Task<Refusal?> Refused(TicketingDbContext db, CancellationToken ct)
    {
        if (_kind is not (Kind.Assign or Kind.Watch))
            return null;
        _agent = (await db.People(ct)).Agent(_value);
        return _agent is { Active: true } ? null
            : _kind is Kind.Watch ? Refusal.UnknownAgent(_value)
            : Refusal.UnknownAssignee(_value);
    }

    /// <summary>Reads at once what the tickets are to be asked with.</summary>
    public async Task Prepare(TicketingDbContext db, IEnumerable<Ticket> tickets, CancellationToken ct)
    {
        _db = db;
        Guid[] ids = _kind is Kind.Tag or Kind.Untag or Kind.Watch or Kind.Unwatch
            ? [.. tickets.Select(t => t.Id)]
            : [];
        var kind = _kind is Kind.Tag or Kind.Untag ? MarkKind.Tag : MarkKind.Watcher;
        var marks = await db.Marks.Where(m => ids.Contains(m.TicketId) && m.Kind == kind).ToListAsync(ct);
        _marks = marks.ToLookup(mark => mark.TicketId);
    }

    public Task<Decision> Decide(Ticket ticket, Order order, CancellationToken ct) =>
        Task.FromResult(
            _kind switch
            {
                Kind.Assign => Assign(ticket, order),
                Kind.Tag => SetMark(ticket, MarkKind.Tag, isSet: true, order),
                Kind.Untag => SetMark(ticket, MarkKind.Tag, isSet: false, order),
                Kind.Watch => SetMark(ticket, MarkKind.Watcher, isSet: true, order),
                Kind.Unwatch => SetMark(ticket, MarkKind.Watcher, isSet: false, order),
                Kind.Comment => ticket.Comment(new(_value), isPublic: false, order.At),
                Kind.Cancel => ticket.Cancel(
                    _value == "spam" ? CancelReason.Spam : CancelReason.Duplicate,
                    _note,
                    order.At
                ),
            }
        );

    private Decision Assign(Ticket ticket, Order order) =>
        ticket.Assign(AssignTicket.ToPerson(ticket, _agent!, new(_value), order.By) with { Why = _note }, order.At);

    private Decision SetMark(Ticket ticket, MarkKind kind, bool isSet, Order order) =>
        MarkTicket.Apply(ticket, kind, _value, isSet, [.. _marks[ticket.Id]], order, _db);
}
