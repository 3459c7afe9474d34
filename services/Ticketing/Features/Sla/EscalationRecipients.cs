using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Routing;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>Who is meant by a step of the ladder, among the people as they are organised now.</summary>
internal sealed class EscalationRecipients(Staff staff)
{
    public static async Task<EscalationRecipients> Read(TicketingDbContext db, CancellationToken ct) =>
        new(StaffDocuments.People(await db.Staff.AsNoTracking().ToListAsync(ct)));

    /// <summary>Null where nobody can be named: the step is told all the same.</summary>
    public string? Of(EscalationTarget to, Ticket ticket, DateTimeOffset at) =>
        to switch
        {
            EscalationTarget.Assignee => ticket.Assignee,
            EscalationTarget.Lead => staff.Recipient(StaffRole.Lead, ticket.Team, at),
            EscalationTarget.Manager => staff.Recipient(StaffRole.Manager, ticket.Team, at),
            EscalationTarget.Duty => staff.Recipient(StaffRole.Duty, ticket.Team, at),
        };

    /// <summary>Until when telling somebody waits: the end of their quiet hours, unless the ticket is urgent; null: at once.</summary>
    public DateTimeOffset? QuietUntil(string? agent, Ticket ticket, DateTimeOffset at) =>
        ticket.Urgency is Urgency.Normal && agent is not null ? staff.Agent(agent)?.QuietHours?.EndOf(at) : null;
}
