using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CustomerFeedback.Gateway;

/// <summary>Section <c>RateLimits</c>: how fast one client, or one address without a token, may ask.</summary>
internal sealed class RateLimitOptions
{
    public RateLimit PerClient { get; init; } = new() { PerSecond = 200, Burst = 500 };
    public RateLimit PerAddress { get; init; } = new() { PerSecond = 20, Burst = 200 };
}

/// <summary>A bucket of <c>Burst</c> requests that refills by <c>PerSecond</c>.</summary>
internal sealed class RateLimit
{
    /// <summary>How many requests a second are let through over time, by each replica.</summary>
    [Range(0.001, 1_000_000)]
    public double PerSecond { get; init; }

    /// <summary>How many requests are let through at once after a quiet while.</summary>
    [Range(1, 1_000_000)]
    public double Burst { get; init; }
}

/// <summary>Token buckets by name. Each gateway replica counts for itself.</summary>
internal sealed class Buckets(string policy, RateLimit limit, Func<long>? timestamp = null)
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);
    private readonly Func<long> now = timestamp ?? Stopwatch.GetTimestamp;

    // The IETF draft knows windows, not buckets: a full bucket is the quota, the time to fill it the window.
    private readonly string described = string.Create(
        CultureInfo.InvariantCulture,
        $"\"{policy}\";q={(long)limit.Burst};w={Seconds(limit.Burst, limit)}"
    );

    /// <summary>Takes one request out of the bucket and says in the answer's headers what is left; false when it was empty.</summary>
    public bool Take(string name, IHeaderDictionary headers)
    {
        var bucket = buckets.TryGetValue(name, out var known) ? known : Add(name);
        double left;
        bool taken;
        lock (bucket)
        {
            left = Refill(bucket);
            taken = left >= 1;
            if (taken)
                left = --bucket.Tokens;
        }
        headers["RateLimit-Policy"] = described;
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture,
            $"\"{policy}\";r={(long)left};t={Seconds(limit.Burst - left, limit)}"
        );
        if (!taken)
            headers.RetryAfter = Seconds(1 - left, limit).ToString(CultureInfo.InvariantCulture);
        return taken;
    }

    /// <summary>Whom a request without a token counts for: an IPv4 address, or a household's IPv6 network.</summary>
    public static string NameOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    // Only here, because counting takes every lock of the dictionary.
    private Bucket Add(string name)
    {
        if (buckets.Count >= Most)
            Forget();
        return buckets.GetOrAdd(
            name,
            static (_, full) => new Bucket { Tokens = full.Burst, At = full.Now },
            (limit.Burst, Now: now())
        );
    }

    private double Refill(Bucket bucket)
    {
        var at = now();
        bucket.Tokens = Math.Min(
            limit.Burst,
            bucket.Tokens + ((at - bucket.At) * limit.PerSecond / Stopwatch.Frequency)
        );
        bucket.At = at;
        return bucket.Tokens;
    }

    // A full bucket says nothing that a new one would not say.
    private void Forget()
    {
        foreach (var (name, bucket) in buckets)
        {
            lock (bucket)
            {
                if (Refill(bucket) >= limit.Burst)
                    buckets.TryRemove(name, out _);
            }
        }
    }

    private static long Seconds(double tokens, RateLimit limit) =>
        Math.Max(1, (long)Math.Ceiling(tokens / limit.PerSecond));

    private sealed class Bucket
    {
        public double Tokens { get; set; }
        public long At { get; set; }
    }
}
