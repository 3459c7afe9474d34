using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Planning;

/// <summary>Which plan of a ticket holds: the latest.</summary>
internal static class Plans
{
    public static Task<Plan?> PlanOf(this TicketingDbContext db, Guid ticket, CancellationToken ct) =>
        db.Plans.Where(plan => plan.TicketId == ticket).OrderByDescending(plan => plan.Number).FirstOrDefaultAsync(ct);

    /// <summary>A new plan with its steps, for what is saved next.</summary>
    public static void AddPlan(this TicketingDbContext db, Plan plan, int steps)
    {
        db.Plans.Add(plan);
        db.PlanSteps.AddRange(Enumerable.Range(1, steps).Select(position => PlanStep.Of(plan, position)));
    }
}
