using System.Security.Claims;
using System.Text.Json;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Features.Customers;
using CustomerFeedback.Intake.Features.Requests;
using CustomerFeedback.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Intake.Features.Histories;

/// <summary>
/// The customer's file, newest first: every request, who spoke with them, how it was solved, what they said to it, what they answered. A
/// caller finds what belongs to requests that the caller may see.
/// </summary>
internal static class GetCustomerHistory
{
    private const string RequestKind = "request";

    /// <summary>The customer as the registry has them, and a page of lines.</summary>
    internal sealed record File(CustomerShown Customer, IReadOnlyList<Line> Items, string? NextCursor);

    /// <param name="Kind"><c>request</c>, <c>contact</c>, <c>resolved</c>, <c>confirmation</c>, <c>closed</c>, <c>survey_answered</c> ...</param>
    /// <param name="Ticket">The number of the request that it is about.</param>
    /// <param name="Details">What there is to say of this kind.</param>
    internal sealed record Line(Guid Id, DateTimeOffset At, string Kind, string? Ticket, JsonElement Details);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/customers/{externalId}/history", Handle)
            .WithName(nameof(GetCustomerHistory))
            .InPages()
            .WithSummary(
                "The customer's file, newest first: requests, contacts, solutions, confirmations, surveys, calls"
            )
            .WithTags("customers")
            .Produces<File>();

    private static async Task<IResult> Handle(
        string externalId,
        CustomerBook book,
        IntakeDbContext db,
        HttpContext http,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (!PageQuery.TryRead(http, [], out var page, out var problem))
            return problem;
        if (await book.Find(externalId, ct) is not { } customer)
            return Problem.NotFound();
        var caller = user.Caller();
        var unmasked = caller.Has(CustomerShown.Unmasked);
        if (unmasked)
        {
            book.WriteDown(customer, caller, "history");
            await db.SaveChangesAsync(ct);
        }

        var requests = db.Requests.AsNoTracking().VisibleTo(caller).Where(r => r.CustomerId == customer.Id);
        Line[] lines =
        [
            .. await Requests(requests, page, db, ct),
            .. await History(
                db.CustomerHistory.AsNoTracking().Where(line => line.CustomerId == customer.Id),
                requests,
                page,
                ct
            ),
        ];
        // Two lists that are in order make one: a page of it needs a page of each at most.
        var newest = lines.OrderByDescending(line => line.At).ThenByDescending(line => line.Id).Take(page.Limit + 1);
        var answer = page.Answer(http, [.. newest], line => new Cursor(line.At, line.Id));
        return TypedResults.Ok(new File(CustomerShown.Of(customer, unmasked), answer.Items, answer.NextCursor));
    }

    private static async Task<IEnumerable<Line>> Requests(
        IQueryable<RequestRow> requests,
        PageQuery page,
        IntakeDbContext db,
        CancellationToken ct
    )
    {
        if (page.After is { } after)
            requests = requests.Where(r =>
                r.ReceivedAt < after.At || (r.ReceivedAt == after.At && r.Id.CompareTo(after.Id) < 0)
            );
        var found = await (
            from request in requests
                .OrderByDescending(r => r.ReceivedAt)
                .ThenByDescending(r => r.Id)
                .Take(page.Limit + 1)
            join text in db.RequestTexts
                on new { request.CustomerId, request.Id } equals new { text.CustomerId, Id = text.RequestId }
            select new
            {
                request.Id,
                request.ReceivedAt,
                request.Number,
                request.Type,
                request.Channel,
                request.Category,
                request.Status,
                text.Subject,
            }
        ).ToListAsync(ct);
        return found.Select(r => new Line(
            r.Id,
            r.ReceivedAt,
            RequestKind,
            r.Number,
            JsonSerializer.SerializeToElement(
                new
                {
                    r.Type,
                    r.Channel,
                    r.Category,
                    r.Status,
                    r.Subject,
                },
                StoredJson.Options
            )
        ));
    }

    private static async Task<IEnumerable<Line>> History(
        IQueryable<CustomerHistoryRow> history,
        IQueryable<RequestRow> visible,
        PageQuery page,
        CancellationToken ct
    )
    {
        // What is about no request is about the customer: it is everybody's who may see the customer.
        history = history.Where(line => line.Number == null || visible.Any(r => r.Number == line.Number));
        if (page.After is { } after)
            history = history.Where(line =>
                line.At < after.At || (line.At == after.At && line.Id.CompareTo(after.Id) < 0)
            );
        var found = await history
            .OrderByDescending(line => line.At)
            .ThenByDescending(line => line.Id)
            .Take(page.Limit + 1)
            .ToListAsync(ct);
        return found.Select(line => new Line(
            line.Id,
            line.At,
            line.Kind,
            line.Number,
            JsonElement.Parse(line.Details)
        ));
    }
}
