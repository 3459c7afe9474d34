using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CustomerFeedback.ApiDocs;

/// <summary>Which roles an operation needs; none for one that is open to anyone.</summary>
public delegate IReadOnlyList<string> RolesOf(IServiceProvider services, string method, string? path);

/// <summary>OpenAPI 3.1 from what the endpoints declare and who may call them.</summary>
public static class ApiDocument
{
    /// <summary>Makes the host's document, <c>v1</c>.</summary>
    public static void AddApiDocument(this IServiceCollection services, string service, RolesOf rolesOf) =>
        services.AddOpenApi(
            "v1",
            o =>
            {
                o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                o.CreateSchemaReferenceId = Forms.NameOf;
                o.AddDocumentTransformer((document, _, _) => Head(document, service));
                o.AddOperationTransformer(
                    (operation, context, _) =>
                    {
                        var api = context.Description;
                        var method = api.HttpMethod ?? "GET";
                        Operations.Tell(
                            operation,
                            context,
                            rolesOf(context.ApplicationServices, method, api.RelativePath)
                        );
                        return Task.CompletedTask;
                    }
                );
                o.AddSchemaTransformer(Forms.Apply);
            }
        );

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
            Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "code", "errors" },
            Properties = Members("type", "title", "status", "detail", "code", "traceId", "errors"),
        };
        problem.Properties["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer };
        problem.Properties["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
        problem.Properties["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = error };
        document.AddComponent<IOpenApiSchema>("ProblemDetails", problem);
        return Task.CompletedTask;

        Dictionary<string, IOpenApiSchema> Members(params IEnumerable<string> names) =>
            names.ToDictionary(n => n, IOpenApiSchema (_) => text);
    }
}
