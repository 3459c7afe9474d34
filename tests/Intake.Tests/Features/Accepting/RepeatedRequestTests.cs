using System.Net;
using System.Text;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Intake.Tests.Features.Accepting;

/// <summary>However often it is sent, a request is one request.</summary>
public class RepeatedRequestTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private readonly HttpClient shop = intake.Shop();

    private static string NewKey() => Guid.CreateVersion7().ToString();

    private Task<long> Stored(string externalId) =>
        intake.Sql<long>("SELECT count(*) FROM requests WHERE external_id = $1", externalId);

    private Task<long> Announced(Guid request) =>
        intake.Sql<long>("SELECT count(*) FROM messaging.outbox WHERE subject = $1", request.ToString());

    [Fact]
    public async Task The_same_natural_key_again_is_answered_with_the_first_answer()
    {
        var first = await shop.Send(ShopRequest.Example("again"));
        var again = await shop.Send(ShopRequest.Example("again"));

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        again.Headers.Location.ShouldBe(first.Headers.Location);
        (await Stored("again")).ShouldBe(1);
        (await Announced((Guid)(await first.Json())["id"]!)).ShouldBe(1);
    }

    [Fact]
    public async Task Other_content_under_the_same_natural_key_is_said_to_differ_and_changes_nothing()
    {
        var first = await shop.Accepted(ShopRequest.Example("differs"));
        var again = await shop.Send(ShopRequest.Example("differs").With("subject", "别的事"));

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await again.Json();
        ((bool)answer["differs"]!).ShouldBeTrue();
        answer.Remove("differs");
        answer.ToJsonString().ShouldBe(first.ToJsonString());
        (
            await intake.Sql<string>("SELECT subject FROM request_texts WHERE request_id = $1", (Guid)first["id"]!)
        ).ShouldBe("订单漏发");
    }

    [Fact]
    public async Task The_same_instant_in_another_offset_is_the_same_content()
    {
        await shop.Accepted(ShopRequest.Example("offset"));
        var again = await shop.Send(ShopRequest.Example("offset").With("receivedAt", "2026-11-21T01:00:00Z"));

        (await again.Json()).ContainsKey("differs").ShouldBeFalse();
    }

    [Fact]
    public async Task Clients_and_sources_do_not_share_their_natural_keys()
    {
        await shop.Accepted(ShopRequest.Example("mine"));
        await intake.Shop("another-system").Accepted(ShopRequest.Example("mine"));
        await shop.Accepted(ShopRequest.Example("mine").With("source", "call-centre"));

        (await Stored("mine")).ShouldBe(3);
    }

    [Fact]
    public async Task Without_an_external_id_every_post_is_a_request_of_its_own()
    {
        var first = await shop.Accepted(ShopRequest.Example().With("externalId", null));
        var second = await shop.Accepted(ShopRequest.Example().With("externalId", null));
        ((string)second["number"]!).ShouldNotBe((string)first["number"]!);
    }

    [Fact]
    public async Task The_same_key_and_body_are_answered_byte_for_byte_and_marked_as_replayed()
    {
        var key = NewKey();
        var body = ShopRequest.Example().With("externalId", null);
        var first = await shop.Send(body, key);
        var again = await shop.Send(body, key);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        again.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        (await again.Content.ReadAsByteArrayAsync()).ShouldBe(await first.Content.ReadAsByteArrayAsync());
        (await Announced((Guid)(await first.Json())["id"]!)).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var key = NewKey();
        await shop.Send(ShopRequest.Example("key-1"), key);
        var other = await shop.Send(ShopRequest.Example("key-2"), key);

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)(await other.Json())["code"]!).ShouldBe("idempotency_key_reused");
        (await Stored("key-2")).ShouldBe(0);
    }

    [Fact]
    public async Task Keys_of_two_clients_do_not_meet()
    {
        var key = NewKey();
        await shop.Send(ShopRequest.Example("two-clients"), key);
        var other = await intake.Shop("another-system").Send(ShopRequest.Example("two-clients-2"), key);
        other.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refusal_is_not_kept_with_the_key()
    {
        var key = NewKey();
        var refused = await shop.Send(ShopRequest.Example("retry").With("type", "riddle"), key);
        var mended = await shop.Send(ShopRequest.Example("retry"), key);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        mended.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_new_key_for_a_known_request_gets_the_first_answer_and_keeps_it()
    {
        var first = await shop.Send(ShopRequest.Example("both"), NewKey());
        var key = NewKey();
        var known = await shop.Send(ShopRequest.Example("both"), key);
        var replayed = await shop.Send(ShopRequest.Example("both"), key);
        var other = await shop.Send(ShopRequest.Example("both").With("subject", "别的事"), key);

        known.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await known.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        replayed.StatusCode.ShouldBe(HttpStatusCode.OK);
        replayed.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Stored("both")).ShouldBe(1);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(0)]
    public async Task A_key_that_is_too_long_or_empty_is_malformed(int length)
    {
        var response = await shop.Send(ShopRequest.Example(), length == 0 ? " " : new string('k', length));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Fifty_at_once_with_one_natural_key_are_one_request_on_two_replicas()
    {
        await using var replica = new ServiceHost<IntakeDbContext>(intake.Database, clock: intake.Clock);
        var other = replica.Client(TestTokens.For("shop-system", roles: ["integration"]));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? shop : other).Send(ShopRequest.Example("fifty")))
        );

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(49);
        var bodies = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()));
        bodies.Distinct().Count().ShouldBe(1);
        (await Stored("fifty")).ShouldBe(1);
    }

    [Fact]
    public async Task Fifty_at_once_with_one_key_are_one_request_on_two_replicas()
    {
        await using var replica = new ServiceHost<IntakeDbContext>(intake.Database, clock: intake.Clock);
        var other = replica.Client(TestTokens.For("shop-system", roles: ["integration"]));
        var key = NewKey();
        var body = ShopRequest.Example().With("externalId", null).With("orderRef", "fifty-keys");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? shop : other).Send(body.DeepClone(), key))
        );

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created || a.StatusCode == HttpStatusCode.Conflict);
        answers.Count(a => a.IsSuccessStatusCode && !a.Headers.Contains("Idempotency-Replayed")).ShouldBe(1);
        var bodies = await Task.WhenAll(
            answers.Where(a => a.IsSuccessStatusCode).Select(a => a.Content.ReadAsStringAsync())
        );
        bodies.Distinct().Count().ShouldBe(1);
        answers.Where(a => !a.IsSuccessStatusCode).ShouldAllBe(a => a.Headers.RetryAfter != null);
        (await intake.Sql<long>("SELECT count(*) FROM requests WHERE order_ref = 'fifty-keys'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_in_flight_elsewhere_is_answered_with_409_and_when_to_come_again()
    {
        var key = NewKey();
        var id = System.Security.Cryptography.SHA256.HashData(
            Encoding.UTF8.GetBytes($"shop-system\nPOST\n/v1/requests\n{key}")
        );
        var lockId = System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(id);
        await using var elsewhere = new Npgsql.NpgsqlConnection(intake.Database.ConnectionString);
        await elsewhere.OpenAsync();
        await using var transaction = await elsewhere.BeginTransactionAsync();
        await using (var take = new Npgsql.NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", elsewhere))
        {
            take.Parameters.Add(new() { Value = lockId });
            await take.ExecuteNonQueryAsync();
        }

        var busy = await shop.Send(ShopRequest.Example("in-flight"), key);
        busy.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string)(await busy.Json())["code"]!).ShouldBe("idempotency_in_flight");
        busy.Headers.RetryAfter.ShouldNotBeNull();

        await transaction.RollbackAsync();
        (await shop.Send(ShopRequest.Example("in-flight"), key)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
