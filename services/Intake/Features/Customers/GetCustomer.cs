using System.Security.Claims;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Intake.Features.Customers;

/// <summary>Shows one customer of the company's registry; unmasked to holders of <c>pii:read</c>, who are written down.</summary>
internal static class GetCustomer
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/v1/customers/{externalId}", Handle)
            .WithName(nameof(GetCustomer))
            .GivesETag()
            .WithSummary("Show one customer")
            .WithTags("customers")
            .Produces<CustomerShown>();

    private static async Task<IResult> Handle(
        string externalId,
        CustomerBook book,
        IntakeDbContext db,
        HttpContext http,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (Query.Allow(http) is { } unknown)
            return unknown;
        if (await book.Find(externalId, ct) is not { } customer)
            return Problem.NotFound();
        var caller = user.Caller();
        var unmasked = caller.Has(CustomerShown.Unmasked);
        if (unmasked)
        {
            book.WriteDown(customer, caller, "customer");
            await db.SaveChangesAsync(ct);
        }

        http.SetETag(customer.Version);
        return TypedResults.Ok(CustomerShown.Of(customer, unmasked));
    }
}
