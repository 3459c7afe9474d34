namespace CustomerFeedback.Notifications.Domain;

/// <summary>What came of one try.</summary>
internal abstract record Verdict
{
    private Verdict() { }

    /// <summary>The provider has it.</summary>
    public sealed record Delivered : Verdict;

    /// <summary>Not now: something in between did not answer. No try of the provider is used up.</summary>
    public sealed record Delayed(string Reason) : Verdict;

    /// <summary>The provider did not take it; another try may help.</summary>
    public sealed record TryAgain(string Reason) : Verdict;

    /// <summary>No further try helps.</summary>
    public sealed record Refused(string Reason) : Verdict;

    /// <summary>The customer does not want it, cannot be reached, or there is nothing to say any more.</summary>
    public sealed record Unwanted(string Reason) : Verdict;
}

/// <summary>What is written down after a try.</summary>
/// <param name="NextTryAt">Null where this was the last.</param>
internal sealed record Settlement(string State, string? Reason, int Attempts, DateTimeOffset? NextTryAt)
{
    public bool IsFinal => NextTryAt is null;
}

/// <summary>How often, and after which pauses, a provider is tried.</summary>
/// <param name="Most">Tries of the provider before it is given up.</param>
/// <param name="First">The first pause; each further one is twice as long.</param>
/// <param name="Longest">No pause is longer.</param>
internal sealed record Patience(int Most, TimeSpan First, TimeSpan Longest)
{
    /// <param name="attempts">Tries of the provider before this one.</param>
    /// <param name="claims">How often a worker has taken it, this time included: delays grow with it.</param>
    public Settlement Settle(Verdict verdict, int attempts, int claims, DateTimeOffset now) =>
        verdict switch
        {
            Verdict.Delivered => new(DeliveryState.Delivered, null, attempts + 1, null),
            Verdict.Unwanted(var reason) => new(DeliveryState.Suppressed, reason, attempts, null),
            Verdict.Refused(var reason) => new(DeliveryState.Failed, reason, attempts + 1, null),
            Verdict.Delayed(var reason) => new(DeliveryState.Queued, reason, attempts, now + Pause(claims)),
            Verdict.TryAgain(var reason) => attempts + 1 >= Most
                ? new(DeliveryState.Failed, reason, attempts + 1, null)
                : new(DeliveryState.Queued, reason, attempts + 1, now + Pause(attempts + 1)),
            _ => throw new InvalidOperationException($"No rule for {verdict}."),
        };

    /// <summary>Grows with each try up to the longest.</summary>
    public TimeSpan Pause(int tries)
    {
        var pause = First;
        for (var i = 1; i < tries && pause < Longest; i++)
            pause *= 2;
        return pause < Longest ? pause : Longest;
    }
}
