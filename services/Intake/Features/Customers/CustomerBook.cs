using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CustomerFeedback.Intake.Features.Customers;

/// <summary>The registry as people and systems write it: one customer at a time, locked, told to the others when something they copy has changed.</summary>
internal sealed class CustomerBook(IntakeDbContext db, CustomerSeal seal, TimeProvider clock)
{
    public DateTimeOffset Now => Instants.Truncate(clock.GetUtcNow());

    public async Task<Customer?> Find(string externalId, CancellationToken ct) =>
        Opened(await db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.ExternalId == externalId, ct));

    /// <summary>Those of them that are known.</summary>
    public async Task<Dictionary<Guid, Customer>> Find(Guid[] ids, CancellationToken ct) =>
        (await db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(ct)).ToDictionary(
            row => row.Id,
            seal.Open
        );

    /// <summary>Changes one customer in a transaction; of two who make the same one at once, the second finds the first's.</summary>
    public async Task<IResult> Change(
        string externalId,
        Func<Customer?, CancellationToken, Task<IResult>> change,
        CancellationToken ct
    )
    {
        try
        {
            return await Once();
        }
        catch (DbUpdateException e)
            when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            db.ChangeTracker.Clear();
            return await Once();
        }

        Task<IResult> Once() =>
            db.InTransaction(
                async token =>
                    await change(
                        Opened(
                            await db
                                .Customers.FromSql(
                                    $"SELECT * FROM customers WHERE external_id = {externalId} FOR UPDATE"
                                )
                                .AsNoTracking()
                                .SingleOrDefaultAsync(token)
                        ),
                        token
                    ),
                ct
            );
    }

    /// <summary>Keeps a customer that is new, or was locked; nothing where nothing has changed.</summary>
    public Customer Keep(Customer? before, Customer after)
    {
        if (before is not null && after == before)
            return before;
        var isNews = before is null || after.CopiedFacts != before.CopiedFacts;
        var kept = before is null
            ? after
            : after with
            {
                Version = before.Version + 1,
                EventVersion = before.EventVersion + (isNews ? 1 : 0),
            };
        var row = seal.Close(kept, Now);
        if (before is null)
            db.Customers.Add(row);
        else
            db.Customers.Update(row);
        if (isNews)
            db.Publish(Announcement.Of(kept, before is null, Now), kept.Id.ToString());
        return kept;
    }

    /// <summary>Who saw a customer's unmasked data, and for what.</summary>
    public void WriteDown(Customer customer, Caller caller, string purpose) =>
        db.PersonalDataReads.Add(
            new()
            {
                Id = Guid.CreateVersion7(Now),
                ReadBy = caller.Subject,
                CustomerId = customer.Id,
                RequestId = null,
                Purpose = purpose,
                ReadAt = Now,
            }
        );

    private Customer? Opened(CustomerRow? row) => row is null ? null : seal.Open(row);
}
