using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.ServiceDefaults;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace CustomerFeedback.Gateway;

/// <summary>One OpenAPI document of all services, as they describe themselves right now. A service that is down leaves its part out.</summary>
internal sealed class MergedOpenApi(IProxyStateLookup proxy, AccessTable table, ILogger<MergedOpenApi> log)
    : IDisposable
{
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Partial = TimeSpan.FromSeconds(2);
    private readonly HttpClient http = new()
    {
        Timeout = TimeSpan.FromSeconds(3),
        MaxResponseContentBufferSize = 8 << 20,
    };
    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Known? known;

    private sealed record Known(JsonObject Document, byte[] Bytes, long Until);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/openapi.json",
            async (MergedOpenApi openApi, CancellationToken ct) =>
                Results.Bytes((await openApi.Read(ct)).Bytes, "application/json")
        );

    public async Task<JsonObject> Document(CancellationToken ct) => (await Read(ct)).Document;

    private async Task<Known> Read(CancellationToken ct)
    {
        if (known is { } fresh && Environment.TickCount64 < fresh.Until)
            return fresh;
        await reading.WaitAsync(ct);
        try
        {
            if (known is { } just && Environment.TickCount64 < just.Until)
                return just;
            var clusters = proxy.GetClusters().OrderBy(c => c.ClusterId, StringComparer.Ordinal).ToList();
            var parts = await Task.WhenAll(clusters.Select(c => Fetch(c, ct)));
            var document = Merge(clusters.Zip(parts, (c, part) => (c.ClusterId, part)));
            var keep = Array.TrueForAll(parts, p => p is not null) ? Whole : Partial;
            return known = new Known(
                document,
                JsonSerializer.SerializeToUtf8Bytes(document),
                Environment.TickCount64 + (long)keep.TotalMilliseconds
            );
        }
        finally
        {
            reading.Release();
        }
    }

    private async Task<JsonObject?> Fetch(ClusterState cluster, CancellationToken ct)
    {
        foreach (var destination in cluster.DestinationsState.AvailableDestinations)
        {
            try
            {
                await using var body = await http.GetStreamAsync(
                    new Uri(new Uri(destination.Model.Config.Address), "/openapi/v1.json"),
                    ct
                );
                return await JsonNode.ParseAsync(body, cancellationToken: ct) as JsonObject;
            }
            catch (Exception e)
                when (e is HttpRequestException or JsonException or IOException
                    || (e is OperationCanceledException && !ct.IsCancellationRequested)
                )
            {
                log.LogWarning(e, "No description from {Cluster}", cluster.ClusterId);
            }
        }
        return null;
    }

    internal JsonObject Merge(IEnumerable<(string Service, JsonObject? Document)> parts)
    {
        JsonObject paths = [],
            schemas = [],
            schemes = [];
        var operations = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (service, document) in parts)
        {
            if (document is null)
                continue;
            Rename(document, service);
            foreach (var (name, schema) in document["components"]?["schemas"]?.AsObject() ?? [])
                schemas[Name(name, service)] = schema?.DeepClone();
            foreach (var (name, scheme) in document["components"]?["securitySchemes"]?.AsObject() ?? [])
                schemes[name] = scheme?.DeepClone();
            foreach (var (path, item) in document["paths"]?.AsObject() ?? [])
            {
                var merged = paths[path] as JsonObject ?? [];
                foreach (var (method, operation) in item!.AsObject())
                {
                    // What is not in the table cannot be reached through the gateway.
                    if (operation is JsonObject o && table.Find(method, path, out _) is not null)
                    {
                        var copy = o.DeepClone().AsObject();
                        copy["tags"] = new JsonArray(service);
                        if (copy["operationId"]?.GetValue<string>() is { } id && !operations.Add(id))
                            copy["operationId"] = $"{service}.{id}";
                        merged[method] = copy;
                    }
                }
                if (merged.Count > 0)
                    paths[path] = merged;
            }
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "CustomerFeedback",
                ["version"] = "1",
                ["description"] = "Every call of the customer feedback loop.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas, ["securitySchemes"] = schemes },
        };
    }

    // Two services may both have an "Input"; a problem is the same everywhere.
    private static string Name(string schema, string service) =>
        schema == "ProblemDetails" ? schema : $"{service}.{schema}";

    private static void Rename(JsonNode? node, string service)
    {
        const string schemas = "#/components/schemas/";
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Rename(item, service);
        }
        else if (node is JsonObject all)
        {
            if (
                all["$ref"] is JsonValue value
                && value.TryGetValue<string>(out var reference)
                && reference.StartsWith(schemas, StringComparison.Ordinal)
            )
                all["$ref"] = schemas + Name(reference[schemas.Length..], service);
            foreach (var (_, child) in all)
                Rename(child, service);
        }
    }

    public void Dispose()
    {
        http.Dispose();
        reading.Dispose();
    }
}
