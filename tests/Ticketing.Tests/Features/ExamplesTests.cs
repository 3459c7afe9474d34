using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Ticketing.Tests.Features;

/// <summary>The bodies that the document shows are bodies that the service takes.</summary>
public sealed class ExamplesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_ticket_is_brought_to_its_end_with_the_examples_alone()
    {
        var number = await world.Inquiry();
        var document = (await world.LiWei.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
        foreach (var command in (string[])["contacts", "responses", "progress", "resolutions", "confirmations"])
        {
            var operation = document["paths"]![$"/v1/tickets/{{number}}/{command}"]!["post"]!;
            var example = operation["requestBody"]!["content"]!["application/json"]!["example"]!;
            using var body = new StringContent(example.ToJsonString(), new MediaTypeHeaderValue("application/json"));
            var answer = await world.LiWei.PostAsync($"/v1/tickets/{number}/{command}", body);
            answer.IsSuccessStatusCode.ShouldBeTrue($"{command}: {await answer.Content.ReadAsStringAsync()}");
        }

        var ticket = (await world.LiWei.GetFromJsonAsync<JsonNode>($"/v1/tickets/{number}"))!;
        ((string)ticket["status"]!).ShouldBe("closed");
    }
}
