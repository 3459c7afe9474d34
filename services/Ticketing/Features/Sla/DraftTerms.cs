using System.Text.Json;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>A policy that is not published, with its calendar, which may not be either. Its version is 0.</summary>
internal static class DraftTerms
{
    public const string UnknownCalendar = "unknown_calendar";
    public const string TooLong = "never_due";

    /// <summary>Null where there are no targets that are never due.</summary>
    /// <param name="within">Where the policy stands in the body.</param>
    public static ProblemHttpResult? NeverDue(IEnumerable<PolicyProblem> targets, string within = "")
    {
        FieldError[] errors = [.. targets.Select(p => new FieldError(within + p.Pointer, p.Code, p.Message))];
        return errors.Length == 0
            ? null
            : Problem.Refused(
                StatusCodes.Status422UnprocessableEntity,
                TooLong,
                "The calendar is open too seldom for a target.",
                errors: errors
            );
    }

    /// <summary>Reads the draft; where it is none, says everything that is wrong with it.</summary>
    /// <param name="calendar">An id or a document, instead of the calendar that the policy names.</param>
    /// <param name="json">How the host reads bodies.</param>
    public static async Task<(SlaTerms? Terms, ProblemHttpResult? Problem)> Read(
        SlaPolicySpec? policy,
        JsonElement? calendar,
        TicketingDbContext db,
        JsonSerializerOptions json,
        CancellationToken ct
    )
    {
        if (policy is null)
            return (null, Problem.Malformed(new FieldError("/policy", "required", "A draft policy is required.")));
        var (drawn, named, malformed) = Calendar(calendar, policy, json);
        if (malformed is not null)
            return (null, malformed);
        var id = drawn?.Spec.Id ?? named;
        if (SlaPolicy.TryCreate(policy with { Calendar = id ?? policy.Calendar }, out var problems) is not { } read)
            return (
                null,
                Problem.Malformed(problems.Select(p => new FieldError("/policy" + p.Pointer, p.Code, p.Message)))
            );

        var version = drawn is not null ? new CalendarVersion(drawn, 0) : await Current(read.CalendarId, db, ct);
        return version is null
            ? (null, Unknown(named is null ? "/policy/calendar" : "/calendar", read.CalendarId))
            : await On(read, version, "/policy", db, ct);
    }

    /// <summary>The draft on its calendar, with those that it names for single clocks as they hold now; none where a calendar has no time for a target.</summary>
    /// <param name="pointer">Where the policy is written.</param>
    public static async Task<(SlaTerms? Terms, ProblemHttpResult? Problem)> On(
        SlaPolicy policy,
        CalendarVersion calendar,
        string pointer,
        TicketingDbContext db,
        CancellationToken ct
    )
    {
        var beside = new Dictionary<string, CalendarVersion>();
        foreach (var (place, id) in policy.Calendars.Skip(1))
        {
            if (await Current(id, db, ct) is not { } found)
                return (null, Unknown(pointer + place, id));
            beside[id] = found;
        }
        var terms = new SlaTerms(new(policy, 0), calendar) { Beside = beside.GetValueOrDefault };
        return NeverDue(terms.NeverDue(), pointer) is { } never ? (null, never) : (terms, null);
    }

    /// <summary>The version of a calendar that holds now; null where there is none.</summary>
    public static async Task<CalendarVersion?> Current(string id, TicketingDbContext db, CancellationToken ct)
    {
        var row = await db
            .Calendars.AsNoTracking()
            .Where(calendar => calendar.CalendarId == id)
            .OrderByDescending(calendar => calendar.Version)
            .FirstOrDefaultAsync(ct);
        return row is null ? null : SlaDocuments.Read(row);
    }

    public static ProblemHttpResult Unknown(string pointer, string calendar) =>
        Problem.Refused(
            StatusCodes.Status422UnprocessableEntity,
            UnknownCalendar,
            $"There is no calendar '{calendar}': publish it first.",
            errors: [new(pointer, UnknownCalendar, "No such calendar.")]
        );

    private static (WorkCalendar? Drawn, string? Named, ProblemHttpResult? Malformed) Calendar(
        JsonElement? calendar,
        SlaPolicySpec policy,
        JsonSerializerOptions json
    )
    {
        switch (calendar?.ValueKind)
        {
            case null or JsonValueKind.Null:
                return default;
            case JsonValueKind.String:
                return (null, calendar.Value.GetString(), null);
            case JsonValueKind.Object:
                break;
            default:
                return (
                    null,
                    null,
                    Problem.Malformed(
                        new FieldError("/calendar", "wrong_type", "The id of a calendar, or a draft of one.")
                    )
                );
        }

        CalendarDocument? document;
        try
        {
            document = calendar.Value.Deserialize<CalendarDocument>(json);
        }
        catch (JsonException e)
        {
            return (null, null, Below("/calendar", Problem.Malformed(e)));
        }

        var spec = document!.Spec(document.Id ?? policy.Calendar ?? "draft");
        return WorkCalendar.TryCreate(spec, out var problems) is { } drawn
            ? (drawn, null, null)
            : (
                null,
                null,
                Problem.Malformed(problems.Select(p => new FieldError("/calendar" + p.Pointer, p.Code, p.Message)))
            );
    }

    /// <summary>The same refusal, of a part of the body.</summary>
    private static ProblemHttpResult Below(string pointer, ProblemHttpResult problem) =>
        Problem.Malformed(
            ((FieldError[])problem.ProblemDetails.Extensions["errors"]!).Select(error =>
                error with
                {
                    Pointer = pointer + error.Pointer,
                }
            )
        );
}
