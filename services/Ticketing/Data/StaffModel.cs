using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>How the people and the rules of routing lie in tables, and what is there on the first day.</summary>
internal static class StaffModel
{
    public static void AddStaff(this ModelBuilder model)
    {
        model.Entity<StaffRow>(row =>
        {
            row.ToTable("staff");
            row.HasKey(r => new { r.Kind, r.Id });
            row.Property(r => r.Version).IsConcurrencyToken();
            row.Property(r => r.Body).HasColumnType("jsonb");
            row.Property(r => r.Seq).UseIdentityAlwaysColumn();
            row.HasIndex(r => new { r.Kind, r.Seq }).HasDatabaseName("ix_staff_seq");
            row.HasData(Seeds.Staff);
        });
        model.Entity<RoutingRulesRow>(row =>
        {
            row.ToTable("routing_rules");
            row.HasKey(r => r.Version);
            row.Property(r => r.Version).ValueGeneratedNever();
            row.Property(r => r.Rules).HasColumnType("jsonb");
            row.HasData(Seeds.Rules);
        });
        model.Entity<SavedView>(view =>
        {
            view.ToTable("views");
            view.Property(v => v.Id).ValueGeneratedNever();
            view.Property(v => v.Version).IsConcurrencyToken();
            view.Property(v => v.Filters).HasColumnType("jsonb");
            view.HasIndex(v => new { v.Owner, v.Id }).HasDatabaseName("ix_views_owner");
            view.HasIndex(v => v.Id).HasFilter("shared").HasDatabaseName("ix_views_shared");
        });
        model.Entity<AgentActivity>(row =>
        {
            row.ToTable("agent_activity");
            row.HasKey(r => r.Agent);
            // Updated in place, again and again.
            row.HasStorageParameter("fillfactor", 50);
        });
    }
}
