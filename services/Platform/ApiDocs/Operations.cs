using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CustomerFeedback.ApiDocs;

/// <summary>An operation from what its endpoint declares, and what its method, path and roles imply.</summary>
internal static class Operations
{
    private const string Json = "application/json";

    public static void Tell(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        IReadOnlyList<string> roles
    )
    {
        var api = context.Description;
        var method = api.HttpMethod ?? "GET";
        var told = api.ActionDescriptor.EndpointMetadata;
        operation.Summary ??= Words(operation.OperationId ?? $"{method} {api.RelativePath}");
        operation.AddExtension(
            "x-roles",
            new JsonNodeExtension(new JsonArray([.. roles.Select(r => JsonValue.Create(r))]))
        );
        if (roles.Count > 0)
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [],
                },
            ];
        foreach (var taken in told.OfType<TakenParameter>())
            Take(operation, taken);
        Body(operation, context, told);
        Answers(operation, method, [.. told.OfType<GivenHeader>()]);

        var refusals = told.OfType<RefusalCode>()
            .Concat(Implied(method, api.RelativePath ?? "", operation.RequestBody is not null, roles));
        foreach (var status in refusals.GroupBy(r => r.Status).OrderBy(g => g.Key))
            Refuse(operation, status.Key, [.. status.Select(r => r.Code).Distinct()]);
    }

    private static void Take(OpenApiOperation operation, TakenParameter taken)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(
            new OpenApiParameter
            {
                Name = taken.Name,
                In = taken.In,
                Description = taken.Description,
                Required = taken.Required,
                Schema = taken.Schema,
            }
        );
    }

    private static void Body(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        IEnumerable<object> told
    )
    {
        if (operation.RequestBody?.Content is not { } content)
            return;
        foreach (var words in told.OfType<MemberWords>())
        {
            var body = content.Values.FirstOrDefault()?.Schema;
            var schema = body is OpenApiSchemaReference { Reference.Id: { } id }
                ? context.Document?.Components?.Schemas?[id]
                : body;
            if (schema?.Properties?[words.Member] is OpenApiSchema member)
                member.Enum = member.Type?.HasFlag(JsonSchemaType.Null) is true
                    ? [.. Forms.Nodes(words.Words), null!]
                    : Forms.Nodes(words.Words);
        }
        if (told.OfType<BodyExample>().LastOrDefault() is { } example && content.TryGetValue(Json, out var media))
            media.Example = JsonNode.Parse(example.Json);
    }

    private static void Answers(OpenApiOperation operation, string method, IReadOnlyList<GivenHeader> headers)
    {
        operation.Responses ??= [];
        foreach (var (status, answer) in operation.Responses)
        {
            if (answer is not OpenApiResponse good)
                continue;
            if (method == "HEAD" || status is "303" or "204")
                good.Content?.Clear();
            foreach (var header in headers)
                Give(good, header);
            // Asked again, what creates answers with what is there, and where.
            if (status is "201" or "202" or "303" || (status is "200" && operation.Responses.ContainsKey("201")))
                Give(good, new("Location", "Where it is to be found."));
        }
    }

    private static void Give(OpenApiResponse answer, GivenHeader header)
    {
        answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
        answer.Headers[header.Name] = new OpenApiHeader
        {
            Description = header.Description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
    }

    private static IEnumerable<RefusalCode> Implied(string method, string path, bool body, IReadOnlyList<string> roles)
    {
        yield return new(400, "malformed");
        yield return new(429, "rate_limited");
        yield return new(500, "internal_error");
        yield return new(503, "unavailable");
        if (roles.Count > 0)
        {
            yield return new(401, "unauthenticated");
            yield return new(403, "forbidden");
        }
        if (path.Contains('{'))
            yield return new(404, "not_found");
        if (method is not ("GET" or "HEAD"))
            yield return new(409, "conflict");
        if (body)
        {
            yield return new(413, "too_large");
            yield return new(415, "unsupported_media_type");
        }
    }

    private static void Refuse(OpenApiOperation operation, int status, string[] codes)
    {
        var key = status.ToString(CultureInfo.InvariantCulture);
        // A page may tell the same status to a browser.
        var content =
            operation.Responses!.TryGetValue(key, out var page) && page.Content is { } other
                ? new Dictionary<string, OpenApiMediaType>(other)
                : [];
        content["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("ProblemDetails") };
        var response = new OpenApiResponse { Description = string.Join(", ", codes), Content = content };
        if (status is 429 or 503 || codes.Contains("idempotency_in_flight"))
            Give(response, new("Retry-After", "Seconds to wait."));
        response.AddExtension(
            "x-problem-codes",
            new JsonNodeExtension(new JsonArray([.. codes.Select(c => JsonValue.Create(c))]))
        );
        operation.Responses[key] = response;
    }

    // "AcceptRequest" reads "Accept request".
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}
