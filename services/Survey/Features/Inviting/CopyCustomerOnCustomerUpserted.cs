using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Features.FollowingUp;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>Keeps what must be known of customers before they are asked anything; the newest version wins, whatever the order.</summary>
internal sealed class CopyCustomerOnCustomerUpserted(SurveyDbContext db, FollowUpPlans followUps, Alarm alarm)
    : IConsumer<Batch<CustomerUpserted>>
{
    // Silence about do-not-contact changes nothing.
    private const string Upsert = """
        INSERT INTO customers AS c
          (customer_id, version, external_id, language, segment, preferred_channel, phone, email, wechat, app, do_not_contact)
        SELECT * FROM unnest({0}::uuid[], {1}::int[], {2}::text[], {3}::text[], {4}::text[], {5}::text[],
          {6}::bool[], {7}::bool[], {8}::bool[], {9}::bool[], {10}::jsonb[])
        ON CONFLICT (customer_id) DO UPDATE SET
          version = excluded.version, external_id = excluded.external_id, language = excluded.language, segment = excluded.segment,
          preferred_channel = excluded.preferred_channel, phone = excluded.phone, email = excluded.email,
          wechat = excluded.wechat, app = excluded.app, do_not_contact = coalesce(excluded.do_not_contact, c.do_not_contact)
        WHERE c.version < excluded.version
        """;

    public Task Consume(ConsumeContext<Batch<CustomerUpserted>> context) =>
        db.HandleOnce(context, (messages, ct) => Copy([.. messages.Select(m => m.Message)], ct));

    internal async Task Copy(IReadOnlyList<CustomerUpserted> upserted, CancellationToken ct)
    {
        // One row a customer, in the order of keys: replicas that copy at the same time do not wait for each other in a circle.
        var newest = upserted
            .GroupBy(u => u.CustomerId)
            .Select(versions => versions.MaxBy(v => v.Version)!)
            .OrderBy(u => u.CustomerId)
            .ToList();
        await db.Database.ExecuteSqlRawAsync(
            Upsert,
            [
                newest.Select(u => u.CustomerId).ToArray(),
                newest.Select(u => u.Version).ToArray(),
                newest.Select(u => u.Customer.ExternalId).ToArray(),
                newest.Select(u => u.Customer.Language).ToArray(),
                newest.Select(u => Words.Of(u.Customer.Segment)).ToArray(),
                newest.Select(u => u.Customer.PreferredChannel is { } channel ? Words.Of(channel) : null).ToArray(),
                newest.Select(u => u.Customer.Reachability.Phone).ToArray(),
                newest.Select(u => u.Customer.Reachability.Email).ToArray(),
                newest.Select(u => u.Customer.Reachability.Wechat).ToArray(),
                newest.Select(u => u.Customer.Reachability.App).ToArray(),
                newest.Select(Wishes).ToArray(),
            ],
            ct
        );
        var wishing = newest.Where(u => u.Customer.DoNotContact is { Count: > 0 }).Select(u => u.CustomerId).ToArray();
        if (wishing.Length > 0)
            await followUps.Heed(wishing, ct);
        db.AfterCommit(alarm.Ring);
    }

    private static string? Wishes(CustomerUpserted upserted) =>
        upserted.Customer.DoNotContact is { } wishes ? StoredJson.Write(wishes) : null;
}
