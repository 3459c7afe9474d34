using System.Security.Claims;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Intake.Features.Customers;

/// <summary>
/// Where to write to a customer, at the moment of writing: the address in the clear, and only for the service that sends. The customer's
/// wishes count as they stand now, and the reading is written down.
/// </summary>
internal static class GetContact
{
    /// <summary>An address.</summary>
    /// <param name="Channel">phone or email: the wanted one where it is known, else another.</param>
    internal sealed record Contact(Channel Channel, string Address, string? Name, string Language);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/customers/{id}/contact", Handle).ExcludeFromDescription();

    private static async Task<IResult> Handle(
        Guid id,
        string? channel,
        string? purpose,
        CustomerBook book,
        IntakeDbContext db,
        HttpContext http,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (Query.Allow(http, "channel", "purpose") is { } unknown)
            return unknown;
        if (string.IsNullOrEmpty(purpose))
            return Problem.Malformed(
                new FieldError("purpose", "required", "Say what it is for: survey, notification ...")
            );
        if (channel is not null && !Word<Channel>.TryParse(channel, out _))
            return Problem.Malformed(
                new FieldError("channel", "unknown_value", $"One of {string.Join(", ", Word<Channel>.All)}.")
            );
        if (await book.Find(id, ct) is not { } customer)
            return Problem.NotFound();

        var choice = ContactChoice.Of(customer, Word<Channel>.ParseOrNull(channel), purpose, book.Now);
        if (choice.Refusal is { } refusal)
            return Problem.Refused(
                StatusCodes.Status409Conflict,
                refusal,
                refusal == ContactChoice.Forbidden
                    ? "The customer does not want to be contacted for this."
                    : "No address of the customer is known."
            );
        book.WriteDown(customer, user.Caller(), $"contact:{purpose}");
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(
            new Contact(choice.Channel!.Value, choice.Address!, customer.Name ?? customer.Company, customer.Language)
        );
    }
}
