using System.Text.Json;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CustomerFeedback.Intake.Data;

/// <summary>Intake's database: requests and their words, customers, rules, and copies of what Ticketing publishes.</summary>
internal sealed class IntakeDbContext(DbContextOptions<IntakeDbContext> options) : DbContext(options)
{
    public const string OncePerNaturalKey = "ux_requests_natural_key";
    public const string Numbers = "request_numbers";

    public DbSet<RequestRow> Requests => Set<RequestRow>();
    public DbSet<RequestTextRow> RequestTexts => Set<RequestTextRow>();
    public DbSet<CustomerRow> Customers => Set<CustomerRow>();
    public DbSet<CustomerHistoryRow> CustomerHistory => Set<CustomerHistoryRow>();
    public DbSet<ClassificationRulesRow> ClassificationRules => Set<ClassificationRulesRow>();
    public DbSet<SlaPolicyRow> SlaPolicies => Set<SlaPolicyRow>();
    public DbSet<SlaCalendarRow> SlaCalendars => Set<SlaCalendarRow>();
    public DbSet<RuleBookRow> RuleBook => Set<RuleBookRow>();
    public DbSet<PersonalDataReadRow> PersonalDataReads => Set<PersonalDataReadRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasSequence<long>(Numbers).StartsAt(1);
        modelBuilder.Entity<RequestRow>(request =>
        {
            request.ToTable("requests").HasKey(r => r.Id);
            // Status and team are noted soon after: room for that on the same page spares the indexes.
            request.Metadata.SetStorageParameter("fillfactor", 85);
            request.Property(r => r.ComplaintLevel).HasColumnType("smallint");
            request.Property(r => r.DecidedBy).HasColumnType("jsonb");
            request.Property(r => r.Promises).HasColumnType("jsonb");
            request.Property(r => r.Status).HasDefaultValue(RequestRow.Received);
            request.Property(r => r.StatusVersion).HasDefaultValue(0);
            request.Property(r => r.TeamVersion).HasDefaultValue(0);
            request.HasIndex(r => r.Number).IsUnique().HasDatabaseName("ux_requests_number");
            request
                .HasIndex(r => new
                {
                    r.RecordedBy,
                    r.Source,
                    r.ExternalId,
                })
                .IsUnique()
                .HasFilter("external_id IS NOT NULL")
                .HasDatabaseName(OncePerNaturalKey);
            request.HasIndex(r => new { r.CustomerId, r.Id }).HasDatabaseName("ix_requests_customer");
        });
        modelBuilder.Entity<RequestTextRow>(text =>
        {
            text.ToTable("request_texts").HasKey(t => new { t.CustomerId, t.RequestId });
            text.Property(t => t.Attributes).HasColumnType("jsonb");
        });
        modelBuilder.Entity<CustomerRow>(customer =>
        {
            customer.ToTable("customers").HasKey(c => c.Id);
            customer.Property(c => c.DoNotContact).HasColumnType("jsonb").HasDefaultValueSql("'[]'::jsonb");
            customer.HasIndex(c => c.ExternalId).IsUnique().HasDatabaseName("ux_customers_external_id");
            customer.HasIndex(c => c.PhoneIndex).HasDatabaseName("ix_customers_phone");
            customer.HasIndex(c => c.EmailIndex).HasDatabaseName("ix_customers_email");
            // Customers nobody has numbered are told apart by their address alone: two racing first requests are one.
            customer
                .HasIndex(c => c.PhoneIndex, "ux_customers_unnumbered_phone")
                .IsUnique()
                .HasFilter("external_id IS NULL");
            customer
                .HasIndex(c => c.EmailIndex, "ux_customers_unnumbered_email")
                .IsUnique()
                .HasFilter("external_id IS NULL AND phone_index IS NULL");
        });
        modelBuilder.Entity<CustomerHistoryRow>(line =>
        {
            line.ToTable("customer_history").HasKey(l => l.Id);
            line.Property(l => l.Id).ValueGeneratedNever();
            line.Property(l => l.Details).HasColumnType("jsonb");
            line.HasIndex(l => new
                {
                    l.CustomerId,
                    l.At,
                    l.Id,
                })
                .HasDatabaseName("ix_customer_history_customer");
        });
        modelBuilder.Entity<PersonalDataReadRow>(read =>
        {
            read.ToTable("personal_data_reads").HasKey(r => r.Id);
            read.HasIndex(r => new { r.CustomerId, r.ReadAt }).HasDatabaseName("ix_personal_data_reads_customer");
        });
        RuleTables(modelBuilder);
        modelBuilder.AddMessaging();
        SnakeCase(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Channel>().HaveConversion<AsWord<Channel>>();
        configurationBuilder.Properties<RequestType>().HaveConversion<AsWord<RequestType>>();
        configurationBuilder.Properties<Urgency>().HaveConversion<AsWord<Urgency>>();
        configurationBuilder.Properties<ServiceStage>().HaveConversion<AsWord<ServiceStage>>();
        configurationBuilder.Properties<CustomerType>().HaveConversion<AsWord<CustomerType>>();
        configurationBuilder.Properties<Segment>().HaveConversion<AsWord<Segment>>();
        configurationBuilder.Properties<Category>().HaveConversion<AsWord<Category>>();
        configurationBuilder.Properties<Subcategory>().HaveConversion<AsWord<Subcategory>>();
        configurationBuilder.Properties<Emotion>().HaveConversion<AsWord<Emotion>>();
    }

    private static void RuleTables(ModelBuilder model)
    {
        model.Entity<ClassificationRulesRow>(rules =>
        {
            rules.ToTable("classification_rules").HasKey(r => r.Version);
            rules.Property(r => r.Version).ValueGeneratedNever();
            rules.Property(r => r.Rules).HasColumnType("jsonb");
            rules.HasData(
                new
                {
                    Version = 1,
                    Rules = Seed.Rules,
                    PutBy = Seed.By,
                    PutAt = Seed.At,
                }
            );
        });
        model.Entity<SlaPolicyRow>(policy =>
        {
            policy.ToTable("sla_policies").HasKey(p => new { p.PolicyId, p.Version });
            policy.Property(p => p.Policy).HasColumnType("jsonb");
            policy.HasData(
                new
                {
                    PolicyId = "default",
                    Version = 1,
                    Policy = Seed.DefaultPolicy,
                    PublishedAt = Seed.At,
                }
            );
        });
        model.Entity<SlaCalendarRow>(calendar =>
        {
            calendar.ToTable("sla_calendars").HasKey(c => new { c.CalendarId, c.Version });
            calendar.Property(c => c.Calendar).HasColumnType("jsonb");
            calendar.HasData(
                new
                {
                    CalendarId = "always",
                    Version = 1,
                    Calendar = Seed.AlwaysCalendar,
                    PublishedAt = Seed.At,
                }
            );
        });
        model.Entity<RuleBookRow>(book =>
        {
            book.ToTable("rule_book").HasKey(b => b.Id);
            book.Property(b => b.Id).ValueGeneratedNever();
            book.HasData(new { Id = 1, Revision = 1L });
        });
    }

    private static void SnakeCase(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(e => e.ClrType.Namespace == typeof(Seed).Namespace))
        {
            foreach (var property in entity.GetProperties())
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }

    private sealed class AsWord<T>()
        : ValueConverter<T, string>(value => Word<T>.Of(value), text => Word<T>.Parse(text))
        where T : struct, Enum;
}
