using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Platform.Tests.Messaging;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private readonly Gate _gate = new();
    private TestDatabase<ShopDbContext> _database = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.For<ShopDbContext>();
        _shop = await Shop.Start(
            _database.ConnectionString,
            TestBroker.Unreachable.Uri,
            more: builder => builder.Services.AddSingleton(_gate),
            migrate: false,
            routes: Routes
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _shop.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_byte_for_byte_and_no_second_effect()
    {
        using var first = await Post("""{"text":"你好"}""", "k1");
        using var again = await Post("""{"text":"你好"}""", "k1");

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        first.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        again.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        (await again.Content.ReadAsByteArrayAsync()).ShouldBe(await first.Content.ReadAsByteArrayAsync());
        (await _database.Texts()).ShouldBe(["你好"]);
        (await _database.Scalar<long>("SELECT count(*) FROM messaging.outbox")).ShouldBe(1);
    }

    [Fact]
    public async Task Fifty_at_once_are_one_effect_and_one_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Settled("""{"text":"once"}""", "k50")));

        answers.Select(a => a.Body).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        answers.ShouldAllBe(a => a.Status == HttpStatusCode.Created);
        answers.Count(a => !a.Replayed).ShouldBe(1);
        (await _database.Texts()).ShouldBe(["once"]);
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        using var first = await Post("""{"text":"one"}""", "k2");
        using var other = await Post("""{"text": "one"}""", "k2"); // the raw bytes count

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await ShouldBeProblem(other, "idempotency_key_reused");
        (await _database.Texts()).ShouldBe(["one"]);
    }

    [Fact]
    public async Task While_the_first_is_in_flight_the_second_is_told_to_come_again()
    {
        _gate.Close();
        var first = Post("""{"text":"slow"}""", "k3");
        await _gate.Entered;
        using var second = await Post("""{"text":"slow"}""", "k3");
        _gate.Open();
        using var done = await first;
        using var third = await Post("""{"text":"slow"}""", "k3");

        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        second.Headers.RetryAfter.ShouldNotBeNull();
        await ShouldBeProblem(second, "idempotency_in_flight");
        done.StatusCode.ShouldBe(HttpStatusCode.Created);
        third.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        (await _database.Texts()).ShouldBe(["slow"]);
    }

    [Fact]
    public async Task Scope_is_client_and_path_and_no_key_is_no_memory()
    {
        using var a = await Post("""{"text":"a"}""", "k4");
        using var b = await Post("""{"text":"b"}""", "k4", client: "somebody else");
        using var c = await Post("""{"text":"c"}""", "k4", path: "/others");
        using var d = await Post("""{"text":"d"}""", key: null);
        using var e = await Post("""{"text":"d"}""", key: null);

        (await _database.Texts()).Order(StringComparer.Ordinal).ShouldBe(["a", "b", "c", "d", "d"]);
        (await _database.Scalar<long>("SELECT count(*) FROM messaging.idempotency_keys")).ShouldBe(3);
    }

    [Fact]
    public async Task A_refusal_is_not_stored_and_the_key_stays_usable()
    {
        using var refused = await Post("""{"text":""}""", "k5");
        using var accepted = await Post("""{"text":"better"}""", "k5");

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Created);
        accepted.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
    }

    [Fact]
    public async Task An_exception_undoes_the_effect_and_frees_the_key()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => Post("""{"text":"boom"}""", "k6"));
        (await _database.Texts()).ShouldBeEmpty();
        _gate.Forgive = true;
        using var again = await Post("""{"text":"boom"}""", "k6");

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await _database.Texts()).ShouldBe(["boom"]);
    }

    [Theory]
    [InlineData(255, HttpStatusCode.Created)]
    [InlineData(256, HttpStatusCode.BadRequest)]
    public async Task A_key_has_at_most_255_characters(int length, HttpStatusCode status)
    {
        using var answer = await Post("""{"text":"x"}""", new string('k', length));

        answer.StatusCode.ShouldBe(status);
        if (status == HttpStatusCode.BadRequest)
            await ShouldBeProblem(answer, "malformed");
    }

    private static void Routes(WebApplication app)
    {
        // The sub of the token, as authentication would have left it.
        app.Use(
            (http, next) =>
            {
                http.User = new ClaimsPrincipal(
                    new ClaimsIdentity([new Claim("sub", http.Request.Headers["X-Client"].ToString())])
                );
                return next(http);
            }
        );
        app.MapPost("/notes", Handle).WithIdempotency<ShopDbContext>();
        app.MapPost("/others", Handle).WithIdempotency<ShopDbContext>();
    }

    private static async Task<IResult> Handle([FromBody] Input input, ShopDbContext db, Gate gate, CancellationToken ct)
    {
        await gate.Pass();
        if (input.Text.Length == 0)
            return TypedResults.Problem(statusCode: 409, detail: "Nothing to note.");

        var note = new Note { Text = input.Text };
        db.Notes.Add(note);
        db.Publish(new OrderPlaced(1, input.Text));
        await db.SaveChangesAsync(ct);
        if (input.Text == "boom" && !gate.Forgive)
            throw new InvalidOperationException("boom");
        return TypedResults.Created($"/notes/{note.Id}", note);
    }

    private async Task<HttpResponseMessage> Post(
        string body,
        string? key,
        string client = "shop-1",
        string path = "/notes"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("X-Client", client);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await _shop.Client.SendAsync(request);
    }

    /// <summary>As a client does: comes again while the first is in flight.</summary>
    private async Task<(HttpStatusCode Status, string Body, bool Replayed)> Settled(string body, string key)
    {
        while (true)
        {
            using var answer = await Post(body, key);
            if (answer.StatusCode != HttpStatusCode.Conflict)
                return (
                    answer.StatusCode,
                    await answer.Content.ReadAsStringAsync(),
                    answer.Headers.Contains("Idempotency-Replayed")
                );
        }
    }

    private static async Task ShouldBeProblem(HttpResponseMessage answer, string code)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("code").GetString().ShouldBe(code);
        problem.RootElement.GetProperty("type").GetString().ShouldBe($"/docs/problems#{code}");
        problem.RootElement.GetProperty("status").GetInt32().ShouldBe((int)answer.StatusCode);
    }

    internal sealed record Input(string Text);

    /// <summary>Holds a handler inside its transaction.</summary>
    internal sealed class Gate
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? _closed;

        public bool Forgive { get; set; }

        public Task Entered => _entered.Task;

        public void Close() => _closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _closed!.SetResult();

        public Task Pass()
        {
            _entered.TrySetResult();
            return _closed?.Task ?? Task.CompletedTask;
        }
    }
}
