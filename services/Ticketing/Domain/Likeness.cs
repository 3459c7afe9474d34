using System.Globalization;

namespace CustomerFeedback.Ticketing.Domain;

/// <summary>How likely it is that two tickets of one customer are about the same thing, and why somebody may think so.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Reason">In plain words.</param>
internal sealed record Likeness(double Score, string Reason)
{
    /// <summary>What the same order number adds: two complaints about one order are often one.</summary>
    private const double SameOrder = 0.2;

    /// <summary>Compares another ticket's description with this one's.</summary>
    public static Likeness Of(Told one, Told other)
    {
        var alike = Alike(Bigrams.Of(one.Words), Bigrams.Of(other.Words));
        var sameOrder = one.OrderRef is { Length: > 0 } order && order == other.OrderRef;
        var score = Math.Min(1, alike + (sameOrder ? SameOrder : 0));
        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"same customer, {alike:P0} of the words alike{(sameOrder ? $", same order {one.OrderRef}" : "")}, opened {Apart(one.OpenedAt, other.OpenedAt)}"
        );
        return new(Math.Round(score, 2), reason);
    }

    // Dice: twice what both have, over what each has. Sorted sets, so one walk along both.
    private static double Alike(int[] one, int[] other)
    {
        var (i, j, both) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            var order = one[i].CompareTo(other[j]);
            both += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return one.Length + other.Length == 0 ? 0 : 2.0 * both / (one.Length + other.Length);
    }

    private static string Apart(DateTimeOffset one, DateTimeOffset other)
    {
        var between = (other - one).Duration();
        var length =
            between < TimeSpan.FromMinutes(1) ? "less than a minute"
            : between < TimeSpan.FromHours(1) ? $"{between.Minutes} min"
            : $"{(int)between.TotalHours} h";
        return $"{length} {(other < one ? "before" : "after")}";
    }

    /// <summary>What a ticket was opened with.</summary>
    internal sealed record Told(string Words, string? OrderRef, DateTimeOffset OpenedAt);
}
