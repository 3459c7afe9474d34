using System.Security.Claims;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Intake.Features.Customers;

/// <summary>
/// Where to write to customers, at the moment of writing: addresses in the clear, and only for the service that sends. The customers'
/// wishes count as they stand now, and each address that is given out is written down.
/// </summary>
internal static class FindContacts
{
    private const int Most = 200;
    private const string Unknown = "not_found";

    /// <param name="Customer">The customer's id.</param>
    /// <param name="Channel">The wanted one.</param>
    /// <param name="Purpose">survey, notification ...</param>
    internal sealed record Question(Guid Customer, Channel? Channel, string? Purpose);

    /// <summary>An address, or why there is none.</summary>
    /// <param name="Channel">phone or email: the wanted one where it is known, else another.</param>
    /// <param name="Refusal"><c>do_not_contact</c>, <c>unreachable</c> or <c>not_found</c>.</param>
    internal sealed record Contact(
        Channel? Channel,
        string? Address,
        string? Name,
        string? Language,
        string? Refusal = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/contacts", Handle).ExcludeFromDescription();

    /// <summary>An answer per question, in their order.</summary>
    private static async Task<IResult> Handle(
        Question[] questions,
        CustomerBook book,
        IntakeDbContext db,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        if (questions.Length > Most)
            return Problem.Malformed(new FieldError("", "too_many", $"{Most} questions at most."));
        var faults = questions
            .Index()
            .Where(asked => string.IsNullOrEmpty(asked.Item?.Purpose))
            .Select(asked => new FieldError($"/{asked.Index}/purpose", "required", "Say what it is for."))
            .ToList();
        if (faults.Count > 0)
            return Problem.Malformed(faults);

        var customers = await book.Find([.. questions.Select(question => question.Customer)], ct);
        var answers = questions.Select(question => Answer(question, customers, book, user.Caller())).ToList();
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(answers);
    }

    private static Contact Answer(
        Question question,
        Dictionary<Guid, Customer> customers,
        CustomerBook book,
        Caller caller
    )
    {
        if (!customers.TryGetValue(question.Customer, out var customer))
            return new(null, null, null, null, Unknown);
        var choice = ContactChoice.Of(customer, question.Channel, question.Purpose!, book.Now);
        if (choice.Refusal is { } refusal)
            return new(null, null, null, null, refusal);
        book.WriteDown(customer, caller, $"contact:{question.Purpose}");
        return new(choice.Channel, choice.Address, customer.Name ?? customer.Company, customer.Language);
    }
}
