using CustomerFeedback.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Benchmarks;

/// <summary>The least that a consumer can do: a row.</summary>
public sealed class Note
{
    public required Guid Id { get; init; }
    public required string Text { get; init; }
}

/// <summary>The rows, and messaging's tables.</summary>
public sealed class NotesDbContext(DbContextOptions<NotesDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Note>().ToTable("notes");
    }
}

public sealed record SingleKept(Guid Id, string Text);

public sealed record SingleNoted(Guid Id, string Text);

public sealed record BatchKept(Guid Id, string Text);

public sealed record BatchNoted(Guid Id, string Text);

/// <summary>Without the inbox, one at a time.</summary>
public sealed class KeepSingle(NotesDbContext db) : IConsumer<SingleKept>
{
    public Task Consume(ConsumeContext<SingleKept> context)
    {
        db.Add(new Note { Id = context.Message.Id, Text = context.Message.Text });
        return db.SaveChangesAsync(context.CancellationToken);
    }
}

/// <summary>With the inbox, one at a time.</summary>
public sealed class NoteSingle(NotesDbContext db) : IConsumer<SingleNoted>
{
    public Task Consume(ConsumeContext<SingleNoted> context) =>
        db.HandleOnce(
            context,
            _ =>
            {
                db.Add(new Note { Id = context.Message.Id, Text = context.Message.Text });
                return Task.CompletedTask;
            }
        );
}

/// <summary>Without the inbox, in batches.</summary>
public sealed class KeepBatch(NotesDbContext db) : IConsumer<Batch<BatchKept>>
{
    public Task Consume(ConsumeContext<Batch<BatchKept>> context)
    {
        db.AddRange(context.Message.Select(m => new Note { Id = m.Message.Id, Text = m.Message.Text }));
        return db.SaveChangesAsync(context.CancellationToken);
    }
}

/// <summary>With the inbox, in batches.</summary>
public sealed class NoteBatch(NotesDbContext db) : IConsumer<Batch<BatchNoted>>
{
    public Task Consume(ConsumeContext<Batch<BatchNoted>> context) =>
        db.HandleOnce(
            context,
            (fresh, _) =>
            {
                db.AddRange(fresh.Select(m => new Note { Id = m.Message.Id, Text = m.Message.Text }));
                return Task.CompletedTask;
            }
        );
}
