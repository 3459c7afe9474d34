using System.Security.Claims;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Intake.Features.Customers;

/// <summary>Makes a customer of the company's CRM known, or replaces what is known: what is not said is no longer so.</summary>
internal static class PutCustomer
{
    /// <summary>The customer's facts; wishes not to be contacted have a path of their own.</summary>
    /// <param name="ExternalId">May be repeated from the path.</param>
    /// <param name="Type">individual or enterprise; enterprise where there is a company, when not said.</param>
    /// <param name="Segment">regular (when not said) or vip.</param>
    /// <param name="Language">zh-CN when not said.</param>
    internal sealed record CustomerForm(
        string? ExternalId = null,
        string? Name = null,
        string? Company = null,
        string? Phone = null,
        string? Email = null,
        string? Type = null,
        string? Segment = null,
        string? Language = null,
        string? PreferredChannel = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/v1/customers/{externalId}", Handle)
            .WithName(nameof(PutCustomer))
            .NamesVersion(VersionNamed.WhereItExists)
            .ForExample(
                """{ "type": "individual", "name": "Zhang Wei", "phone": "13800001234", "segment": "vip", "language": "zh-CN" }"""
            )
            .WithSummary("Create or replace a customer (If-Match where it exists)")
            .WithTags("customers")
            .Accepts("type", Word<CustomerType>.All)
            .Accepts("segment", Word<Segment>.All)
            .Accepts("preferredChannel", Word<Channel>.All)
            .Produces<CustomerShown>(StatusCodes.Status201Created)
            .Produces<CustomerShown>();

    private static async Task<IResult> Handle(
        string externalId,
        CustomerForm input,
        CustomerBook book,
        HttpContext http,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (Read(externalId, input, book.Now, out var faults) is not { } given)
            return Problem.Malformed(faults.Select(fault => new FieldError(fault.Pointer, fault.Code, fault.Message)));
        return await book.Change(
            externalId,
            (known, _) => Task.FromResult(Keep(known, given, book, http, user.Caller())),
            ct
        );
    }

    private static IResult Keep(Customer? known, Customer given, CustomerBook book, HttpContext http, Caller caller)
    {
        if (known is null && http.Request.Headers.IfMatch.Count > 0)
            return Problem.Stale();
        if (known is not null)
        {
            if (!IfMatch.TryRead(http, out var version, out var problem))
                return problem;
            if (version is not null && version != known.Version)
                return Problem.Stale();
        }

        var kept = book.Keep(
            known,
            known is null
                ? given
                : known with
                {
                    Type = given.Type,
                    Segment = given.Segment,
                    Name = given.Name,
                    Company = given.Company,
                    Phone = given.Phone,
                    Email = given.Email,
                    Language = given.Language,
                    PreferredChannel = given.PreferredChannel,
                }
        );
        http.SetETag(kept.Version);
        var shown = CustomerShown.Of(kept, caller.Has(CustomerShown.Unmasked));
        return known is null ? TypedResults.Created(http.Request.Path, shown) : TypedResults.Ok(shown);
    }

    private static Customer? Read(
        string externalId,
        CustomerForm input,
        DateTimeOffset now,
        out IReadOnlyList<Fault> faults
    )
    {
        var check = new FormCheck();
        check.Needed("/externalId", externalId, 200);
        if (input.ExternalId is { } repeated && repeated != externalId)
            check.Add("/externalId", "other_id", "The id in the path and in the body differ.");
        var company = check.Text("/company", input.Company, 200);
        var usual = company is null ? CustomerType.Individual : CustomerType.Enterprise;
        var customer = new Customer(
            Guid.CreateVersion7(now),
            externalId,
            check.Word<CustomerType>("/type", input.Type) ?? usual,
            check.Word<Segment>("/segment", input.Segment) ?? Segment.Regular,
            check.Text("/name", input.Name, 100),
            company,
            check.Phone("/phone", input.Phone)?.Canonical,
            check.Email("/email", input.Email)?.Text,
            check.Language("/language", input.Language) ?? Customer.DefaultLanguage,
            check.Word<Channel>("/preferredChannel", input.PreferredChannel),
            now,
            Version: 1,
            EventVersion: 1,
            []
        );
        faults = check.Faults;
        return faults.Count == 0 ? customer : null;
    }
}
