using System.Globalization;
using System.Text.Json;
using CustomerFeedback.EndToEnd.Tests.Running;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests;

/// <summary>From a request to a number, and from a bad answer back to a request; all of it through the gateway.</summary>
[Collection(SystemTests.Name)]
public sealed class LoopTests : IDisposable
{
    private static readonly string[] Measures =
    [
        "responses",
        "csat",
        "nps",
        "mean.attitude",
        "response_rate",
        "sla.first_contact.attainment",
    ];

    private readonly string _store = $"S-{Guid.CreateVersion7():n}"[..20];
    private readonly RunningSystem _system;
    private readonly Shop _shop;
    private readonly Customers _customers;
    private readonly Analyst _analyst;

    public LoopTests(RunningSystem system)
    {
        _system = system;
        _shop = new Shop(system);
        _customers = new Customers(system, _shop);
        _analyst = new Analyst(system);
    }

    public void Dispose()
    {
        _analyst.Dispose();
        _customers.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task Answers_become_numbers_that_are_their_sums()
    {
        (int Overall, int Attitude, int Nps)[] given = [(5, 5, 10), (5, 4, 9), (4, 5, 8), (2, 3, 4), (5, 5, 10)];
        var numbers = await Task.WhenAll(given.Select(_ => _customers.Served(_store)));
        var links = await Task.WhenAll(numbers.Select(number => _customers.Link(number)));

        // The first by the form, as a browser sends it; the others by a program.
        var (overall, attitude, nps) = given[0];
        var said = await _customers.FillIn(links[0], "zh-CN", Customers.Content(overall, attitude, nps));
        said.ShouldContain("感谢");
        foreach (var (link, scores) in links.Zip(given).Skip(1))
        {
            var answers = Customers.Content(scores.Overall, scores.Attitude, scores.Nps);
            using var answer = await _customers.Answer(link, answers);
            ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        }

        List<JsonElement> responses = [];
        foreach (var number in numbers)
            responses.Add((await _analyst.Responses(number)).ShouldHaveSingleItem().GetProperty("answers"));

        double[] Of(string question) => [.. responses.Select(answers => Value(answers.GetProperty(question)))];
        var expected = given.Select(g => (double)g.Overall);
        Of("overall").ShouldBe(expected);
        var row = await Eventually.Gives<object>(
            async () =>
            {
                var found = await _analyst.Numbers(_store, Measures);
                return Find(found, "responses", "value") == $"{given.Length}" ? found : null;
            },
            within: TimeSpan.FromSeconds(120)
        );
        void Says(string measure, double value)
        {
            var figure = ((JsonElement)row).GetProperty(measure);
            Value(figure.GetProperty("value")).ShouldBe(value, 1e-9, measure);
            Value(figure.GetProperty("n")).ShouldBe(given.Length, measure);
            Value(figure.GetProperty("low")).ShouldBeLessThan(Value(figure.GetProperty("high")), measure);
        }

        Says("csat", Of("overall").Average(score => score >= 4 ? 1 : 0));
        Says(
            "nps",
            Of("nps")
                .Average(score =>
                    score >= 9 ? 100
                    : score <= 6 ? -100
                    : 0
                )
        );
        Says("mean.attitude", Of("attitude").Average());
        Says("response_rate", 1);
        Says("sla.first_contact.attainment", 1);
    }

    [Fact]
    public async Task A_low_score_comes_back_as_a_recovery_ticket_and_the_loop_tells_all_of_it()
    {
        var number = await _customers.Served(_store);
        var link = await _customers.Link(number);
        var answers = Customers.Content(overall: 1, attitude: 2, nps: 1);
        answers["solved"] = false;
        using var answer = await _customers.Answer(link, answers);
        ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());

        var loop = await _analyst.Loop(
            number,
            told => Find(told, "recovery", "number") is not null && Find(told, "response", "overall") is not null
        );

        Find(loop, "request", "store").ShouldBe(_store);
        Find(loop, "ticket", "status").ShouldBe("closed");
        StatesOf(loop.GetProperty("clocks")).ShouldContain(("first_contact", "met"));
        StatesOf(loop.GetProperty("clocks")).ShouldContain(("survey_dispatch", "met"));
        Find(loop.GetProperty("contacts").EnumerateArray().Single(), "outcome").ShouldBe("reached");
        loop.GetProperty("resolution").GetProperty("firstContactResolution").GetBoolean().ShouldBeTrue();
        Find(loop, "confirmation", "confirmation").ShouldBe("confirmed");
        Find(loop.GetProperty("invitations").EnumerateArray().Single(), "state").ShouldBe("completed");
        Find(loop, "response", "overall").ShouldBe("1");
        Find(loop, "response", "nps").ShouldBe("1");
        loop.GetProperty("response").GetProperty("solved").GetBoolean().ShouldBeFalse();

        var recovery = Find(loop, "recovery", "number")!;
        var ticket = await _shop.Ticket(recovery);
        Find(ticket, "type").ShouldBe("complaint");
        Find(ticket, "urgency").ShouldBe("urgent");
        var back = await _analyst.Loop(recovery, told => Find(told, "recoveryOf") is not null);
        Find(back, "recoveryOf").ShouldBe(number);
        Find(back, "request", "source").ShouldBe("survey");
        var response = Find(loop, "response", "id")!;
        Find(back, "request", "externalId").ShouldBe(response);
        (await Count.Requests(_system, [response])).ShouldBe(1);
    }

    private static double Value(JsonElement number) =>
        number.ValueKind is JsonValueKind.Number ? number.GetDouble() : double.NaN;

    private static IEnumerable<(string?, string?)> StatesOf(JsonElement clocks) =>
        clocks.EnumerateArray().Select(clock => (Find(clock, "clock"), Find(clock, "state")));

    /// <summary>A member's value as text; null where it, or something on the way to it, is null.</summary>
    private static string? Find(JsonElement json, params string[] path)
    {
        foreach (var member in path)
        {
            if (json.ValueKind is not JsonValueKind.Object)
                return null;

            json = json.GetProperty(member);
        }

        return json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number => json.GetDouble().ToString(CultureInfo.InvariantCulture),
            _ => json.ToString(),
        };
    }
}
