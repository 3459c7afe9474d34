using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace CustomerFeedback.Analytics.Features.Dashboard;

/// <summary>The dashboard's page, scripts and style, for anyone: its numbers come from the API, with the token of whoever looks.</summary>
internal static class ShowDashboard
{
    /// <summary>Nothing but our own files, nothing written into the page, no frame around it, no form sent anywhere.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Page = "dashboard.html";

    private static readonly FrozenDictionary<string, Asset> Assets = new (string Name, string Type)[]
    {
        (Page, "text/html; charset=utf-8"),
        ("dashboard.css", "text/css; charset=utf-8"),
        ("dashboard.js", "text/javascript; charset=utf-8"),
        ("api.js", "text/javascript; charset=utf-8"),
        ("charts.js", "text/javascript; charset=utf-8"),
        ("texts.js", "text/javascript; charset=utf-8"),
        ("echarts.js", "text/javascript; charset=utf-8"),
    }.ToFrozenDictionary(file => file.Name, file => new Asset(file.Name, file.Type), StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapMethods("/dashboard/{**page}", [HttpMethods.Get, HttpMethods.Head], Handle)
            .WithName(nameof(ShowDashboard))
            .WithSummary("The dashboard: a page that shows the numbers to whoever has an analyst's token")
            .WithTags("dashboard")
            .ExcludeFromDescription();

    internal static Results<FileContentHttpResult, ProblemHttpResult> Handle(string? page, HttpContext http)
    {
        if (!Assets.TryGetValue(page is null or "" ? Page : page, out var asset) || !asset.IsThere)
            return Problem.NotFound();
        http.Response.Headers.ContentSecurityPolicy = Policy;
        // Kept, but asked about each time: a new version shows at once, and what has not changed is not sent again.
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var packed = http
            .Request.Headers.AcceptEncoding.ToString()
            .Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (packed)
            http.Response.Headers.ContentEncoding = "gzip";
        return TypedResults.File(packed ? asset.Packed : asset.Plain, asset.Type, entityTag: asset.Tag(packed));
    }

    /// <summary>One file, as it was embedded when the service was built; read when somebody first asks.</summary>
    private sealed class Asset(string name, string type)
    {
        private readonly Lazy<byte[]> plain = new(() => Read(name) ?? []);
        private readonly Lazy<byte[]> packed = new(() => Pack(Read(name) ?? []));
        private readonly Lazy<string> hash = new(() =>
            Convert.ToHexStringLower(SHA256.HashData(Read(name) ?? []).AsSpan(0, 8))
        );

        public string Type => type;

        public byte[] Plain => plain.Value;

        public byte[] Packed => packed.Value;

        /// <summary>False for the charts when they could not be fetched at build time.</summary>
        public bool IsThere { get; } =
            Assembly.GetExecutingAssembly().GetManifestResourceInfo($"dashboard/{name}") is not null;

        public EntityTagHeaderValue Tag(bool isPacked) => new($"\"{hash.Value}{(isPacked ? "-gzip" : "")}\"");

        private static byte[]? Read(string name)
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"dashboard/{name}");
            if (stream is null)
                return null;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }

        private static byte[] Pack(byte[] bytes)
        {
            using var target = new MemoryStream();
            using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
                gzip.Write(bytes);
            return target.ToArray();
        }
    }
}
