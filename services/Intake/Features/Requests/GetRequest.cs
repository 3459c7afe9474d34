using System.Security.Claims;
using System.Text.Json;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Intake.Features.Requests;

/// <summary>Shows one request; unmasked to holders of <c>pii:read</c>, who are written down.</summary>
internal static class GetRequest
{
    private const string Unmasked = "pii:read";

    /// <summary>A request with everything that was said and decided.</summary>
    /// <param name="Status"><c>received</c> until there is a ticket, then the ticket's.</param>
    /// <param name="StatusUrl">The customer's page; shown to systems and agents only.</param>
    public sealed record Shown(
        Guid Id,
        string Number,
        string Status,
        string? Team,
        string Source,
        string? ExternalId,
        string RecordedBy,
        Channel Channel,
        RequestType Type,
        Urgency Urgency,
        string Language,
        CustomerShown Customer,
        string Subject,
        RequestText Description,
        string? Product,
        string? ProductVersion,
        string? OrderRef,
        ServiceStage? ServiceStage,
        string? Region,
        string? Store,
        Dictionary<string, string> Attributes,
        Category Category,
        Subcategory Subcategory,
        int? ComplaintLevel,
        Emotion Emotion,
        ClassificationShown Classification,
        PinnedPolicy Policy,
        IReadOnlyList<PromisedTime> Promises,
        DateTimeOffset ReceivedAt,
        DateTimeOffset RecordedAt,
        string? StatusUrl
    );

    /// <summary>Who asked.</summary>
    /// <param name="Masked">Whether name, company, phone and e-mail are masks.</param>
    public sealed record CustomerShown(
        Guid Id,
        string? ExternalId,
        CustomerType Type,
        Segment Segment,
        bool Masked,
        string? Name,
        string? Company,
        string? Phone,
        string? Email
    );

    /// <summary>Which rules decided, and how surely.</summary>
    public sealed record ClassificationShown(
        string RuleId,
        int RulesVersion,
        double Confidence,
        DecidingRules DecidedBy
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/requests/{number}", Handle)
            .WithName(nameof(GetRequest))
            .WithSummary("Show one request")
            .WithTags("requests");

    internal static async Task<Results<Ok<Shown>, ProblemHttpResult>> Handle(
        string number,
        HttpContext http,
        ClaimsPrincipal user,
        IntakeDbContext db,
        CustomerSeal seal,
        LinkTokens links,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;

        var caller = user.Caller();
        var found = RequestNumber.IsWellFormed(number)
            ? await (
                from request in db.Requests.AsNoTracking().VisibleTo(caller)
                where request.Number == number
                join customer in db.Customers.AsNoTracking() on request.CustomerId equals customer.Id
                join text in db.RequestTexts.AsNoTracking() on request.Id equals text.RequestId
                where text.CustomerId == request.CustomerId
                select new
                {
                    request,
                    customer,
                    text,
                }
            ).SingleOrDefaultAsync(ct)
            : null;
        if (found is null)
            return Problem.NotFound();

        var unmasked = caller.Has(Unmasked);
        if (unmasked)
            await WriteDown(db, found.request, caller, clock.GetUtcNow(), ct);

        var mayShare = caller.Is(Roles.Integration) || caller.Is(Roles.Agent);
        return TypedResults.Ok(
            Show(
                found.request,
                found.text,
                Show(seal.Open(found.customer), unmasked),
                mayShare ? $"/status/{links.Sign("status", found.request.Id)}" : null
            )
        );
    }

    private static async Task WriteDown(
        IntakeDbContext db,
        RequestRow request,
        Caller caller,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        db.PersonalDataReads.Add(
            new()
            {
                Id = Guid.CreateVersion7(now),
                ReadBy = caller.Subject,
                CustomerId = request.CustomerId,
                RequestId = request.Id,
                ReadAt = now,
            }
        );
        await db.SaveChangesAsync(ct);
    }

    private static CustomerShown Show(Customer customer, bool unmasked)
    {
        var seen = unmasked ? customer : customer.Masked();
        return new(
            seen.Id,
            seen.ExternalId,
            seen.Type,
            seen.Segment,
            !unmasked,
            seen.Name,
            seen.Company,
            seen.Phone,
            seen.Email
        );
    }

    private static Shown Show(RequestRow request, RequestTextRow text, CustomerShown customer, string? statusUrl) =>
        new(
            request.Id,
            request.Number,
            request.Status,
            request.Team,
            request.Source,
            request.ExternalId,
            request.RecordedBy,
            request.Channel,
            request.Type,
            request.Urgency,
            request.Language,
            customer,
            text.Subject,
            new(text.What, text.When, text.Where, text.Expectation),
            request.Product,
            request.ProductVersion,
            request.OrderRef,
            request.ServiceStage,
            request.Region,
            request.Store,
            Stored<Dictionary<string, string>>(text.Attributes),
            request.Category,
            request.Subcategory,
            request.ComplaintLevel,
            request.Emotion,
            new(request.RuleId, request.RulesVersion, request.Confidence, Stored<DecidingRules>(request.DecidedBy)),
            new(request.PolicyId, request.PolicyVersion, request.CalendarId, request.CalendarVersion),
            Stored<IReadOnlyList<PromisedTime>>(request.Promises),
            request.ReceivedAt,
            request.RecordedAt,
            statusUrl
        );

    private static T Stored<T>(string json) => JsonSerializer.Deserialize<T>(json, StoredJson.Options)!;
}
