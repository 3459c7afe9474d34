using CustomerFeedback.ApiDocs;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain.Sla;
using CustomerFeedback.WorkingTime;

namespace CustomerFeedback.Ticketing.Features.Sla;

/// <summary>A year of a calendar, day by day, as it counts: for who wrote it to read it over. A draft may be looked at before it is published.</summary>
internal static class PreviewSlaCalendar
{
    /// <param name="Version">Null for a draft.</param>
    internal sealed record Preview(
        string Id,
        int? Version,
        string Zone,
        int Year,
        int Minutes,
        IReadOnlyList<PreviewedMonth> Months,
        IReadOnlyList<PreviewedDay> Days
    );

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/v1/sla/calendars/{id}/preview", Published)
            .WithName(nameof(PreviewSlaCalendar))
            .TakesNumber(
                "year",
                "The year; this one when not said.",
                least: CalendarPreview.FirstYear,
                most: CalendarPreview.LastYear
            )
            .WithSummary("A year of a working calendar: per day its kind, hours, name and minutes; sums per month.")
            .Produces<Preview>();
        routes
            .MapPost("/v1/sla/calendars/{id}/preview", Draft)
            .WithName("PreviewDraftSlaCalendar")
            .TakesNumber(
                "year",
                "The year; this one when not said.",
                least: CalendarPreview.FirstYear,
                most: CalendarPreview.LastYear
            )
            .WithSummary("The same of a draft, which is not stored.")
            .Produces<Preview>()
            .Refuses(StatusCodes.Status422UnprocessableEntity, PublishSlaCalendar.NeverOpens);
    }

    private static async Task<IResult> Published(
        string id,
        TicketingDbContext db,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        if (Query.Allow(http, "year") is { } unknown)
            return unknown;
        if (await DraftTerms.Current(id, db, ct) is not { } calendar)
            return Problem.NotFound();
        return Of(calendar.Calendar, calendar.Version, time, http);
    }

    private static IResult Draft(string id, CalendarDocument input, TimeProvider time, HttpContext http)
    {
        if (Query.Allow(http, "year") is { } unknown)
            return unknown;
        if (SlaVersions.OtherId(id, input.Id) is { } mismatch)
            return mismatch;
        return WorkCalendar.TryCreate(input.Spec(id), out var problems) is { } calendar
            ? Of(calendar, null, time, http)
            : PublishSlaCalendar.Refused(problems);
    }

    private static IResult Of(WorkCalendar calendar, int? version, TimeProvider time, HttpContext http)
    {
        var year = time.GetUtcNow().Year;
        if (
            http.Request.Query.TryGetValue("year", out var asked)
            && !(int.TryParse(asked, out year) && year is >= CalendarPreview.FirstYear and <= CalendarPreview.LastYear)
        )
            return Problem.Malformed(
                new FieldError("year", "out_of_range", $"{CalendarPreview.FirstYear} to {CalendarPreview.LastYear}.")
            );
        var days = CalendarPreview.Days(calendar, year);
        return TypedResults.Ok(
            new Preview(
                calendar.Spec.Id,
                version,
                calendar.Spec.Zone,
                year,
                days.Sum(day => day.Minutes),
                CalendarPreview.Months(days),
                days
            )
        );
    }
}
