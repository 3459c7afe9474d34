using System.Globalization;

namespace CustomerFeedback.Ticketing.Domain;

/// <summary>A part of a ticket on its way to become a ticket of its own: its request is made by Intake, as every request is.</summary>
internal sealed class Split
{
    /// <summary>The source of the request that is made of it.</summary>
    public const string Source = "split";

    /// <summary>How many parts a ticket is split into.</summary>
    public const int Most = 20;

    private Split() { }

    /// <summary>Also the natural key of the request.</summary>
    public Guid Id { get; private set; }

    /// <summary>The ticket that it was a part of.</summary>
    public Guid TicketId { get; private set; }

    /// <summary>The number that the new ticket will have.</summary>
    public string Number { get; private set; } = "";
    public string By { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    /// <param name="before">How many parts were split off before.</param>
    public static Split Of(Ticket ticket, int before, string by, DateTimeOffset at) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            TicketId = ticket.Id,
            // The ticket itself is the first part: R26-0000123, R26-0000123-2, R26-0000123-3.
            Number = string.Create(CultureInfo.InvariantCulture, $"{ticket.Number}-{before + 2}"),
            By = by,
            At = at,
        };
}

/// <summary>What a part is about, in the words of its customer or of who split it off.</summary>
internal sealed record Account(string Subject, string What, string? When, string? Where, string? Expectation)
{
    public Wording Wording => new($"{Subject.ReplaceLineEndings(" ")}\n{What}");
}
