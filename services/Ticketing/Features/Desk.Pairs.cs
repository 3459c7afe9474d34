using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <content>Commands that concern two tickets: both or neither.</content>
internal sealed partial class Desk
{
    /// <summary>What a command decides about each of two tickets.</summary>
    internal sealed record Pair(Decision First, Decision Other);

    /// <summary>Runs a person's command on two tickets that they may see, both locked; answers with what they are to see of the first.</summary>
    /// <param name="otherMissing">The answer where the other one is not there for them.</param>
    public async Task<IResult> CommandOnTwo<TView>(
        HttpContext http,
        (string First, string Other) numbers,
        IResult otherMissing,
        int status,
        Func<Ticket, Ticket, Order, CancellationToken, Task<Pair>> decide,
        Func<Ticket, Ticket, CancellationToken, Task<TView>> view,
        CancellationToken ct
    )
    {
        var caller = http.User.Caller();
        return await db.InTransaction<IResult>(
            async token =>
            {
                var locked = await db.LockedTickets(
                    [numbers.First, numbers.Other],
                    tickets => tickets.VisibleTo(caller),
                    token
                );
                if (!locked.TryGetValue(numbers.First, out var first))
                    return Problem.NotFound();
                if (OtherVersion(http, first) is { } stale)
                    return stale;
                if (!locked.TryGetValue(numbers.Other, out var other))
                    return otherMissing;
                if (await Decide(first, other, caller.Subject, decide, token) is { } refusal)
                    return Refused(refusal);
                http.SetETag(first.RowVersion);
                if (status == StatusCodes.Status201Created)
                    http.Response.Headers.Location = $"/v1/tickets/{numbers.First}/links";
                await db.SaveChangesAsync(token);
                return TypedResults.Json(await view(first, other, token), statusCode: status);
            },
            ct
        );
    }

    private async Task<Refusal?> Decide(
        Ticket first,
        Ticket other,
        string by,
        Func<Ticket, Ticket, Order, CancellationToken, Task<Pair>> decide,
        CancellationToken ct
    )
    {
        var at = other.At(first.At(Now));
        foreach (var ticket in (Ticket[])[first, other])
            await Record(ticket, Announcement.System, ticket.ResumeWhenDue(at), ticket.ChangedAt, ct);
        await db.SaveChangesAsync(ct);
        var (mine, its) = await decide(first, other, new(by, at), ct);
        if ((mine.Refusal ?? its.Refusal) is { } refusal)
        {
            // One may have agreed before the other refused: of that nothing is kept.
            db.ChangeTracker.Clear();
            Log.Refused(log, first.Number, refusal.Code, first.Status);
            return refusal;
        }

        await Record(first, by, mine, at, ct);
        await Record(other, by, its, at, ct);
        return null;
    }
}
