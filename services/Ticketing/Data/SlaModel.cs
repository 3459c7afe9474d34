using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>How policies, calendars and clocks lie in tables. Call it in <c>OnModelCreating</c>, before the spelling.</summary>
internal static class SlaModel
{
    public static void AddSla(this ModelBuilder model)
    {
        var firstDay = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        model.Entity<SlaPolicyRow>(row =>
        {
            row.ToTable("sla_policies");
            row.HasKey(r => new { r.PolicyId, r.Version });
            row.Property(r => r.Version).ValueGeneratedNever();
            row.Property(r => r.Body).HasColumnType("jsonb");
            row.HasData(
                new SlaPolicyRow
                {
                    PolicyId = "default",
                    Version = 1,
                    Body = SlaDocuments.Seed("default-policy"),
                    PublishedBy = "seed",
                    PublishedAt = firstDay,
                }
            );
        });
        model.Entity<SlaCalendarRow>(row =>
        {
            row.ToTable("sla_calendars");
            row.HasKey(r => new { r.CalendarId, r.Version });
            row.Property(r => r.Version).ValueGeneratedNever();
            row.Property(r => r.Body).HasColumnType("jsonb");
            row.HasData(
                new SlaCalendarRow
                {
                    CalendarId = "always",
                    Version = 1,
                    Body = SlaDocuments.Seed("always-calendar"),
                    PublishedBy = "seed",
                    PublishedAt = firstDay,
                },
                new SlaCalendarRow
                {
                    CalendarId = "working-days",
                    Version = 1,
                    Body = SlaDocuments.Seed("working-days-calendar"),
                    PublishedBy = "seed",
                    PublishedAt = firstDay,
                }
            );
        });
        model.Entity<SlaClockRow>(row =>
        {
            row.ToTable("sla_clocks");
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Entries).HasColumnType("jsonb");
            row.HasIndex(r => r.TicketId).HasDatabaseName("ix_sla_clocks_ticket");
            // The timer's only index: what lies ahead, and nothing else.
            row.HasIndex(r => r.NextStepAt)
                .HasFilter("next_step_at IS NOT NULL")
                .HasDatabaseName("ix_sla_clocks_next_step");
        });
        model.Entity<CalendarImportRow>(row =>
        {
            row.ToTable("sla_calendar_imports");
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Changes).HasColumnType("jsonb");
            row.Property(r => r.Findings).HasColumnType("jsonb");
        });
        model.Entity<SlaStepRow>(row =>
        {
            row.ToTable("sla_steps");
            row.HasKey(r => new { r.ClockId, r.Step });
        });
    }

    /// <summary>The version of each policy that holds now.</summary>
    public static IQueryable<SlaPolicyRow> CurrentPolicies(this DbContext db) =>
        db.Set<SlaPolicyRow>()
            .FromSql($"SELECT DISTINCT ON (policy_id) * FROM sla_policies ORDER BY policy_id, version DESC");

    /// <summary>The version of each calendar that holds now.</summary>
    public static IQueryable<SlaCalendarRow> CurrentCalendars(this DbContext db) =>
        db.Set<SlaCalendarRow>()
            .FromSql($"SELECT DISTINCT ON (calendar_id) * FROM sla_calendars ORDER BY calendar_id, version DESC");
}
