using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace CustomerFeedback.ApiDocs;

/// <summary>What an endpoint says of itself beside its signature: refusals, parameters, headers, examples.</summary>
public static class Telling
{
    /// <summary>Refusals of the domain: <c>.Refuses(409, "illegal_transition")</c>.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, int status, params string[] codes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata([.. codes.Select(c => new RefusalCode(status, c))]);

    /// <summary>A text of the query; <paramref name="words"/> where only these are known.</summary>
    public static TBuilder Takes<TBuilder>(
        this TBuilder endpoint,
        string name,
        string description,
        IReadOnlyList<string>? words = null,
        bool required = false
    )
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.InQuery(
            name,
            description,
            new() { Type = JsonSchemaType.String, Enum = words is null ? null : Forms.Nodes(words) },
            required
        );

    /// <summary>An instant of the query.</summary>
    public static TBuilder TakesInstant<TBuilder>(this TBuilder endpoint, string name, string description)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.InQuery(name, description, new() { Type = JsonSchemaType.String, Format = "date-time" });

    /// <summary>A flag of the query.</summary>
    public static TBuilder TakesFlag<TBuilder>(this TBuilder endpoint, string name, string description)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.InQuery(name, description, new() { Type = JsonSchemaType.Boolean });

    /// <summary>A whole number of the query.</summary>
    public static TBuilder TakesNumber<TBuilder>(
        this TBuilder endpoint,
        string name,
        string description,
        bool required = false,
        int least = 1,
        int? most = null
    )
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.InQuery(
            name,
            description,
            new()
            {
                Type = JsonSchemaType.Integer,
                Minimum = least.ToString(CultureInfo.InvariantCulture),
                Maximum = most?.ToString(CultureInfo.InvariantCulture),
            },
            required
        );

    /// <summary>A list: it comes in pages, each of which names the next one.</summary>
    /// <param name="sort">The time that it may be sorted by, where it may be; the newest come first when not said.</param>
    public static TBuilder InPages<TBuilder>(this TBuilder endpoint, string? sort = null)
        where TBuilder : IEndpointConventionBuilder =>
        (
            sort is null
                ? endpoint
                : endpoint.Takes("sort", $"-{sort}: the newest first, as when not said.", [sort, $"-{sort}"])
        )
            .TakesNumber("limit", "How many at most; 50 when not said.", most: 200)
            .Takes("cursor", "Where the page before ended: its nextCursor.")
            .WithMetadata(new GivenHeader("Link", "The next page, where there is one: <...>; rel=\"next\"."));

    /// <summary>A change of what exists; its answer names the new version.</summary>
    public static TBuilder NamesVersion<TBuilder>(this TBuilder endpoint, VersionNamed when)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.GivesETag().Refuses(StatusCodes.Status412PreconditionFailed, "stale");
        if (when is not VersionNamed.IfWanted)
            endpoint.Refuses(StatusCodes.Status428PreconditionRequired, "if_match_missing");
        return endpoint.WithMetadata(
            new TakenParameter(
                "If-Match",
                ParameterLocation.Header,
                when switch
                {
                    VersionNamed.Always => "The ETag of the version that is to be changed, or *.",
                    VersionNamed.WhereItExists =>
                        "The ETag of the version that is to be changed, or *; left out where there is none yet.",
                    VersionNamed.IfWanted => "The ETag of the version that it is meant for; without it, for any.",
                },
                new() { Type = JsonSchemaType.String }
            )
            {
                Required = when is VersionNamed.Always,
            }
        );
    }

    /// <summary>The answer names the version that it shows.</summary>
    public static TBuilder GivesETag<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new GivenHeader("ETag", "The version, to be named with If-Match."));

    /// <summary>Repeating it with the same key is safe.</summary>
    public static TBuilder TakesIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint
            .Refuses(StatusCodes.Status409Conflict, "idempotency_in_flight")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused")
            .WithMetadata(
                new TakenParameter(
                    "Idempotency-Key",
                    ParameterLocation.Header,
                    "A key of your own: with it, repeating is safe and gives the first answer again.",
                    new()
                    {
                        Type = JsonSchemaType.String,
                        MinLength = 1,
                        MaxLength = 255,
                    }
                ),
                new GivenHeader("Idempotency-Replayed", "true, where this is the first answer again.")
            );

    /// <summary>A body that is accepted as it stands.</summary>
    public static TBuilder ForExample<TBuilder>(this TBuilder endpoint, string json)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new BodyExample(json));

    /// <summary>The words that a member of the body may be: it is a text there, so that all wrong ones are told at once.</summary>
    public static TBuilder Accepts<TBuilder>(this TBuilder endpoint, string member, IReadOnlyList<string> words)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new MemberWords(member, words));

    private static TBuilder InQuery<TBuilder>(
        this TBuilder endpoint,
        string name,
        string description,
        OpenApiSchema schema,
        bool required = false
    )
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(
            new TakenParameter(name, ParameterLocation.Query, description, schema) { Required = required }
        );
}
