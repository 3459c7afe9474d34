using System.Net;
using System.Text.Json;
using CustomerFeedback.EndToEnd.Tests.Running;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests;

/// <summary>A link is answered once: not by being looked at, not twice by being quick, not after the matter is open again.</summary>
[Collection(SystemTests.Name)]
public sealed class SurveyLinkTests : IDisposable
{
    private readonly RunningSystem _system;
    private readonly Shop _shop;
    private readonly Customers _customers;
    private readonly Analyst _analyst;

    public SurveyLinkTests(RunningSystem system)
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
    public async Task A_hundred_submissions_at_once_are_one_response()
    {
        var number = await _customers.Served();
        var link = await _customers.Link(number);

        // By both doors, at two replicas.
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    i % 2 == 0
                        ? _customers.Answer(link, Customers.Content())
                        : _customers.Post(link, Customers.Content())
                )
        );

        var codes = answers.Select(answer => answer.StatusCode).ToList();
        codes.Count(code => code is HttpStatusCode.Created or HttpStatusCode.SeeOther).ShouldBe(1);
        codes.Count(code => code is HttpStatusCode.Conflict).ShouldBe(99);
        var response = (await _analyst.Responses(number)).ShouldHaveSingleItem();
        (await Count.Responses(_system, number)).ShouldBe(1);
        var loop = await _analyst.Loop(number, told => told.GetProperty("response").ValueKind is JsonValueKind.Object);
        loop.GetProperty("response").GetProperty("id").GetGuid().ShouldBe(response.GetProperty("id").GetGuid());
        (await Count.ResponseFacts(_system, number)).ShouldBe(1);
    }

    [Fact]
    public async Task Looking_at_a_link_never_uses_it_up()
    {
        var number = await _customers.Served();
        var link = await _customers.Link(number);

        string[] paths = [link, Customers.Api(link), $"{link}/thanks"];
        HttpMethod[] methods = [HttpMethod.Head, HttpMethod.Get, HttpMethod.Get];
        foreach (var (path, method) in paths.SelectMany(path => methods.Select(method => (path, method))))
        {
            using var seen = await _customers.Look(path, method);
            ((int)seen.StatusCode).ShouldBeLessThan(500, $"{method} {path}");
        }

        (await _analyst.Responses(number)).ShouldBeEmpty();
        using (var answer = await _customers.Answer(link, Customers.Content()))
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());

        using var again = await _customers.Answer(link, Customers.Content());
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Customers.Code(again)).ShouldBe("already_answered");
        (await _analyst.Responses(number)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reopening_before_the_answer_takes_the_link_back_and_the_next_resolution_brings_another()
    {
        var number = await _customers.Served();
        var link = await _customers.Link(number);

        await _shop.Command(number, "confirmations", new { solved = false, note = "又坏了" });

        await Eventually.That(
            async () =>
            {
                using var page = await _customers.Look(link);
                page.StatusCode.ShouldBe(HttpStatusCode.Gone);
            },
            within: TimeSpan.FromSeconds(120)
        );
        using (var answer = await _customers.Answer(link, Customers.Content()))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Gone);
            (await Customers.Code(answer)).ShouldBe("cancelled");
        }

        using (var form = await _customers.Post(link, Customers.Content()))
            form.StatusCode.ShouldBe(HttpStatusCode.Gone);

        (await _analyst.Responses(number)).ShouldBeEmpty();
        var withdrawn = (await _shop.Invitations(number)).ShouldHaveSingleItem();
        withdrawn.GetProperty("state").GetString().ShouldBe("cancelled");
        withdrawn.GetProperty("reason").GetString().ShouldBe("reopened");

        await _shop.Resolve(number);
        await _shop.Command(number, "confirmations", new { solved = true, note = "现在好了" });
        var next = await _customers.Link(number, episode: 2);
        next.ShouldNotBe(link);
        using var said = await _customers.Answer(next, Customers.Content());
        said.StatusCode.ShouldBe(HttpStatusCode.Created, await said.Content.ReadAsStringAsync());
        (await _analyst.Responses(number)).ShouldHaveSingleItem().GetProperty("episode").GetInt32().ShouldBe(2);
    }
}
