using System.Text.Json;
using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Data;

/// <summary>The event store, and what is made of it.</summary>
/// <remarks>
/// The tables of the store and of the schema <c>facts</c> are made by SQL in the migrations: EF has no words for partitions. A rebuild makes the schema
/// <c>facts</c> anew beside the old one and renames it.
/// </remarks>
internal sealed class AnalyticsDbContext(DbContextOptions<AnalyticsDbContext> options) : DbContext(options)
{
    public const string FactsSchema = "facts";

    public DbSet<EventRow> Events => Set<EventRow>();
    public DbSet<Projection> Projections => Set<Projection>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<TicketFact> Tickets => Set<TicketFact>();
    public DbSet<ClockFact> Clocks => Set<ClockFact>();
    public DbSet<ResponseFact> Responses => Set<ResponseFact>();
    public DbSet<ResponseScore> Scores => Set<ResponseScore>();
    public DbSet<InvitationFact> Invitations => Set<InvitationFact>();
    public DbSet<RollupRow> Rollups => Set<RollupRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<EventRow>(row =>
        {
            row.ToTable("events", table => table.ExcludeFromMigrations());
            row.HasKey(e => new { e.Id, e.OccurredAt });
            row.Property(e => e.Body).HasColumnType("jsonb");
        });
        modelBuilder.Entity<Projection>(row => row.ToTable("projection", table => table.ExcludeFromMigrations()));
        modelBuilder.Entity<Job>(row =>
        {
            row.ToTable("jobs", table => table.ExcludeFromMigrations());
            row.Property(e => e.Input).HasColumnType("jsonb");
            row.Property(e => e.Result).HasColumnType("jsonb");
        });
        Fact<TicketFact>("ticket_facts", nameof(TicketFact.Number));
        Fact<ClockFact>("clock_facts", nameof(ClockFact.Instance));
        Fact<ResponseFact>("response_facts", nameof(ResponseFact.ResponseId), nameof(ResponseFact.SubmittedAt));
        Fact<ResponseScore>(
            "response_scores",
            nameof(ResponseScore.ResponseId),
            nameof(ResponseScore.Dimension),
            nameof(ResponseScore.SubmittedAt)
        );
        Fact<InvitationFact>("invitation_facts", nameof(InvitationFact.InvitationId));
        Fact<RollupRow>(
            "rollups",
            nameof(RollupRow.View),
            nameof(RollupRow.Grain),
            nameof(RollupRow.Measure),
            nameof(RollupRow.Bucket),
            nameof(RollupRow.Key),
            nameof(RollupRow.Bin)
        );
        SpellInSnakeCase(modelBuilder);

        void Fact<T>(string table, params string[] key)
            where T : class
        {
            var row = modelBuilder.Entity<T>();
            row.ToTable(table, FactsSchema, t => t.ExcludeFromMigrations());
            row.HasKey(key);
            foreach (var property in row.Metadata.GetProperties())
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        }
    }

    private static void SpellInSnakeCase(ModelBuilder model)
    {
        var ours = model.Model.GetEntityTypes().Where(e => e.ClrType.Assembly == typeof(AnalyticsDbContext).Assembly);
        foreach (var property in ours.SelectMany(entity => entity.GetProperties()))
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}
