using System.Security.Claims;
using CustomerFeedback.ApiDocs;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Intake.Features.Customers;

/// <summary>Replaces a customer's wishes not to be contacted. A first list needs no If-Match: there is none yet to be overwritten.</summary>
internal static class PutDoNotContact
{
    private const int Most = 50;

    /// <summary>One wish.</summary>
    /// <param name="Channel">phone, email ...; all of them when not said.</param>
    /// <param name="Purpose">survey, follow_up or notification; whatever it is for, when not said.</param>
    /// <param name="Until">The first instant at which it no longer holds; for good, when not said.</param>
    /// <param name="Source">Who brought it; the caller, when not said.</param>
    internal sealed record Wish(
        string? Channel = null,
        string? Purpose = null,
        DateTimeOffset? Until = null,
        string? Source = null
    );

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/v1/customers/{externalId}/do-not-contact", Handle)
            .WithName(nameof(PutDoNotContact))
            .NamesVersion(VersionNamed.WhereItExists)
            .WithSummary("Replace a customer's wishes not to be contacted (If-Match where there are some)")
            .WithTags("customers")
            .Produces<CustomerShown>();

    private static async Task<IResult> Handle(
        string externalId,
        IReadOnlyList<Wish?> input,
        CustomerBook book,
        HttpContext http,
        ClaimsPrincipal user,
        CancellationToken ct
    )
    {
        var caller = user.Caller();
        var wishes = Read(input, caller, out var faults);
        if (faults.Count > 0)
            return Problem.Malformed(faults.Select(fault => new FieldError(fault.Pointer, fault.Code, fault.Message)));
        return await book.Change(
            externalId,
            (known, _) => Task.FromResult(Keep(known, wishes, book, http, caller)),
            ct
        );
    }

    private static IResult Keep(
        Customer? known,
        IReadOnlyList<DoNotContact> wishes,
        CustomerBook book,
        HttpContext http,
        Caller caller
    )
    {
        if (known is null)
            return Problem.NotFound();
        if (known.DoNotContact.Count > 0 || http.Request.Headers.IfMatch.Count > 0)
        {
            if (!IfMatch.TryRead(http, out var version, out var problem))
                return problem;
            if (version is not null && version != known.Version)
                return Problem.Stale();
        }

        var kept = book.Keep(
            known,
            known.DoNotContact.SequenceEqual(wishes) ? known : known with { DoNotContact = wishes }
        );
        http.SetETag(kept.Version);
        return TypedResults.Ok(CustomerShown.Of(kept, caller.Has(CustomerShown.Unmasked)));
    }

    private static List<DoNotContact> Read(IReadOnlyList<Wish?> input, Caller caller, out IReadOnlyList<Fault> faults)
    {
        var check = new FormCheck();
        if (input.Count > Most)
            check.Add("", "too_many", $"At most {Most} wishes.");
        var wishes = new List<DoNotContact>();
        foreach (var (wish, at) in input.Take(Most).Select((wish, i) => (wish, $"/{i}")))
        {
            if (wish is null)
                check.Add(at, "required", "A wish; {} is one against everything.");
            if (wish?.Purpose is { } purpose && !DoNotContact.Purposes.Contains(purpose))
                check.Add(
                    $"{at}/purpose",
                    "unknown_value",
                    $"One of these is wanted: {string.Join(", ", DoNotContact.Purposes)}."
                );
            wishes.Add(
                new(
                    check.Word<Channel>($"{at}/channel", wish?.Channel),
                    wish?.Purpose,
                    wish?.Until is { } until ? Instants.Truncate(until.ToUniversalTime()) : null,
                    check.Text($"{at}/source", wish?.Source, 100) ?? caller.Subject
                )
            );
        }
        faults = check.Faults;
        return wishes;
    }
}
