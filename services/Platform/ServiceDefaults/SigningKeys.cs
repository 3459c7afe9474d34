using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>There is no key to judge a token by: nobody gets in, and the answer is 503.</summary>
public sealed class KeysUnavailableException(Exception cause) : Exception("The signing keys cannot be read.", cause);

/// <summary>The issuer's keys by kid, from a file (read again when it changes) or an address (every five minutes). The last good set stays.</summary>
internal sealed class SigningKeys(IOptions<AuthOptions> options, ILogger<SigningKeys> log) : IDisposable
{
    private readonly HttpClient http = new()
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 1 << 20,
    };
    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile IReadOnlyDictionary<string, SecurityKey>? keys;
    private string read = "";
    private long lookAgainAt;
    private long lookedAt;

    /// <summary>A token names a key that is not there: the set is looked at sooner, but not at every such token.</summary>
    public void Miss()
    {
        if (Environment.TickCount64 - Volatile.Read(ref lookedAt) > 10_000)
            Volatile.Write(ref lookAgainAt, 0);
    }

    /// <summary>The set, unless it is time to look again.</summary>
    public IReadOnlyDictionary<string, SecurityKey>? Fresh =>
        Environment.TickCount64 < Volatile.Read(ref lookAgainAt) ? keys : null;

    public async Task<IReadOnlyDictionary<string, SecurityKey>> Look()
    {
        // While someone looks, the last set is good enough for the others.
        if (!await reading.WaitAsync(keys is null ? Timeout.Infinite : 0))
            return keys!;
        var isFile = !options.Value.Jwks.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        try
        {
            if (Environment.TickCount64 < lookAgainAt)
                return keys ?? throw new KeysUnavailableException(new IOException("It was tried a moment ago."));
            lookedAt = Environment.TickCount64;
            lookAgainAt = lookedAt + (isFile ? 2_000 : 300_000);
            var text = isFile
                ? await File.ReadAllTextAsync(options.Value.Jwks)
                : await http.GetStringAsync(options.Value.Jwks);
            // By content: a mounted file is a link, whose own time does not change with what it leads to.
            if (keys is null || !isFile || text != read)
                keys = Parse(text);
            read = text;
            return keys;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or HttpRequestException
                        or OperationCanceledException
                        or ArgumentException
            )
        {
            lookAgainAt = Environment.TickCount64 + (isFile ? 1_000 : 5_000);
            log.LogError(e, "The signing keys cannot be read");
            return keys ?? throw new KeysUnavailableException(e);
        }
        finally
        {
            reading.Release();
        }
    }

    private static Dictionary<string, SecurityKey> Parse(string text) =>
        new JsonWebKeySet(text)
            .Keys.Where(k => k.Kid is not null && k.Kty is "RSA" or "EC" && k.Use is null or "" or "sig")
            .GroupBy(k => k.Kid)
            .ToDictionary(g => g.Key, SecurityKey (g) => g.First());

    public void Dispose()
    {
        http.Dispose();
        reading.Dispose();
    }
}
