using CustomerFeedback.Messaging;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Platform.Tests.Messaging;

/// <summary>A small service's data: enough to tell whether an effect happened, and how often.</summary>
public sealed class ShopDbContext(DbContextOptions<ShopDbContext> options) : DbContext(options)
{
    public DbSet<Note> Notes => Set<Note>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.Entity<Note>().ToTable("notes");
    }
}

/// <summary>One effect.</summary>
public sealed class Note
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Text { get; init; }
}

/// <summary>An event that somebody consumes.</summary>
public sealed record OrderPlaced(int Number, string Text = "");

/// <summary>An event that nobody consumes.</summary>
public sealed record OrderSeen(int Number);
