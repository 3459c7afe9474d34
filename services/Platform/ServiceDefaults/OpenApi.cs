using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>A code with which an operation may refuse, beside those that its method and roles imply.</summary>
public sealed record RefusalCode(int Status, string Code);

/// <summary>OpenAPI 3.1 from the endpoints and the access table: a summary, roles and problem codes for every operation.</summary>
public static class OpenApi
{
    /// <summary>Documents refusals of the domain: <c>.Refuses(409, "illegal_transition")</c>.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, int status, params string[] codes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata([.. codes.Select(c => new RefusalCode(status, c))]);

    internal static void AddOpenApiDocument(this IServiceCollection services, string service) =>
        services.AddOpenApi(
            "v1",
            o =>
            {
                o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                o.CreateSchemaReferenceId = NameOf;
                o.AddDocumentTransformer((document, _, _) => Head(document, service));
                o.AddOperationTransformer(Describe);
                o.AddSchemaTransformer(OurForms);
            }
        );

    // Every slice may call what it takes in "Input": by its bare name one would stand for all.
    private static string? NameOf(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
            ? (Nullable.GetUnderlyingType(type.Type) ?? type.Type).DeclaringType?.Name + name
            : null;

    private static Task Head(OpenApiDocument document, string service)
    {
        document.Info = new OpenApiInfo { Title = $"CustomerFeedback {service}", Version = "1" };
        document.Servers = [];
        document.AddComponent<IOpenApiSecurityScheme>(
            "bearer",
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
            }
        );
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        var error = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = Members("pointer", "code", "message"),
        };
        var problem = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 9457: programs read code, people detail.",
            Properties = Members("type", "title", "status", "detail", "code", "traceId", "errors"),
        };
        problem.Properties["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer };
        problem.Properties["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = error };
        document.AddComponent<IOpenApiSchema>("ProblemDetails", problem);
        return Task.CompletedTask;

        Dictionary<string, IOpenApiSchema> Members(params IEnumerable<string> names) =>
            names.ToDictionary(n => n, IOpenApiSchema (_) => text);
    }

    private static Task Describe(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken ct
    )
    {
        var api = context.Description;
        var method = api.HttpMethod ?? "GET";
        var row = context.ApplicationServices.GetRequiredService<AccessTable>().Find(method, api.RelativePath, out _);
        var roles = row?.Roles ?? [];
        operation.Summary ??= Words(operation.OperationId ?? $"{method} {api.RelativePath}");
        operation.AddExtension(
            "x-roles",
            new JsonNodeExtension(new JsonArray([.. roles.Select(r => JsonValue.Create(r))]))
        );
        if (roles.Length > 0)
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [],
                },
            ];

        var refusals = api
            .ActionDescriptor.EndpointMetadata.OfType<RefusalCode>()
            .Concat(Implied(method, api.RelativePath ?? "", operation.RequestBody is not null, roles));
        foreach (var status in refusals.GroupBy(r => r.Status).OrderBy(g => g.Key))
            Add(operation, status.Key, [.. status.Select(r => r.Code).Distinct()]);
        return Task.CompletedTask;
    }

    private static IEnumerable<RefusalCode> Implied(string method, string path, bool body, string[] roles)
    {
        yield return new(400, "malformed");
        yield return new(429, "rate_limited");
        yield return new(503, "unavailable");
        if (roles.Length > 0)
        {
            yield return new(401, "unauthenticated");
            yield return new(403, "forbidden");
        }
        if (path.Contains('{'))
            yield return new(404, "not_found");
        if (body)
        {
            yield return new(413, "too_large");
            yield return new(415, "unsupported_media_type");
        }
        if (method is "PUT" or "PATCH" or "DELETE" && roles.Length > 0)
        {
            yield return new(412, "stale");
            yield return new(428, "if_match_missing");
        }
    }

    private static void Add(OpenApiOperation operation, int status, string[] codes)
    {
        operation.Responses ??= [];
        var key = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var response = new OpenApiResponse
        {
            Description = string.Join(", ", codes),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference("ProblemDetails"),
                },
            },
        };
        response.AddExtension(
            "x-problem-codes",
            new JsonNodeExtension(new JsonArray([.. codes.Select(c => JsonValue.Create(c))]))
        );
        operation.Responses[key] = response;
    }

    private static Task OurForms(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var orNull = context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.Null : default;
        // Our converters hide what a text and an instant are.
        if (type == typeof(string))
            schema.Type = JsonSchemaType.String | orNull;
        else if (type == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String | orNull, "date-time");
        else if (type == typeof(TimeSpan))
            (schema.Type, schema.Format, schema.Pattern) = (JsonSchemaType.String, "duration", null);
        else if (type.IsEnum)
            (schema.Type, schema.Enum) = (
                JsonSchemaType.String,
                [.. Enum.GetNames(type).Select(n => (JsonNode)JsonNamingPolicy.SnakeCaseLower.ConvertName(n))]
            );
        return Task.CompletedTask;
    }

    // "AcceptRequest" reads "Accept request".
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}
