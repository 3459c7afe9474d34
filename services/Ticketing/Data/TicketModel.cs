using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>How tickets, their timeline and their notes lie in tables.</summary>
internal static class TicketModel
{
    internal const string OncePerRequest = "ux_tickets_request_id";

    /// <summary>Tickets that somebody has on the desk.</summary>
    internal const string OpenStates =
        "('new', 'assigned', 'in_progress', 'waiting_customer', 'waiting_collaboration')";

    /// <summary>Resolved, and the customer has said nothing.</summary>
    internal const string SilentSince = "status = 'resolved' AND confirmation IS NULL";

    public static void AddTickets(this ModelBuilder model)
    {
        model.Entity<Ticket>(Tickets);
        model.Entity<TimelineEntry>(Timeline);
        model.Entity<Note>(Notes);
        model.Entity<Collaboration>(Collaborations);
        model.Entity<Mark>(Marks);
        model.Entity<TicketLink>(Links);
        model.Entity<Split>(Splits);
        model.Entity<Visit>(Visits);
        model.Entity<Plan>(Plans);
        model.Entity<PlanStep>(PlanSteps);
    }

    private static void Tickets(EntityTypeBuilder<Ticket> ticket)
    {
        ticket.ToTable("tickets");
        ticket.Property(t => t.Id).ValueGeneratedNever();
        ticket.Property(t => t.RowVersion).IsConcurrencyToken();
        ticket.ComplexProperty(t => t.Origin);
        ticket.ComplexProperty(t => t.ClassifiedBy);
        ticket.ComplexProperty(t => t.Routed);
        ticket.HasIndex(t => t.Number).IsUnique().HasDatabaseName("ux_tickets_number");
        ticket.HasIndex(t => t.RequestId).IsUnique().HasDatabaseName(OncePerRequest);
        // Lists are read newest first: ids are made in order of opening.
        ticket.HasIndex(t => new { t.Team, t.Id }).HasDatabaseName("ix_tickets_team");
        ticket.HasIndex(t => new { t.Assignee, t.Id }).HasDatabaseName("ix_tickets_assignee");
        ticket.HasIndex(t => new { t.Status, t.Id }).HasDatabaseName("ix_tickets_status");
        ticket.HasIndex(t => new { t.RecordedBy, t.Id }).HasDatabaseName("ix_tickets_recorded_by");
        ticket
            .HasIndex(t => t.Team, "ix_tickets_waiting")
            .HasFilter($"assignee IS NULL AND status IN {OpenStates}")
            .HasDatabaseName("ix_tickets_waiting");
        // What else a customer asked about at the time.
        ticket.HasIndex(t => new { t.CustomerId, t.OpenedAt }).HasDatabaseName("ix_tickets_customer");
        // Simulations read tickets of a range of days: they lie in order of opening, so a few blocks' bounds are enough.
        ticket.HasIndex(t => t.OpenedAt).HasMethod("brin").HasDatabaseName("ix_tickets_opened");
        // What capacity is counted by: short, because people's desks are.
        ticket
            .HasIndex(t => t.Assignee, "ix_tickets_desk")
            .HasFilter($"assignee IS NOT NULL AND status IN {OpenStates}")
            .HasDatabaseName("ix_tickets_desk");
        // Who has not said a word yet, and who was not reminded either: both shrink as they are worked off.
        ticket
            .HasIndex(t => t.ResolvedAt, "ix_tickets_silent")
            .HasFilter(SilentSince)
            .HasDatabaseName("ix_tickets_silent");
        ticket
            .HasIndex(t => t.ResolvedAt, "ix_tickets_unreminded")
            .HasFilter($"{SilentSince} AND reminded_at IS NULL")
            .HasDatabaseName("ix_tickets_unreminded");
        ticket.HasIndex(t => t.ResumeAt).HasFilter("resume_at IS NOT NULL").HasDatabaseName("ix_tickets_resume_at");
    }

    private static void Timeline(EntityTypeBuilder<TimelineEntry> entry)
    {
        entry.ToTable("timeline");
        entry.HasKey(e => new { e.TicketId, e.Seq });
        entry.Property(e => e.Details).HasColumnType("jsonb");
    }

    private static void Collaborations(EntityTypeBuilder<Collaboration> form)
    {
        form.ToTable("collaborations");
        form.Property(f => f.Id).ValueGeneratedNever();
        form.Ignore(f => f.IsInTime);
        form.HasIndex(f => f.TicketId).HasDatabaseName("ix_collaborations_ticket");
        form.HasIndex(f => new { f.Department, f.Id }).HasDatabaseName("ix_collaborations_department");
    }

    private static void Marks(EntityTypeBuilder<Mark> mark)
    {
        mark.ToTable("marks");
        // By value first, and in the order of lists: what is asked is which tickets carry a tag.
        mark.HasKey(m => new
        {
            m.Kind,
            m.Value,
            m.TicketId,
        });
        mark.HasIndex(m => m.TicketId).HasDatabaseName("ix_marks_ticket");
    }

    private static void Links(EntityTypeBuilder<TicketLink> link)
    {
        link.ToTable("links");
        link.Property(l => l.Id).ValueGeneratedNever();
        link.Ignore(l => l.IsHistory);
        link.HasIndex(l => new
            {
                l.TicketId,
                l.OtherId,
                l.Kind,
            })
            .IsUnique()
            .HasDatabaseName("ux_links_ticket");
        link.HasIndex(l => l.OtherId).HasDatabaseName("ix_links_other");
    }

    private static void Splits(EntityTypeBuilder<Split> split)
    {
        split.ToTable("splits");
        split.Property(s => s.Id).ValueGeneratedNever();
        split.HasIndex(s => s.TicketId).HasDatabaseName("ix_splits_ticket");
        split.HasIndex(s => s.Number).IsUnique().HasDatabaseName("ux_splits_number");
    }

    private static void Visits(EntityTypeBuilder<Visit> visit)
    {
        visit.ToTable("visits");
        visit.Property(v => v.Id).ValueGeneratedNever();
        visit.Ignore(v => v.Kept);
        visit.Ignore(v => v.Contact);
        visit.HasIndex(v => new { v.TicketId, v.Id }).HasDatabaseName("ix_visits_ticket");
    }

    private static void Plans(EntityTypeBuilder<Plan> plan)
    {
        plan.ToTable("plans");
        plan.Property(p => p.Id).ValueGeneratedNever();
        plan.HasIndex(p => new { p.TicketId, p.Number }).IsUnique().HasDatabaseName("ux_plans_ticket");
    }

    private static void PlanSteps(EntityTypeBuilder<PlanStep> step)
    {
        step.ToTable("plan_steps");
        step.HasKey(s => new { s.PlanId, s.Position });
    }

    private static void Notes(EntityTypeBuilder<Note> note)
    {
        note.ToTable("notes");
        note.Property(n => n.Id).ValueGeneratedNever();
        note.Property(n => n.Parts).HasColumnType("jsonb");
        note.HasIndex(n => n.TicketId).HasDatabaseName("ix_notes_ticket");
        note.HasIndex(n => n.CustomerId).HasDatabaseName("ix_notes_customer");
        note.HasIndex(n => n.Grams).HasMethod("gin").HasDatabaseName("ix_notes_grams");
    }
}
