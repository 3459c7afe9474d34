using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>Tickets with their story, the people who handle them, and the SLA clocks.</summary>
internal sealed class TicketingDbContext(DbContextOptions<TicketingDbContext> options) : DbContext(options)
{
    public DbSet<Ticket> Tickets => Set<Ticket>();
    public DbSet<TimelineEntry> Timeline => Set<TimelineEntry>();
    public DbSet<Note> Notes => Set<Note>();
    public DbSet<Collaboration> Collaborations => Set<Collaboration>();
    public DbSet<Mark> Marks => Set<Mark>();
    public DbSet<TicketLink> Links => Set<TicketLink>();
    public DbSet<Split> Splits => Set<Split>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<Plan> Plans => Set<Plan>();
    public DbSet<PlanStep> PlanSteps => Set<PlanStep>();
    public DbSet<SavedView> Views => Set<SavedView>();
    public DbSet<StaffRow> Staff => Set<StaffRow>();
    public DbSet<RoutingRulesRow> RoutingRules => Set<RoutingRulesRow>();
    public DbSet<AgentActivity> Activity => Set<AgentActivity>();
    public DbSet<SlaPolicyRow> Policies => Set<SlaPolicyRow>();
    public DbSet<SlaCalendarRow> Calendars => Set<SlaCalendarRow>();
    public DbSet<SlaClockRow> Clocks => Set<SlaClockRow>();
    public DbSet<SlaStepRow> Steps => Set<SlaStepRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddTickets();
        modelBuilder.AddStaff();
        modelBuilder.AddSla();
        modelBuilder.SpellInSnakeCase();
    }
}
