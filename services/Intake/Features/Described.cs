using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace CustomerFeedback.Intake.Features;

/// <summary>Says in the OpenAPI document what a slice reads by hand: query parameters, headers, words in a body.</summary>
internal static class Described
{
    /// <summary>A parameter of the query, or a header.</summary>
    public static RouteHandlerBuilder Takes(
        this RouteHandlerBuilder route,
        string name,
        string description,
        IReadOnlyList<string>? words = null,
        bool inHeader = false
    ) =>
        route.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(
                    new OpenApiParameter
                    {
                        Name = name,
                        In = inHeader ? ParameterLocation.Header : ParameterLocation.Query,
                        Description = description,
                        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = Nodes(words) },
                    }
                );
                return Task.CompletedTask;
            }
        );

    /// <summary>The words that a member of the body may be: they are texts there, so that all wrong ones are told at once.</summary>
    public static RouteHandlerBuilder Accepts(
        this RouteHandlerBuilder route,
        string member,
        IReadOnlyList<string> words
    ) =>
        route.AddOpenApiOperationTransformer(
            (operation, context, _) =>
            {
                var body = operation.RequestBody?.Content?.Values.FirstOrDefault()?.Schema;
                var schema = body is OpenApiSchemaReference { Reference.Id: { } id }
                    ? context.Document?.Components?.Schemas?[id]
                    : body;
                if (schema?.Properties?[member] is OpenApiSchema property)
                    property.Enum = Nodes(words);
                return Task.CompletedTask;
            }
        );

    private static List<JsonNode>? Nodes(IReadOnlyList<string>? words) =>
        words is null ? null : [.. words.Select(word => (JsonNode)JsonValue.Create(word))];
}
