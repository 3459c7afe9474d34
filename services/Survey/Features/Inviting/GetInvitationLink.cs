using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>For Notifications, at the moment of telling: the link of an invitation, while it can be answered.</summary>
internal static class GetInvitationLink
{
    internal sealed record Link(string Url, string Language, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/internal/invitations/{id:guid}/link", Handle)
            .WithName(nameof(GetInvitationLink))
            .WithSummary("The link of an open invitation; between services only.")
            .ExcludeFromDescription();

    private static async Task<IResult> Handle(
        Guid id,
        SurveyDbContext db,
        LinkTokens links,
        TimeProvider time,
        CancellationToken ct
    )
    {
        var invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (invitation?.ExpiresAt is not { } expires)
            return Problem.NotFound();
        var state = invitation.StateAt(time.GetUtcNow());
        if (state is InvitationState.Sent or InvitationState.Opened)
            return TypedResults.Ok(new Link(InvitationView.LinkOf(links, id), invitation.Language, expires));
        return Problem.Refused(StatusCodes.Status410Gone, Words.Of(state), "Nobody can answer it any more.");
    }
}
