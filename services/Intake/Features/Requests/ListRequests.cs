using System.Security.Claims;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Intake.Features.Requests;

/// <summary>Lists requests, newest first; customers are always masked here.</summary>
internal static class ListRequests
{
    /// <summary>A line of the list.</summary>
    public sealed record Line(
        Guid Id,
        string Number,
        string Status,
        string? Team,
        string Source,
        string? ExternalId,
        Channel Channel,
        RequestType Type,
        Urgency Urgency,
        Category Category,
        Subcategory Subcategory,
        int? ComplaintLevel,
        LineCustomer Customer,
        string Subject,
        DateTimeOffset ReceivedAt,
        DateTimeOffset RecordedAt
    );

    public sealed record LineCustomer(Guid Id, string? ExternalId, Segment Segment, string? Name, string? Phone);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/requests", Handle)
            .WithName(nameof(ListRequests))
            .WithSummary("List requests, newest first; filters: status, channel, customer, from, to")
            .WithTags("requests")
            .Takes("status", "received, or the ticket's status", RequestFilter.Statuses)
            .Takes("channel", "The channel it came by", Word<Channel>.All)
            .Takes("customer", "The customer's external id, or id")
            .TakesInstant("from", "Received at this instant or later")
            .TakesInstant("to", "Received before this instant")
            .InPages("recordedAt");

    internal static async Task<Results<Ok<Page<Line>>, ProblemHttpResult>> Handle(
        HttpContext http,
        ClaimsPrincipal user,
        IntakeDbContext db,
        IOptions<IntakeOptions> options,
        CancellationToken ct
    )
    {
        if (!PageQuery.TryRead(http, RequestFilter.Names, out var page, out var problem, "recordedAt"))
            return problem;
        var filter = RequestFilter.Read(http.Request.Query, out var errors);
        if (errors.Count > 0)
            return Problem.Malformed(errors);

        var requests = filter.Apply(
            db.Requests.AsNoTracking().VisibleTo(user.Caller()),
            db,
            options.Value.ClockTolerance
        );

        // The id is a UUIDv7 of the moment of recording: its order is the order of arrival, and no two rows share it.
        var found =
            from request in page.Of(requests, r => r.Id)
            join customer in db.Customers on request.CustomerId equals customer.Id
            join text in db.RequestTexts
                on new { request.CustomerId, request.Id } equals new { text.CustomerId, Id = text.RequestId }
            select new
            {
                request,
                customer,
                text.Subject,
            };
        var lines = await page.Sorted(found, f => f.request.Id)
            .Select(f => new Line(
                f.request.Id,
                f.request.Number,
                f.request.Status,
                f.request.Team,
                f.request.Source,
                f.request.ExternalId,
                f.request.Channel,
                f.request.Type,
                f.request.Urgency,
                f.request.Category,
                f.request.Subcategory,
                f.request.ComplaintLevel,
                new(
                    f.customer.Id,
                    f.customer.ExternalId,
                    f.customer.Segment,
                    f.customer.MaskedName,
                    f.customer.MaskedPhone
                ),
                f.Subject,
                f.request.ReceivedAt,
                f.request.RecordedAt
            ))
            .ToListAsync(ct);

        return TypedResults.Ok(page.Answer(http, lines, line => new Cursor(0, line.Id)));
    }
}
