using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CustomerFeedback.Messaging;

/// <summary>The four tables of messaging, in the schema <c>messaging</c> of each service's own database and migrations.</summary>
public static class MessagingModel
{
    internal const string Schema = "messaging";

    /// <summary>Call it in <c>OnModelCreating</c>.</summary>
    public static ModelBuilder AddMessaging(this ModelBuilder model)
    {
        model.Entity<OutboxRow>(Outbox);
        model.Entity<InboxRow>(Inbox);
        model.Entity<ParkedMessage>(Parked);
        model.Entity<StoredAnswer>(Answers);
        return model;
    }

    private static void Outbox(EntityTypeBuilder<OutboxRow> row)
    {
        row.ToTable("outbox", Schema);
        row.Property(r => r.Id).HasColumnName("id").ValueGeneratedNever();
        row.Property(r => r.Type).HasColumnName("type");
        row.Property(r => r.Body).HasColumnName("body");
        row.Property(r => r.Headers).HasColumnName("headers");
        row.Property(r => r.Subject).HasColumnName("subject");
        row.Property(r => r.Queue).HasColumnName("queue");
        row.Property(r => r.CreatedAt).HasColumnName("created_at").HasDefaultValueSql("now()");
        row.Property(r => r.LockedUntil).HasColumnName("locked_until").HasDefaultValueSql("now()");
        row.Property(r => r.LeaseOwner).HasColumnName("lease_owner");
        row.Property(r => r.LeaseEpoch).HasColumnName("lease_epoch").HasDefaultValue(0);
        // What is due comes first, whether new or waiting for another attempt: a heap of unroutable messages is never walked.
        row.HasIndex(r => r.LockedUntil).HasDatabaseName("ix_outbox_locked_until");
        // Every row is claimed once and deleted once: vacuum by count, not by share, so that a burst is cleaned while it drains.
        row.Metadata.SetStorageParameter("autovacuum_vacuum_scale_factor", 0.0);
        row.Metadata.SetStorageParameter("autovacuum_vacuum_threshold", 5000);
        row.Metadata.SetStorageParameter("autovacuum_vacuum_cost_delay", 0);
    }

    private static void Inbox(EntityTypeBuilder<InboxRow> row)
    {
        row.ToTable("inbox", Schema);
        row.Property(r => r.MessageId).HasColumnName("message_id");
        row.Property(r => r.Consumer).HasColumnName("consumer");
        row.Property(r => r.HandledAt).HasColumnName("handled_at").HasDefaultValueSql("now()");
        row.HasKey(r => new { r.MessageId, r.Consumer });
        row.HasIndex(r => r.HandledAt).HasMethod("brin").HasDatabaseName("ix_inbox_handled_at");
    }

    private static void Parked(EntityTypeBuilder<ParkedMessage> row)
    {
        row.ToTable("parked_messages", Schema);
        row.Property(r => r.Id).HasColumnName("id").ValueGeneratedNever();
        row.Property(r => r.Queue).HasColumnName("queue");
        row.Property(r => r.DedupeKey).HasColumnName("dedupe_key");
        row.Property(r => r.MessageId).HasColumnName("message_id");
        row.Property(r => r.Type).HasColumnName("type");
        row.Property(r => r.Reason).HasColumnName("reason");
        row.Property(r => r.ContentType).HasColumnName("content_type");
        row.Property(r => r.Headers).HasColumnName("headers").HasColumnType("jsonb");
        row.Property(r => r.Body).HasColumnName("body");
        row.Property(r => r.FirstSeen).HasColumnName("first_seen").HasDefaultValueSql("now()");
        row.Property(r => r.LastSeen).HasColumnName("last_seen").HasDefaultValueSql("now()");
        row.Property(r => r.ReplayedAt).HasColumnName("replayed_at");
        row.HasIndex(r => new { r.Queue, r.DedupeKey }).IsUnique().HasDatabaseName("ux_parked_messages_queue_key");
        row.HasIndex(r => r.ReplayedAt).HasDatabaseName("ix_parked_messages_replayed_at");
    }

    private static void Answers(EntityTypeBuilder<StoredAnswer> row)
    {
        row.ToTable("idempotency_keys", Schema);
        row.Property(r => r.Id).HasColumnName("id").ValueGeneratedNever();
        row.HasKey(r => r.Id);
        row.Property(r => r.RequestHash).HasColumnName("request_hash");
        row.Property(r => r.Status).HasColumnName("status");
        row.Property(r => r.Headers).HasColumnName("headers");
        row.Property(r => r.Body).HasColumnName("body");
        row.Property(r => r.CreatedAt).HasColumnName("created_at").HasDefaultValueSql("now()");
        row.HasIndex(r => r.CreatedAt).HasMethod("brin").HasDatabaseName("ix_idempotency_keys_created_at");
    }
}
