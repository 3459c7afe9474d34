using System.Text;
using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>Reads a list of holidays and make-up days and proposes what it would change about a calendar. Nothing changes before somebody approves it.</summary>
internal static class ProposeHolidays
{
    private const string Calendar = "text/calendar";
    private const int MostBytes = 1024 * 1024;

    /// <summary>The dates as a calendar has them; the hours of make-up days may be left out.</summary>
    internal sealed record Input(IReadOnlyList<CalendarHoliday>? Holidays, IReadOnlyList<Workday>? Workdays);

    internal sealed record Workday(DateOnly Date, string Name, IReadOnlyList<string>? Hours = null);

    private sealed record Listed(IReadOnlyList<ListedDay> Days, IReadOnlyList<ListFinding> Findings);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/v1/sla/calendars/{id}/imports", Handle)
            .Accepts<Input>(Calendar, "application/json")
            .WithName(nameof(ProposeHolidays))
            .TakesFlag("replace", "The list is all of its years; false when not said.")
            .WithSummary(
                "Propose the holidays and make-up days of an iCalendar or JSON list; ?replace=true: they are all of their years."
            )
            .Produces<CalendarProposal>(StatusCodes.Status201Created)
            .WithIdempotency<TicketingDbContext>();
        routes
            .MapGet("/v1/sla/calendars/{id}/imports/{proposal:guid}", Show)
            .WithName("GetHolidayProposal")
            .WithSummary("A proposal: what it adds, removes and changes, and what was left out.")
            .Produces<CalendarProposal>();
    }

    private static async Task<IResult> Show(
        string id,
        Guid proposal,
        TicketingDbContext db,
        HttpContext http,
        CancellationToken ct
    ) =>
        Query.Allow(http) is { } unknown ? unknown
        : await CalendarProposal.Find(db, id, proposal, ct) is { } row ? TypedResults.Ok(CalendarProposal.Of(row))
        : Problem.NotFound();

    private static async Task<IResult> Handle(
        string id,
        TicketingDbContext db,
        TimeProvider time,
        IOptions<JsonOptions> json,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http, "replace") is { } unknown)
            return unknown;
        var checks = new Checks();
        var replace = checks.Flag(http, "replace") ?? false;
        if (checks.Failed(out var malformed))
            return malformed;
        if (await DraftTerms.Current(id, db, ct) is not { } current)
            return Problem.NotFound();
        var (list, unread) = await Read(http.Request, current.Calendar.Spec, json.Value.SerializerOptions, ct);
        if (list is null)
            return unread!;

        var row = new CalendarImportRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            CalendarId = id,
            BaseVersion = current.Version,
            Changes = SlaDocuments.Write(HolidayList.Compare(current.Calendar.Spec, list.Days, replace)),
            Findings = SlaDocuments.Write(list.Findings),
            ProposedBy = http.User.Caller().Subject,
            ProposedAt = Instants.Truncate(time.GetUtcNow()),
        };
        db.Add(row);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created(
            $"/v1/sla/calendars/{Uri.EscapeDataString(id)}/imports/{row.Id}",
            CalendarProposal.Of(row)
        );
    }

    private static async Task<(Listed? List, ProblemHttpResult? Problem)> Read(
        HttpRequest request,
        CalendarSpec calendar,
        JsonSerializerOptions json,
        CancellationToken ct
    )
    {
        if (await BoundedBody.Read(request, MostBytes, ct) is not { } body)
            return (null, Problem.Of(StatusCodes.Status413PayloadTooLarge));
        try
        {
            if (request.ContentType?.StartsWith(Calendar, StringComparison.OrdinalIgnoreCase) is not true)
                return OfJson(JsonSerializer.Deserialize<Input>(body.Span, json), calendar);
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.Span);
            return HolidayFeed.TryRead(text, out var problem) is { } feed
                ? (new(feed.Days, feed.Findings), null)
                : (
                    null,
                    Problem.Malformed(new FieldError("", problem!.Code, $"Line {problem.Line}: {problem.Message}"))
                );
        }
        catch (JsonException e)
        {
            return (null, Problem.Malformed(e));
        }
        catch (DecoderFallbackException)
        {
            return (null, Problem.Malformed(new FieldError("", "invalid_text", "The text is not UTF-8.")));
        }
    }

    /// <summary>Held to the rules of calendars, on the hours of this one: what is refused there is refused here, at the same place.</summary>
    private static (Listed?, ProblemHttpResult?) OfJson(Input? input, CalendarSpec calendar)
    {
        var usual = HolidayList.UsualHours(calendar);
        var holidays = input?.Holidays ?? [];
        CalendarWorkday[] workdays =
        [
            .. (input?.Workdays ?? []).Select(day =>
                day is null ? null! : new CalendarWorkday(day.Date, day.Name, day.Hours ?? usual)
            ),
        ];
        var written = calendar with { Holidays = holidays, Workdays = workdays };
        if (WorkCalendar.TryCreate(written, out var problems) is null)
            return (null, Problem.Malformed(problems.Select(p => new FieldError(p.Pointer, p.Code, p.Message))));
        // A make-up day outweighs a holiday on its date.
        var made = workdays.Select(ListedDay.Of).ToDictionary(day => day.Date);
        return (
            new([.. made.Values, .. holidays.Select(ListedDay.Of).Where(day => !made.ContainsKey(day.Date))], []),
            null
        );
    }
}
