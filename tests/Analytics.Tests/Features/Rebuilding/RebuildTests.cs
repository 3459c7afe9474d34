using System.Net;
using System.Text.Json.Nodes;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Tests.Features.Storing;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Analytics.Tests.Features.Rebuilding;

/// <summary>Facts and rollups made anew while events go on coming in.</summary>
public sealed class RebuildTests
{
    [Fact]
    public async Task A_rebuild_gives_what_was_there_to_the_last_row()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await database.Keep(new Stories(11).Tell(60).Select(Stories.Of));
        var before = await database.Everything();
        await using var host = new ServiceHost<AnalyticsDbContext>(database);

        var job = await Rebuilt(host);

        ((string)job["state"]!).ShouldBe("succeeded", job.ToString());
        var result = job["result"]!;
        ((bool)result["equal"]!).ShouldBeTrue(job.ToString());
        ((string)result["checksumBefore"]!).ShouldBe((string)result["checksumAfter"]!);
        ((long)result["threads"]!).ShouldBe(60);
        (await database.Everything()).ShouldBe(before);
        (
            await database.Scalar<int>(
                "SELECT count(*)::int AS \"Value\" FROM pg_namespace WHERE nspname LIKE 'facts%'"
            )
        ).ShouldBe(1);
        // And the tables that took their place are written like the old ones.
        await database.Keep(new Stories(12).Tell(10).Select(Stories.Of));
        (await database.Rollups()).ShouldBe(await database.Recomputed());
    }

    [Fact]
    public async Task What_comes_in_meanwhile_is_not_lost_and_what_was_wrong_is_found_and_mended()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await database.Keep(new Stories(13).Tell(200).Select(Stories.Of));
        await using (var db = database.Context())
            await db.Database.ExecuteSqlAsync($"UPDATE facts.rollups SET n = n + 1 WHERE measure = 'responses'");
        await using var host = new ServiceHost<AnalyticsDbContext>(database);
        using var over = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var batches = 0;
            foreach (var batch in new Stories(14).Tell(300).Select(Stories.Of).Chunk(20))
            {
                if (over.IsCancellationRequested)
                    break;
                await database.Keep(batch);
                batches++;
            }
            return batches;
        });

        var job = await Rebuilt(host);
        await over.CancelAsync();
        (await writing).ShouldBeGreaterThan(0);

        ((bool)job["result"]!["equal"]!).ShouldBeFalse(job.ToString());
        (await database.Rollups()).ShouldBe(await database.Recomputed());
        var again = await Rebuilt(host);
        ((bool)again["result"]!["equal"]!).ShouldBeTrue(again.ToString());
    }

    [Fact]
    public async Task It_is_an_administrators_business_and_the_same_key_is_the_same_job()
    {
        await using var database = await TestDatabase.For<AnalyticsDbContext>();
        await using var host = new ServiceHost<AnalyticsDbContext>(database);
        var analyst = host.Client(TestTokens.For("ana", ["analyst"]));
        (await analyst.PostAsync(Path, null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var admin = host.Client(TestTokens.For("root", ["admin"]));
        admin.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        using var first = await admin.PostAsync(Path, null);
        using var second = await admin.PostAsync(Path, null);
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        second.Headers.Location.ShouldBe(first.Headers.Location.ShouldNotBeNull());
        (await analyst.GetAsync(first.Headers.Location)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await admin.GetAsync("/v1/jobs/an-nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Finished(admin, first.Headers.Location);
    }

    private const string Path = "/v1/admin/analytics/rebuild";

    private static async Task<JsonNode> Rebuilt(ServiceHost<AnalyticsDbContext> host)
    {
        var admin = host.Client(TestTokens.For("root", ["admin"]));
        using var accepted = await admin.PostAsync(Path, null);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var job = accepted.Headers.Location.ShouldNotBeNull();
        job.ToString().ShouldStartWith("/v1/jobs/an-");
        return await Finished(admin, job);
    }

    private static Task<JsonNode> Finished(HttpClient admin, Uri job) =>
        Eventually.Gives(async () =>
        {
            var view = JsonNode.Parse(await admin.GetStringAsync(job))!;
            return view["finishedAt"] is null ? null : view;
        });
}
