using System.Net;
using System.Text.Json.Nodes;
using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Tests.Features.Storing;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Analytics.Tests.Features.Loops;

/// <summary>A request's whole story, and the one that came of it.</summary>
public sealed class GetLoopTests : IAsyncLifetime
{
    private readonly List<object> _events = [.. new Stories(21).Tell(30)];
    private TestDatabase<AnalyticsDbContext> _database = null!;
    private ServiceHost<AnalyticsDbContext> _host = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.For<AnalyticsDbContext>();
        _host = new(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_story_goes_from_the_request_to_the_recovery_and_back()
    {
        var response = _events.OfType<SurveyCompleted>().First();
        var number = response.Number!;
        var request = _events.OfType<RequestReceived>().Single(e => e.Number == number);
        var facts = _events.OfType<TicketOpened>().Single(e => e.Number == number).Facts;
        _events.Add(
            new RecoveryRequested(
                response.ResponseId,
                2,
                response.CustomerId,
                number,
                "low",
                1,
                "service",
                ["overall<=2"],
                RequestType.Complaint,
                Urgency.Urgent,
                "zh-CN",
                "低分",
                "客服态度差 13800001234",
                null,
                null,
                null,
                response.OccurredAt
            )
        );
        _events.Add(
            Stories.Request(
                "R26-9999999",
                Guid.CreateVersion7(),
                request.Customer.CustomerId,
                facts,
                response.OccurredAt.AddSeconds(1),
                "survey",
                response.ResponseId.ToString(),
                "intake"
            )
        );
        await _database.Keep(_events.Select(Stories.Of));

        var loop = await Loop(number);
        ((string)loop["request"]!["id"]!).ShouldBe(request.RequestId.ToString());
        ((string)loop["request"]!["customer"]!["phone"]!).ShouldBe("138****1234");
        ((string)loop["ticket"]!["status"]!).ShouldBe("closed");
        loop["clocks"]!.AsArray().Count.ShouldBe(_events.OfType<SlaClockStarted>().Count(e => e.Number == number));
        ((string)loop["clocks"]![0]!["target"]!).ShouldBe("PT1H");
        loop["contacts"]!.AsArray().Count.ShouldBe(_events.OfType<CustomerContacted>().Count(e => e.Number == number));
        loop["resolution"].ShouldNotBeNull();
        ((string)loop["confirmation"]!["confirmation"]!).ShouldBe("confirmed");
        ((string)loop["invitations"]![0]!["state"]!).ShouldBe("completed");
        ((string)loop["response"]!["id"]!).ShouldBe(response.ResponseId.ToString());
        ((string)loop["recovery"]!["number"]!).ShouldBe("R26-9999999");
        loop["recoveryOf"].ShouldBeNull();
        loop["plans"]!.AsArray().ShouldBeEmpty();
        // Nobody's words, and no number but the masked one.
        loop.ToString().ShouldNotContain("13800001234");
        loop.ToString().ShouldNotContain("少发");

        ((string)(await Loop("R26-9999999"))["recoveryOf"]!).ShouldBe(number);
    }

    [Fact]
    public async Task Every_story_can_be_told_however_far_it_got()
    {
        await _database.Keep(_events.Select(Stories.Of));
        foreach (var number in _events.OfType<RequestReceived>().Select(e => e.Number))
            ((string)(await Loop(number))["number"]!).ShouldBe(number);
    }

    [Fact]
    public async Task An_integration_sees_what_it_brought_and_nothing_else()
    {
        await _database.Keep(_events.Select(Stories.Of));
        var path = $"/v1/loops/{_events.OfType<RequestReceived>().First().Number}";
        (await Status("shop", "integration", path)).ShouldBe(HttpStatusCode.OK);
        (await Status("crm", "integration", path)).ShouldBe(HttpStatusCode.NotFound);
        (await Status("zhao.min", "manager", path)).ShouldBe(HttpStatusCode.OK);
        (await Status("li.wei", "agent", path)).ShouldBe(HttpStatusCode.Forbidden);
        (await Status("ana", "analyst", "/v1/loops/R26-0")).ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpStatusCode> Status(string subject, string role, string path) =>
        (await _host.Client(TestTokens.For(subject, [role])).GetAsync(path)).StatusCode;

    private async Task<JsonNode> Loop(string number) =>
        JsonNode.Parse(await _host.Client(TestTokens.For("ana", ["analyst"])).GetStringAsync($"/v1/loops/{number}"))!;
}
