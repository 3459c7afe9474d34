using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Features.Accepting;
using CustomerFeedback.Intake.Tests.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Intake.Tests.Features.Accepting;

public class AcceptBatchTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private AcceptBatch Batch => intake.Host.Services.GetRequiredService<AcceptBatch>();

    private Submission Submission(string externalId, string subject = "你好", string customer = "C-1") =>
        new(
            Given.Request(subject) with
            {
                ExternalId = externalId,
                Customer = new(customer, "张伟", null, null, null, null),
            },
            "shop-system",
            [1],
            null,
            intake.Clock.GetUtcNow()
        );

    private static async Task<int> Status(Submission submission) =>
        ((Outcome.Stored)await submission.Outcome).Answer.Status;

    [Fact]
    public async Task What_the_database_refuses_fails_alone()
    {
        // Past the form's checks, as a bug would let it through.
        var poison = Submission("poison", subject: "nul \0");
        Submission[] batch = [Submission("before"), poison, Submission("after")];

        await Batch.Run(batch);

        (await Status(batch[0])).ShouldBe(201);
        (await Status(batch[2])).ShouldBe(201);
        await Should.ThrowAsync<Npgsql.PostgresException>(() => poison.Outcome);
        (
            await intake.Sql<long>("SELECT count(*) FROM requests WHERE external_id IN ('before', 'poison', 'after')")
        ).ShouldBe(2);
    }

    [Fact]
    public async Task What_we_fail_at_ourselves_fails_alone_too()
    {
        var poison = Submission("poison-2", subject: "half a pair \ud83d");
        Submission[] batch = [Submission("before-2"), poison, Submission("after-2")];

        await Batch.Run(batch);

        (await Status(batch[0])).ShouldBe(201);
        (await Status(batch[2])).ShouldBe(201);
        (await Should.ThrowAsync<Exception>(() => poison.Outcome)).ShouldNotBeOfType<Npgsql.PostgresException>();
    }

    [Fact]
    public async Task Who_shares_a_connection_with_what_we_fail_at_is_stored_all_the_same()
    {
        // The second use of a statement on a connection prepares it: a failure at that very moment must not leave it half prepared.
        intake.Host.Services.GetRequiredService<AcceptDatabase>().Source.Clear();
        await Batch.Run([Submission("first-use")]);
        var poison = Submission("poison-3", subject: "half a pair \ud83d");
        Submission[] batch = [poison, Submission("after-3")];

        await Batch.Run(batch);

        await Should.ThrowAsync<Exception>(() => poison.Outcome);
        (await Status(batch[1])).ShouldBe(201);
    }

    [Fact]
    public async Task A_connection_that_lost_its_statements_is_replaced()
    {
        var source = intake.Host.Services.GetRequiredService<AcceptDatabase>().Source;
        source.Clear();
        for (var use = 0; use < 3; use++)
            await Batch.Run([Submission($"use-{use}")]);
        await using (var forgetting = source.CreateCommand("DEALLOCATE ALL"))
            await forgetting.ExecuteNonQueryAsync();
        Submission[] batch = [Submission("afterwards"), Submission("afterwards-2")];

        await Batch.Run(batch);

        (await Status(batch[0])).ShouldBe(201);
        (await Status(batch[1])).ShouldBe(201);
    }

    [Fact]
    public async Task Duplicates_within_a_batch_are_one_request()
    {
        Submission[] batch = [Submission("twin"), Submission("twin"), Submission("single")];

        await Batch.Run(batch);

        (await Status(batch[0])).ShouldBe(201);
        (await Status(batch[1])).ShouldBe(200);
        (await Status(batch[2])).ShouldBe(201);
        (await intake.Sql<long>("SELECT count(*) FROM requests WHERE external_id = 'twin'")).ShouldBe(1);
    }

    [Fact]
    public async Task Batches_that_race_for_the_same_keys_and_customers_all_end_well()
    {
        var batches = Enumerable
            .Range(0, 8)
            .Select(b =>
                Enumerable
                    .Range(0, 20)
                    .Select(i => Submission($"race-{(i * 7) + (b % 3)}", customer: $"RC-{i}"))
                    .ToList()
            )
            .ToList();

        await Task.WhenAll(batches.Select(batch => Task.Run(() => Batch.Run(batch))));

        var statuses = await Task.WhenAll(batches.SelectMany(batch => batch).Select(Status));
        var distinct = batches.SelectMany(b => b).Select(s => s.NaturalKey).Distinct().Count();
        statuses.Count(s => s == 201).ShouldBe(distinct);
        (await intake.Sql<long>("SELECT count(*) FROM requests WHERE external_id LIKE 'race-%'")).ShouldBe(distinct);
        (await intake.Sql<long>("SELECT count(*) FROM customers WHERE external_id LIKE 'RC-%'")).ShouldBe(20);
        (
            await intake.Sql<long>(
                "SELECT count(*) FROM messaging.outbox o JOIN requests r ON o.subject = r.id::text WHERE r.external_id LIKE 'race-%'"
            )
        ).ShouldBe(distinct);
    }

    [Fact]
    public async Task Every_request_of_a_batch_has_a_number_of_its_own()
    {
        var batch = Enumerable.Range(0, 100).Select(i => Submission($"number-{i}")).ToList();

        await Batch.Run(batch);

        (
            await intake.Sql<long>("SELECT count(DISTINCT number) FROM requests WHERE external_id LIKE 'number-%'")
        ).ShouldBe(100);
    }

    [Fact]
    public async Task Who_no_longer_waits_is_not_stored()
    {
        var abandoned = Submission("abandoned");
        abandoned.Abandon().ShouldBeTrue();
        abandoned.Take().ShouldBeFalse();

        var taken = Submission("taken");
        taken.Take().ShouldBeTrue();
        taken.Abandon().ShouldBeFalse("it may be stored any moment now");
        await Batch.Run([taken]);
        (await Status(taken)).ShouldBe(201);
    }
}
