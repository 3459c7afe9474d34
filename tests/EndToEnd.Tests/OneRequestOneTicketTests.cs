using System.Net;
using System.Text.Json;
using CustomerFeedback.EndToEnd.Tests.Running;

namespace CustomerFeedback.EndToEnd.Tests;

/// <summary>However often a request is sent, it is one request and one ticket.</summary>
[Collection(SystemTests.Name)]
public sealed class OneRequestOneTicketTests(RunningSystem system) : IDisposable
{
    private readonly Shop _shop = new(system);

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_request_becomes_a_ticket_with_its_number_and_its_words()
    {
        var accepted = await _shop.Accepted(
            Shop.Request($"{Guid.CreateVersion7()}", type: "complaint", urgency: "urgent")
        );

        var ticket = await _shop.Ticket(accepted.GetProperty("number").GetString()!);

        ticket.GetProperty("category").GetString().ShouldBe("complaint");
        ticket.GetProperty("urgency").GetString().ShouldBe("urgent");
        ticket.GetProperty("status").GetString().ShouldBe("assigned");
        ticket.GetProperty("assignee").GetString().ShouldNotBeNullOrEmpty();
        ticket.GetProperty("customer").GetRawText().ShouldNotContain("13800001234");
        var clocks = (await _shop.Read($"/v1/tickets/{ticket.GetProperty("number").GetString()}/sla")).GetProperty(
            "clocks"
        );
        foreach (var promise in accepted.GetProperty("promises").EnumerateArray())
        {
            var clock = clocks
                .EnumerateArray()
                .Single(c => c.GetProperty("clock").GetString() == promise.GetProperty("clock").GetString());
            clock.GetProperty("dueAt").GetString().ShouldBe(promise.GetProperty("dueAt").GetString());
        }
    }

    [Fact]
    public async Task The_same_external_id_50_times_at_once_is_one_request_and_one_ticket()
    {
        var externalId = $"{Guid.CreateVersion7()}";
        var request = Shop.Request(externalId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _shop.Post(request)));

        answers
            .Select(answer => answer.StatusCode)
            .ShouldAllBe(code => code == HttpStatusCode.Created || code == HttpStatusCode.OK);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        await OneOf(answers, externalId);
    }

    [Fact]
    public async Task The_same_idempotency_key_50_times_at_once_is_one_request_and_one_ticket()
    {
        var externalId = $"{Guid.CreateVersion7()}";
        var request = Shop.Request(externalId);
        var key = $"key-{externalId}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _shop.Post(request, key)));

        // While the first is under way the others are told to come back; afterwards they get its answer, byte for byte.
        answers.Select(answer => (int)answer.StatusCode).ShouldAllBe(code => code == 201 || code == 409);
        var done = answers.Where(answer => answer.StatusCode == HttpStatusCode.Created).ToList();
        using var late = await _shop.Post(request, key);
        late.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await late.Content.ReadAsByteArrayAsync()).ShouldBe(await done[0].Content.ReadAsByteArrayAsync());
        await OneOf(done, externalId);
    }

    private async Task OneOf(IReadOnlyList<HttpResponseMessage> answers, string externalId)
    {
        var numbers = new HashSet<string>();
        foreach (var answer in answers)
            numbers.Add(
                JsonDocument
                    .Parse(await answer.Content.ReadAsStringAsync())
                    .RootElement.GetProperty("number")
                    .GetString()!
            );

        var number = numbers.ShouldHaveSingleItem();
        await _shop.Ticket(number);
        (await Count.Requests(system, [externalId])).ShouldBe(1);
        (await Count.Tickets(system, [number])).ShouldBe(1);
    }
}
