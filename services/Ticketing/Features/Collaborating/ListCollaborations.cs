using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Collaborating;

/// <summary>What departments are asked, newest first: a member sees the own department's, others those of the tickets that they see.</summary>
internal static class ListCollaborations
{
    private static readonly string[] Filters = ["ticket", "department", "state", "overdue"];
    private static readonly string[] States =
    [
        CollaborationView.Open,
        CollaborationView.Answered,
        CollaborationView.Cancelled,
    ];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/collaborations", Handle)
            .WithName(nameof(ListCollaborations))
            .InPages("askedAt")
            .Takes("ticket", "The ticket's number.")
            .Takes("department", "Who is asked.")
            .Takes("state", "How it stands.", States)
            .TakesFlag("overdue", "Whether the answer is, or came, late.")
            .WithSummary("What departments are asked, newest first: ?ticket=&department=&state=&overdue=")
            .Produces<Page<CollaborationView>>();

    /// <summary>A department's own, and those of the tickets that the caller sees.</summary>
    public static IQueryable<Collaboration> VisibleTo(
        this IQueryable<Collaboration> forms,
        Caller caller,
        TicketingDbContext db
    )
    {
        var tickets = db.Tickets.VisibleTo(caller);
        var departments = caller.Is(Roles.Department) ? caller.Departments.ToArray() : [];
        return forms.Where(form =>
            departments.Contains(form.Department) || tickets.Any(ticket => ticket.Id == form.TicketId)
        );
    }

    private static async Task<IResult> Handle(Desk desk, TicketingDbContext db, HttpContext http, CancellationToken ct)
    {
        if (!PageQuery.TryRead(http, Filters, out var page, out var unknown, "askedAt"))
            return unknown;
        var checks = new Checks();
        var forms =
            from form in Narrow(
                db.Collaborations.AsNoTracking().VisibleTo(http.User.Caller(), db),
                http,
                desk.Now,
                checks
            )
            join ticket in db.Tickets on form.TicketId equals ticket.Id
            select new { form, ticket };
        var query = http.Request.Query;
        if (query.TryGetValue("ticket", out var number) && number.ToString() is var ofTicket)
            forms = forms.Where(found => found.ticket.Number == ofTicket);
        if (query.TryGetValue("state", out var state))
        {
            checks.That(
                States.Contains(state.ToString()),
                "state",
                "unknown_value",
                $"One of these is wanted: {string.Join(", ", States)}."
            );
            forms = state.ToString() switch
            {
                CollaborationView.Answered => forms.Where(found => found.form.AnsweredAt != null),
                CollaborationView.Cancelled => forms.Where(found =>
                    found.form.AnsweredAt == null && found.ticket.Status == TicketStatus.Cancelled
                ),
                _ => forms.Where(found =>
                    found.form.AnsweredAt == null && found.ticket.Status != TicketStatus.Cancelled
                ),
            };
        }

        if (checks.Failed(out var malformed))
            return malformed;
        var rows = await page.Of(forms, found => found.form.Id)
            .Select(found => new CollaborationView.Filed(found.form, found.ticket.Number, found.ticket.Status))
            .ToListAsync(ct);
        var shown = page.Answer(http, rows, filed => new Cursor(filed.Form.AskedAt, filed.Form.Id));
        return TypedResults.Ok(
            new Page<CollaborationView>(
                await CollaborationView.Of(shown.Items.ToList(), db, desk.Now, ct),
                shown.NextCursor
            )
        );
    }

    private static IQueryable<Collaboration> Narrow(
        IQueryable<Collaboration> forms,
        HttpContext http,
        DateTimeOffset now,
        Checks checks
    )
    {
        var query = http.Request.Query;
        if (query.TryGetValue("department", out var department) && department.ToString() is var of)
            forms = forms.Where(form => form.Department == of);
        if (checks.Flag(http, "overdue") is { } overdue)
            forms = forms.Where(form => ((form.AnsweredAt ?? now) > form.AnswerBy) == overdue);

        return forms;
    }
}
