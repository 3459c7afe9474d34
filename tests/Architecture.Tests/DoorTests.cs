using CustomerFeedback.Architecture.Tests.Rules;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Architecture.Tests;

/// <summary>The one way out for events, and the one list of what is open to anyone.</summary>
public class DoorTests
{
    private const string Planted = "CustomerFeedback.Architecture.Tests.Planted";

    public static TheoryData<string> Services => [.. House.Services];

    public static TheoryData<string> Hosts => [.. House.Services, "Gateway", "Messaging", "ServiceDefaults"];

    [Theory, MemberData(nameof(Services))]
    public void A_service_sends_events_through_the_outbox_only(string service)
    {
        using var assembly = House.Assembly(service);
        OutboxDoorRule.Violations(assembly).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ShortcutByBus uses MassTransit.IBus")]
    [InlineData("ShortcutByEndpoint uses MassTransit.IPublishEndpoint")]
    [InlineData("ShortcutByContext uses MassTransit.IPublishEndpoint")]
    public void Seen_red_a_way_around_the_outbox_is_reported(string violation)
    {
        using var assembly = House.Assembly("Architecture.Tests");
        OutboxDoorRule.Violations(assembly).ShouldContain($"{Planted}.{violation}");
    }

    [Fact]
    public void Only_what_is_listed_is_open_to_anyone() =>
        AnonymousRule
            .Violations(Access.Table.Rows.Select(row => (row.Method, row.Path, row.IsAnonymous)))
            .ShouldBeEmpty();

    [Theory, MemberData(nameof(Hosts))]
    public void No_endpoint_opens_itself(string host)
    {
        using var assembly = House.Assembly(host);
        AnonymousRule.Violations(assembly).ShouldBeEmpty();
    }

    [Fact]
    public void Seen_red_an_open_row_that_is_not_listed_is_reported() =>
        AnonymousRule
            .Violations([
                ("GET", "/livez", true),
                ("POST", "/v1/requests", false),
                ("POST", "/v1/reviews", true),
                ("DELETE", "/status/{token}", true),
            ])
            .ShouldBe(["POST /v1/reviews", "DELETE /status/{token}"]);

    [Fact]
    public void Seen_red_an_endpoint_that_opens_itself_is_reported()
    {
        using var assembly = House.Assembly("Architecture.Tests");
        AnonymousRule
            .Violations(assembly)
            .ShouldBe([$"{Planted}.OpenByAttribute allows anyone", $"{Planted}.OpenByCall allows anyone"]);
    }
}
