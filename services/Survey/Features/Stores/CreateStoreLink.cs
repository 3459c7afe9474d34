using CustomerFeedback.ApiDocs;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Features.Answering;
using CustomerFeedback.Survey.Features.Questionnaires;

namespace CustomerFeedback.Survey.Features.Stores;

/// <summary>A link for everybody, to hang in a store or anywhere else: answered as often as people answer, each response with its store.</summary>
internal static class CreateStoreLink
{
    private const int LongestStore = 64;

    internal sealed record Input(string? Store, string? Questionnaire);

    internal sealed record Created(Guid Id, string Store, string Questionnaire, string Url, string Qr);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/v1/store-links", Handle)
            .WithName(nameof(CreateStoreLink))
            .WithSummary("A reusable link with a QR code for a store.")
            .Produces<Created>(StatusCodes.Status201Created)
            .Refuses(StatusCodes.Status422UnprocessableEntity, "unknown_questionnaire")
            .WithIdempotency<SurveyDbContext>();

    private static async Task<IResult> Handle(
        Input input,
        SurveyDbContext db,
        LinkTokens tokens,
        TimeProvider time,
        HttpContext http,
        CancellationToken ct
    )
    {
        List<FieldError> errors = [];
        if (string.IsNullOrWhiteSpace(input.Store) || input.Store.Length > LongestStore)
            errors.Add(new("/store", "required", $"1 to {LongestStore} characters."));
        if (string.IsNullOrWhiteSpace(input.Questionnaire))
            errors.Add(new("/questionnaire", "required", "The questionnaire's id is required."));
        if (errors.Count > 0)
            return Problem.Malformed(errors);
        return await db.InTransaction<IResult>(
            async token =>
            {
                if (await QuestionnaireLibrary.Newest(db, input.Questionnaire!, token) is null)
                    return Problem.Refused(
                        StatusCodes.Status422UnprocessableEntity,
                        "unknown_questionnaire",
                        $"There is no published questionnaire '{input.Questionnaire}'.",
                        errors: [new("/questionnaire", "unknown_questionnaire", "No such questionnaire is published.")]
                    );
                var row = new StoreLinkRow
                {
                    Id = Guid.CreateVersion7(),
                    Store = input.Store!,
                    QuestionnaireId = input.Questionnaire!,
                    CreatedBy = http.User.Caller().Subject,
                    CreatedAt = Instants.Truncate(time.GetUtcNow()),
                };
                db.StoreLinks.Add(row);
                var qr = $"/v1/store-links/{row.Id}.svg";
                return TypedResults.Created(
                    qr,
                    new Created(row.Id, row.Store, row.QuestionnaireId, LinkOf(tokens, row.Id), qr)
                );
            },
            ct
        );
    }

    public static string LinkOf(LinkTokens tokens, Guid id) => $"/s/{tokens.Sign(SurveyLinks.StorePurpose, id)}";
}
