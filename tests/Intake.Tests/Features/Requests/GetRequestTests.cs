using System.Net;
using System.Text.Json.Nodes;
using CustomerFeedback.TestKit;
using Npgsql;

namespace CustomerFeedback.Intake.Tests.Features.Requests;

public class GetRequestTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private async Task<string> Stored(string by = "shop-system") =>
        (string)(await intake.Shop(by).Accepted(ShopRequest.Example()))["number"]!;

    private static async Task<JsonNode> Shown(HttpClient client, string number)
    {
        var response = await client.GetAsync($"/v1/requests/{number}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Json();
    }

    private async Task Assign(string number, string team)
    {
        await using var connection = new NpgsqlConnection(intake.Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("UPDATE requests SET team = $1 WHERE number = $2", connection);
        command.Parameters.Add(new() { Value = team });
        command.Parameters.Add(new() { Value = number });
        await command.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task It_shows_what_was_said_and_decided_to_the_byte()
    {
        var number = await Stored();
        var shown = await Shown(intake.Shop(), number);

        ((string)shown["number"]!).ShouldBe(number);
        ((string)shown["status"]!).ShouldBe("received");
        shown["team"].ShouldBeNull();
        ((string)shown["subject"]!).ShouldBe("订单漏发");
        shown["description"]!
            .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .ShouldBe("""{"what":"订单 A-1001 少发一件","when":"昨天","where":null,"expectation":"今天补发"}""");
        ((string)shown["category"]!).ShouldBe("complaint");
        ((string)shown["subcategory"]!).ShouldBe("logistics");
        ((int)shown["complaintLevel"]!).ShouldBe(2);
        ((string)shown["serviceStage"]!).ShouldBe("after_sale");
        ((string)shown["classification"]!["ruleId"]!).ShouldBe("level-2-partly");
        ((int)shown["classification"]!["rulesVersion"]!).ShouldBe(1);
        shown["policy"]!
            .ToJsonString()
            .ShouldBe("""{"policyId":"default","policyVersion":1,"calendarId":"always","calendarVersion":1}""");
        shown["promises"]!.AsArray().Count.ShouldBe(2);
        ((string)shown["statusUrl"]!).ShouldStartWith("/status/");
        ((string)shown["recordedBy"]!).ShouldBe("shop-system");
    }

    [Fact]
    public async Task Text_of_every_kind_comes_back_as_it_went_in()
    {
        const string text = "𠮷野家 “引号” <b>&amp;</b> \\ \" ' \t 表情😀 café naïve עברית \u200B\u202E";
        var answer = await intake.Shop().Accepted(ShopRequest.Example().With("subject", text));
        ((string)(await Shown(intake.Shop(), (string)answer["number"]!))["subject"]!).ShouldBe(text);
    }

    [Fact]
    public async Task Personal_data_is_masked()
    {
        var customer = (await Shown(intake.Shop(), await Stored()))["customer"]!;

        ((bool)customer["masked"]!).ShouldBeTrue();
        ((string)customer["name"]!).ShouldBe("张*");
        ((string)customer["phone"]!).ShouldBe("138****1234");
        customer["email"].ShouldBeNull();
        ((string)customer["externalId"]!).ShouldBe("C-77");
    }

    [Fact]
    public async Task Holders_of_the_scope_see_it_and_are_written_down()
    {
        var number = await Stored();
        var reader = intake.As("wang.fang", "manager", scopes: ["pii:read"]);
        var customer = (await Shown(reader, number))["customer"]!;

        ((bool)customer["masked"]!).ShouldBeFalse();
        ((string)customer["name"]!).ShouldBe("张伟");
        ((string)customer["phone"]!).ShouldBe("13800001234");
        (
            await intake.Sql<long>(
                "SELECT count(*) FROM personal_data_reads p JOIN requests r ON r.id = p.request_id WHERE r.number = $1 AND p.read_by = 'wang.fang' AND p.customer_id = r.customer_id",
                number
            )
        ).ShouldBe(1);

        await Shown(intake.As("zhao.min", "manager"), number);
        (
            await intake.Sql<long>(
                "SELECT count(*) FROM personal_data_reads p JOIN requests r ON r.id = p.request_id WHERE r.number = $1 AND p.read_by = 'zhao.min'",
                number
            )
        ).ShouldBe(0);
    }

    [Fact]
    public async Task A_system_sees_only_what_it_brought_itself()
    {
        var number = await Stored();
        (await intake.Shop("other-system").GetAsync($"/v1/requests/{number}")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("lead")]
    public async Task Agents_and_leads_see_their_teams_requests_and_their_own(string role)
    {
        var number = await Stored();
        var mine = intake.As("li.wei", role, teams: ["front-line", "duty"]);
        var other = intake.As("he.jun", role, teams: ["complaints"]);
        (await mine.GetAsync($"/v1/requests/{number}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await Assign(number, "front-line");
        await Shown(mine, number);
        (await other.GetAsync($"/v1/requests/{number}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var recorded = (string)(await intake.As("he.jun", "agent").Accepted(ShopRequest.Example()))["number"]!;
        await Shown(other, recorded);
    }

    [Theory]
    [InlineData("manager", false)]
    [InlineData("duty", false)]
    [InlineData("admin", false)]
    public async Task Managers_duty_and_admins_see_all_but_not_the_customers_link(string role, bool link)
    {
        var shown = await Shown(intake.As("zhao.min", role), await Stored());
        (shown["statusUrl"] is not null).ShouldBe(link);
    }

    [Theory]
    [InlineData("R26-9999999")]
    [InlineData("R26-0000001-2")]
    [InlineData("nonsense")]
    [InlineData("%27%20OR%201=1")]
    public async Task An_unknown_number_is_not_found(string number)
    {
        var response = await intake.Shop().GetAsync($"/v1/requests/{number}");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((string)(await response.Json())["code"]!).ShouldBe("not_found");
    }

    [Fact]
    public async Task Every_route_wants_a_valid_token_and_the_right_role()
    {
        var number = await Stored();
        string[] reads = ["/v1/requests", $"/v1/requests/{number}", "/v1/classification-rules"];
        foreach (var path in reads)
        {
            (await intake.Host.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            (await intake.As("x", "interviewer").GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await intake.Host.Client(TestTokens.Expired("x", ["admin"])).GetAsync(path)).StatusCode.ShouldBe(
                HttpStatusCode.Unauthorized,
                path
            );
            (await intake.Host.Client(TestTokens.Forged("x", ["admin"])).GetAsync(path)).StatusCode.ShouldBe(
                HttpStatusCode.Unauthorized,
                path
            );
        }

        (await intake.Host.Client().Send(ShopRequest.Example())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var role in new[] { "lead", "manager", "duty", "admin", "analyst", "department", "interviewer" })
        {
            (await intake.As("x", role).Send(ShopRequest.Example())).StatusCode.ShouldBe(
                HttpStatusCode.Forbidden,
                role
            );
        }
    }
}
