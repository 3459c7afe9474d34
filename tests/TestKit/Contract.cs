using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerFeedback.TestKit;

/// <summary>
/// Holds every answer that a test gets against the host's own OpenAPI document: the status and the problem's code are documented, the body is as its schema says,
/// and what was sent with success (query, headers, JSON) is described too. What differs fails the test that saw it.
/// </summary>
/// <param name="ofHost">Hosts of one assembly describe themselves alike: one of them is asked.</param>
public sealed class Contract(string ofHost) : DelegatingHandler
{
    private static readonly ConcurrentDictionary<string, Task<ApiDescription>> Known = new(StringComparer.Ordinal);
    private static readonly string[] Told = ["ETag", "Location", "Link", "Idempotency-Replayed"];
    private static readonly string[] Asked = ["If-Match", "Idempotency-Key"];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var sent = request.Content is { Headers.ContentType.MediaType: "application/json" } content
            ? await content.ReadAsByteArrayAsync(cancellationToken)
            : null;
        var answer = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith("/openapi/", StringComparison.Ordinal))
            return answer;
        var description = await Known.GetOrAdd(ofHost, _ => Read(request.RequestUri));
        if (description.Find(request.Method.Method, path) is not { } operation)
            return answer;
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var faults = await Faults(description, operation, request, sent, answer);
        return faults.Count == 0
            ? answer
            : throw new ContractException(
                $"{request.Method} {path} -> {(int)answer.StatusCode} is not as {operation.Id} documents it:\n"
                    + string.Join('\n', faults.Take(20))
            );
    }

    private async Task<ApiDescription> Read(Uri of)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(of, "/openapi/v1.json"));
        using var answer = await base.SendAsync(request, CancellationToken.None);
        return new(JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement);
    }

    private static async Task<List<string>> Faults(
        ApiDescription description,
        ApiOperation operation,
        HttpRequestMessage request,
        byte[]? sent,
        HttpResponseMessage answer
    )
    {
        var status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        // Routing's own answers, before there is an operation.
        if (answer.StatusCode is HttpStatusCode.MethodNotAllowed || (int)answer.StatusCode == 499)
            return [];
        if (operation.Answer(status) is not { } documented)
            return [$"status {status} is not documented: {await answer.Content.ReadAsStringAsync()}"];
        List<string> faults = [];
        if (answer.IsSuccessStatusCode)
        {
            faults.AddRange(operation.Unknown("query", QueryNames(request.RequestUri!)));
            if (request.Method != HttpMethod.Get)
                faults.AddRange(operation.Unknown("header", Asked.Where(request.Headers.Contains)));
            faults.AddRange(
                Told.Where(name => answer.Headers.Contains(name) && !Has(documented, "headers", name))
                    .Select(name => $"header {name} is not documented")
            );
            if (sent is { Length: > 0 } && operation.Body is { } taken)
                description.Check(taken, JsonDocument.Parse(sent).RootElement, "request", faults);
        }
        if (request.Method != HttpMethod.Head)
            await Body(description, documented, answer, faults);
        return faults;
    }

    private static async Task Body(
        ApiDescription description,
        JsonElement documented,
        HttpResponseMessage answer,
        List<string> faults
    )
    {
        var type = answer.Content.Headers.ContentType?.MediaType;
        var text = await answer.Content.ReadAsStringAsync();
        if (text.Length == 0 || type is null)
            return;
        if (!documented.TryGetProperty("content", out var content) || !content.TryGetProperty(type, out var media))
        {
            // A browser's refusal is a page; programs are told in JSON, and of that the document tells.
            if (answer.IsSuccessStatusCode || type != "text/html")
                faults.Add($"{type} is not documented");
            return;
        }
        if (!type.EndsWith("json", StringComparison.Ordinal))
            return;
        var body = JsonDocument.Parse(text).RootElement;
        if (media.TryGetProperty("schema", out var schema))
            description.Check(schema, body, "", faults);
        else
            faults.Add("no schema");
        if (type != "application/problem+json")
            return;
        var code = body.GetProperty("code").GetString();
        if (
            !documented.TryGetProperty("x-problem-codes", out var codes)
            || codes.EnumerateArray().All(c => c.GetString() != code)
        )
            faults.Add($"problem code {code} is not documented");
    }

    private static bool Has(JsonElement element, string group, string name) =>
        element.TryGetProperty(group, out var members) && members.TryGetProperty(name, out _);

    private static IEnumerable<string> QueryNames(Uri uri) =>
        uri
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => Uri.UnescapeDataString(pair.Split('=')[0]));
}

/// <summary>An answer is not as the host documents it.</summary>
public sealed class ContractException(string message) : Exception(message);

/// <summary>One operation of a document.</summary>
internal sealed record ApiOperation(string Id, Regex Path, int Literals, JsonElement Json)
{
    public JsonElement? Body =>
        Json.TryGetProperty("requestBody", out var body)
        && body.GetProperty("content").TryGetProperty("application/json", out var media)
        && media.TryGetProperty("schema", out var schema)
            ? schema
            : null;

    public JsonElement? Answer(string status) =>
        Json.GetProperty("responses").TryGetProperty(status, out var answer) ? answer : null;

    public IEnumerable<string> Unknown(string place, IEnumerable<string> names)
    {
        var known = Json.TryGetProperty("parameters", out var parameters)
            ? parameters
                .EnumerateArray()
                .Where(p => p.GetProperty("in").GetString() == place)
                .Select(p => p.GetProperty("name").GetString()!)
                .ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];
        return names.Where(name => !known.Contains(name)).Select(name => $"{place} {name} is not documented");
    }
}
