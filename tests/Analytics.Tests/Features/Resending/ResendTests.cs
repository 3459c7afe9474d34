using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Tests.Features.Storing;
using CustomerFeedback.Messaging;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Tests.Features.Resending;

/// <summary>What a service is told again after it came back from a backup.</summary>
public sealed class ResendTests : IAsyncLifetime
{
    private const string Path = "/v1/admin/analytics/resend";
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset From = Now.AddDays(-20);
    private static readonly DateTimeOffset To = Now.AddDays(-10);

    private TestDatabase<AnalyticsDbContext> database = null!;
    private ServiceHost<AnalyticsDbContext> host = null!;
    private HttpClient admin = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.For<AnalyticsDbContext>();
        host = new(database, clock: new FakeClock(Now)); // without a broker: what would be sent stays in the outbox
        admin = host.Client(TestTokens.For("root", ["admin"]));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    private async Task<JsonNode> Resent(object order)
    {
        using var accepted = await admin.PostAsJsonAsync(Path, order);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted, await accepted.Content.ReadAsStringAsync());
        return await Eventually.Gives(async () =>
        {
            var view = JsonNode.Parse(await admin.GetStringAsync(accepted.Headers.Location))!;
            return view["finishedAt"] is null ? null : view;
        });
    }

    [Fact]
    public async Task One_service_is_told_the_stretch_again_as_it_was_told_at_first()
    {
        var told = new Stories(31).Tell(200).Select(Stories.Of).ToList();
        await database.Keep(told);

        var job = await Resent(
            new
            {
                service = "ticketing",
                from = From,
                to = To,
            }
        );

        ((string)job["state"]!).ShouldBe("succeeded", job.ToString());
        await using var db = database.Context();
        var stored = await db.Events.Where(e => e.OccurredAt >= From && e.OccurredAt < To).ToDictionaryAsync(e => e.Id);
        var sent = await db.Set<OutboxRow>().AsNoTracking().ToListAsync();
        ((long)job["result"]!["messages"]!).ShouldBe(sent.Count);
        sent.Select(row => row.Queue)
            .Distinct()
            .ShouldBe(
                [
                    "ticketing-open-ticket-on-request-received",
                    "ticketing-meet-survey-dispatch-on-survey-invited",
                    "ticketing-drop-survey-dispatch-on-survey-invitation-suppressed",
                ],
                ignoreOrder: true
            );
        foreach (var row in sent)
        {
            var envelope = JsonNode.Parse(row.Body)!;
            var id = (Guid)envelope["messageId"]!;
            var original = told.Single(one => one.Id == id);
            stored.ShouldContainKey(id);
            ((string)envelope["messageType"]![0]!).ShouldBe($"urn:message:{original.Type}");
            JsonNode.DeepEquals(envelope["message"], JsonNode.Parse(original.Message.Span)).ShouldBeTrue();
            ((string)JsonNode.Parse(row.Headers)![":message-id"]!).ShouldBe(id.ToString());
        }
        // None is missing: the first of each story is a request that Ticketing opens a ticket for.
        sent.Count(row => row.Queue == "ticketing-open-ticket-on-request-received")
            .ShouldBe(stored.Values.Count(e => e.Type == "RequestReceived"));
    }

    [Fact]
    public async Task What_consumers_may_have_forgotten_is_not_told_again()
    {
        using var answer = await admin.PostAsJsonAsync(Path, new { service = "survey", from = Now.AddDays(-30) });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("not_remembered");
    }

    [Fact]
    public async Task An_order_that_says_nothing_is_refused_with_all_its_faults_and_it_is_an_administrators()
    {
        using var answer = await admin.PostAsJsonAsync(Path, new { service = "analytics" });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonNode>();
        problem!["errors"]!.AsArray().Select(e => (string)e!["pointer"]!).ShouldBe(["/service", "/from"]);

        using var reversed = await admin.PostAsJsonAsync(
            Path,
            new
            {
                service = "intake",
                from = To,
                to = From,
            }
        );
        reversed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var analyst = host.Client(TestTokens.For("ana", ["analyst"]));
        using var forbidden = await analyst.PostAsJsonAsync(Path, new { service = "intake", from = From });
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
