using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.FollowingUp;
using CustomerFeedback.Survey.Domain.Inviting;
using CustomerFeedback.Survey.Features.Inviting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Survey.Features.FollowingUp;

/// <summary>Which customers are to be called: those of resolved complaints, once per episode, unless they do not want to be.</summary>
internal sealed class FollowUpPlans(SurveyDbContext db, IOptions<SurveyOptions> options, TimeProvider time)
{
    /// <summary>It was no complaint after all.</summary>
    public const string NotApplicable = "not_applicable";

    private DateTimeOffset Now => Instants.Truncate(time.GetUtcNow());

    /// <summary>A complaint was resolved, or what was resolved is one after all.</summary>
    /// <param name="version">The ticket's, when it was one.</param>
    /// <param name="resolvedAt">What the due time counts from.</param>
    public async Task Plan(
        string number,
        int episode,
        int version,
        Guid customerId,
        TicketFacts facts,
        DateTimeOffset resolvedAt,
        CancellationToken ct
    )
    {
        // The ticket's row first: whoever resolves and whoever reopens take turns.
        var ticket = await TicketTurns.Take(db, number, episode, cancelled: false, ct, version);
        if (IsOld(ticket, episode, version))
            return;
        var known = await db.FollowUps.SingleOrDefaultAsync(f => f.Number == number && f.Episode == episode, ct);
        // Dropped as none and owed again, as its clock is; else it is planned already.
        if (known is not null and not { State: FollowUpState.Cancelled, Reason: NotApplicable })
            return;

        var now = Now;
        var followUp = known ?? New(number, episode, customerId, facts, resolvedAt, now);
        if (known is null)
            db.FollowUps.Add(followUp);
        // Held against a wish that comes at this moment: it is seen here, or it finds the task (see Heed).
        var customer = await db
            .Customers.FromSql($"SELECT * FROM customers WHERE customer_id = {customerId} FOR SHARE")
            .AsNoTracking()
            .SingleOrDefaultAsync(ct);
        object told =
            ticket.Cancelled ? followUp.Cancel(ContactRules.TicketCancelled, now)
            : ticket.Episode > episode ? followUp.Cancel(ContactRules.Reopened, now)
            : customer is not null && IsNotToBeCalled(customer, now) ? followUp.Cancel(ContactRules.DoNotContact, now)
            : followUp.Due(now);
        db.Publish(told, followUp.Id.ToString());
    }

    private FollowUpRow New(
        string number,
        int episode,
        Guid customerId,
        TicketFacts facts,
        DateTimeOffset resolvedAt,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Number = number,
            Episode = episode,
            CustomerId = customerId,
            QuestionnaireId = options.Value.ComplaintQuestionnaire,
            Language = facts.Language,
            Facts = StoredJson.Write(facts),
            Team = facts.Team,
            Assignee = facts.Assignee,
            PlannedAt = now,
            DueAt = resolvedAt + options.Value.FollowUpWithin,
        };

    /// <summary>It was no complaint after all.</summary>
    /// <param name="version">The ticket's, when it was none.</param>
    public async Task Drop(string number, int episode, int version, CancellationToken ct)
    {
        var ticket = await TicketTurns.Take(db, number, episode, cancelled: false, ct, version);
        if (!IsOld(ticket, episode, version))
            await Withdraw(db, number, episode, episode, NotApplicable, Now, ct);
    }

    // Whether it is a complaint was told by a later version already.
    private static bool IsOld(TicketRow ticket, int episode, int version) =>
        ticket.Episode == episode && ticket.KindVersion > version;

    /// <summary>Customers have said anew who may contact them how.</summary>
    public async Task Heed(IReadOnlyCollection<Guid> customers, CancellationToken ct)
    {
        var now = Now;
        var known = await db.Customers.AsNoTracking().Where(c => customers.Contains(c.CustomerId)).ToListAsync(ct);
        var silent = known.Where(customer => IsNotToBeCalled(customer, now)).Select(c => c.CustomerId).ToArray();
        if (silent.Length > 0)
            await Cancel(
                db,
                $"SELECT * FROM follow_ups WHERE state = 'open' AND customer_id = ANY ({silent}) ORDER BY id FOR UPDATE",
                ContactRules.DoNotContact,
                now,
                ct
            );
    }

    /// <summary>Nobody is to call about these episodes; the ticket's row is held.</summary>
    public static Task Withdraw(
        SurveyDbContext db,
        string number,
        int first,
        int last,
        string reason,
        DateTimeOffset now,
        CancellationToken ct
    ) =>
        Cancel(
            db,
            $"SELECT * FROM follow_ups WHERE state = 'open' AND number = {number} AND episode BETWEEN {first} AND {last} ORDER BY id FOR UPDATE",
            reason,
            now,
            ct
        );

    private static async Task Cancel(
        SurveyDbContext db,
        FormattableString open,
        string reason,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        foreach (var followUp in await db.FollowUps.FromSql(open).ToListAsync(ct))
            db.Publish(followUp.Cancel(reason, now), followUp.Id.ToString());
    }

    public static bool IsNotToBeCalled(CustomerRow customer, DateTimeOffset now) =>
        Contacts.Of(customer).Wishes.Any(wish => wish.ForbidsCall(now));
}
