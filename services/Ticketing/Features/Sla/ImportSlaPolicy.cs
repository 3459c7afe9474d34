using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using YamlDotNet.Core;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>Publishes a policy from a file that says by examples what it promises: it is refused where one of them does not come out.</summary>
internal static class ImportSlaPolicy
{
    private const string Yaml = "application/yaml";
    private const string ScenarioFailed = "scenario_failed";
    private const int MostBytes = 256 * 1024;

    /// <summary>A policy as its PUT takes it, and scenarios.</summary>
    internal sealed record Input(
        string? Id = null,
        [property: Required] int? Order = null,
        SlaPolicySpec.MatchSpec? Match = null,
        [property: Required] string? Calendar = null,
        [property: Required] IReadOnlyDictionary<string, SlaPolicySpec.TargetSpec?>? Targets = null,
        IReadOnlyList<double>? WarnAt = null,
        IReadOnlyList<SlaPolicySpec.StepSpec>? Escalation = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>?>? PauseOn = null,
        IReadOnlyList<ScenarioSpec?>? Scenarios = null,
        int? Version = null
    )
    {
        public SlaPolicySpec Policy => new(Id, Order, Match, Calendar, Targets, WarnAt, Escalation, PauseOn);
    }

    /// <param name="Calendar">The version that the scenarios were played on.</param>
    /// <param name="Scenarios">The names of those that came out.</param>
    internal sealed record Answer(
        bool DryRun,
        SlaPolicySpec Policy,
        GetSla.Version Calendar,
        IReadOnlyList<string> Scenarios
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/sla/policies:import", Handle)
            .Accepts<Input>(Yaml, "application/json")
            .WithName(nameof(ImportSlaPolicy))
            .NamesVersion(VersionNamed.WhereItExists)
            .TakesFlag("dryRun", "Only plays the scenarios; false when not said.")
            .WithSummary(
                "Publish a policy from YAML or JSON once its scenarios come out; ?dryRun=true only plays them."
            )
            .Produces<Answer>()
            .Produces<Answer>(StatusCodes.Status201Created)
            .Refuses(
                StatusCodes.Status422UnprocessableEntity,
                ScenarioFailed,
                DraftTerms.UnknownCalendar,
                DraftTerms.TooLong
            )
            .WithIdempotency<TicketingDbContext>();

    private static async Task<IResult> Handle(
        TicketingDbContext db,
        SlaCatalog catalog,
        TimeProvider time,
        ILogger<SlaCatalog> log,
        IOptions<JsonOptions> json,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http, "dryRun") is { } unknown)
            return unknown;
        var checks = new Checks();
        var dryRun = checks.Flag(http, "dryRun") ?? false;
        if (checks.Failed(out var flag))
            return flag;
        var (input, unread) = await Read(http.Request, json.Value.SerializerOptions, ct);
        if (input is null)
            return unread!;

        var policy = SlaPolicy.TryCreate(input.Policy, out var problems);
        var reader = new ScenarioReader();
        var scenarios = reader.Read(input.Scenarios ?? []);
        if (policy is null || reader.Problems.Count > 0)
            return Problem.Malformed(
                problems.Concat(reader.Problems).Select(p => new FieldError(p.Pointer, p.Code, p.Message))
            );
        if (await DraftTerms.Current(policy.CalendarId, db, ct) is not { } calendar)
            return DraftTerms.Unknown("/calendar", policy.CalendarId);
        var (terms, refused) = await DraftTerms.On(policy, calendar, "", db, ct);
        if (terms is null)
            return refused!;
        ScenarioFinding[] failures = [.. scenarios.SelectMany(scenario => scenario.Failures(terms))];
        if (failures.Length > 0)
            return Failed(failures);

        Answer Told(SlaPolicySpec told) =>
            new(dryRun, told, new(calendar.Id, calendar.Version), [.. scenarios.Select(scenario => scenario.Name)]);
        if (dryRun)
            return TypedResults.Ok(Told(policy.Spec));
        var by = http.User.Caller().Subject;
        var answer = await db.InTransaction(
            token => PublishSlaPolicy.Publish(policy, by, Told, db, time, log, http, token),
            ct
        );
        await catalog.Refresh(db, http);
        return answer;
    }

    private static ProblemHttpResult Failed(ScenarioFinding[] failures) =>
        Problem.Refused(
            StatusCodes.Status422UnprocessableEntity,
            ScenarioFailed,
            "The policy does not do what its scenarios say.",
            new Dictionary<string, object?> { ["findings"] = failures },
            failures.Select(failure => new FieldError(failure.Pointer, ScenarioFailed, failure.Message))
        );

    private static async Task<(Input? Input, ProblemHttpResult? Problem)> Read(
        HttpRequest request,
        JsonSerializerOptions json,
        CancellationToken ct
    )
    {
        if (await BoundedBody.Read(request, MostBytes, ct) is not { } body)
            return (null, Problem.Of(StatusCodes.Status413PayloadTooLarge));
        try
        {
            if (request.ContentType?.StartsWith(Yaml, StringComparison.OrdinalIgnoreCase) is true)
                body = YamlDocument.ToJson(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.Span));
            return JsonSerializer.Deserialize<Input>(body.Span, json) is { } input
                ? (input, null)
                : (null, Problem.Malformed(new FieldError("", "required", "A policy is required.")));
        }
        catch (JsonException e)
        {
            return (null, Problem.Malformed(e));
        }
        catch (YamlException e)
        {
            var place = $"Line {e.Start.Line}, column {e.Start.Column}: {e.Message}";
            return (null, Problem.Malformed(new FieldError("", "invalid_yaml", place)));
        }
        catch (DecoderFallbackException)
        {
            return (null, Problem.Malformed(new FieldError("", "invalid_text", "The text is not UTF-8.")));
        }
    }
}
