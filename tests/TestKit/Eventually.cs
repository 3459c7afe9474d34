using System.Diagnostics;
using Shouldly;

namespace CustomerFeedback.TestKit;

/// <summary>Waits for a condition instead of sleeping; says at the end why it did not hold.</summary>
public static class Eventually
{
    // Long on purpose: it costs nothing where the condition comes true, and a busy machine is no failure.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Until the condition holds.</summary>
    public static Task That(Func<Task<bool>> condition, TimeSpan? within = null) =>
        Poll<object?>(async () => (await condition(), null), within);

    /// <summary>Until the condition holds.</summary>
    public static Task That(Func<bool> condition, TimeSpan? within = null) =>
        Poll<object?>(() => Task.FromResult((condition(), (object?)null)), within);

    /// <summary>Until the assertions hold; the failure carries the last one that did not.</summary>
    public static Task That(Func<Task> assertions, TimeSpan? within = null) =>
        Poll<object?>(
            async () =>
            {
                await assertions();
                return (true, null);
            },
            within
        );

    /// <summary>Until there is something, which is handed back.</summary>
    public static async Task<T> Gives<T>(Func<Task<T?>> find, TimeSpan? within = null)
        where T : class
    {
        var found = await Poll<T?>(async () => await find() is { } value ? (true, value) : (false, null), within);
        return found!;
    }

    private static async Task<T> Poll<T>(Func<Task<(bool Holds, T Value)>> attempt, TimeSpan? within)
    {
        var patience = within ?? Patience;
        var since = Stopwatch.StartNew();
        var pause = 10;
        while (true)
        {
            Exception? last = null;
            try
            {
                var (holds, value) = await attempt();
                if (holds)
                    return value;
            }
            catch (Exception e)
            {
                last = e;
            }

            if (since.Elapsed > patience)
            {
                throw new ShouldAssertException(
                    $"Not so within {patience.TotalSeconds} s{(last is null ? "." : $"; at the end: {last.Message}")}",
                    last
                );
            }

            await Task.Delay(pause);
            pause = Math.Min(pause * 2, 200);
        }
    }
}
