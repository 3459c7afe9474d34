using System.Text.Json;
using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Notifications.Data;

/// <summary>The service's own database: deliveries, and what messaging keeps in it.</summary>
internal sealed class NotificationsDbContext(DbContextOptions<NotificationsDbContext> options) : DbContext(options)
{
    public DbSet<DeliveryRow> Deliveries => Set<DeliveryRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<DeliveryRow>(delivery =>
        {
            delivery.ToTable("deliveries").HasKey(d => d.Id);
            delivery.Property(d => d.Id).ValueGeneratedNever();
            delivery.Property(d => d.Values).HasColumnType("jsonb");
            delivery
                .HasIndex(d => new
                {
                    d.Source,
                    d.Template,
                    d.Recipient,
                })
                .IsUnique()
                .HasDatabaseName("ux_deliveries_once");
            // What the worker looks at, and nothing else.
            delivery
                .HasIndex(d => d.NextTryAt)
                .HasFilter("next_try_at IS NOT NULL")
                .HasDatabaseName("ix_deliveries_next_try");
            delivery.HasIndex(d => new { d.Number, d.Id }).HasDatabaseName("ix_deliveries_number");
            delivery.HasIndex(d => d.CustomerId).HasDatabaseName("ix_deliveries_customer");
            foreach (var property in delivery.Metadata.GetProperties())
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        });
    }
}
