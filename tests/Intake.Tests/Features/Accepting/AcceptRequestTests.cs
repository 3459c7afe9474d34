using System.Net;

namespace CustomerFeedback.Intake.Tests.Features.Accepting;

public class AcceptRequestTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    [Fact]
    public async Task A_request_is_stored_numbered_promised_and_announced()
    {
        var response = await intake.Shop().Send(ShopRequest.Example("first"));

        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var answer = await response.Json();
        var number = (string)answer["number"]!;
        number.ShouldMatch("^R26-[0-9]{7,}$");
        response.Headers.Location!.ToString().ShouldBe($"/v1/requests/{number}");
        ((string)answer["receivedAt"]!).ShouldBe("2026-11-21T01:00:00Z");
        ((string)answer["recordedAt"]!).ShouldBe("2026-11-21T01:00:00Z");
        ((string)answer["statusUrl"]!).ShouldStartWith("/status/");
        answer["promises"]!
            .ToJsonString()
            .ShouldBe(
                """[{"clock":"first_contact","dueAt":"2026-11-21T01:15:00Z"},{"clock":"complaint_response","dueAt":"2026-11-21T05:00:00Z"}]"""
            );
        answer.ContainsKey("differs").ShouldBeFalse();

        var id = (Guid)answer["id"]!;
        (await intake.Sql<long>("SELECT count(*) FROM requests WHERE id = $1 AND number = $2", id, number)).ShouldBe(1);
        (
            await intake.Sql<long>(
                "SELECT count(*) FROM messaging.outbox WHERE subject = $1 AND type = 'CustomerFeedback.Contracts.Intake:RequestReceived'",
                id.ToString()
            )
        ).ShouldBe(1);
    }
}
