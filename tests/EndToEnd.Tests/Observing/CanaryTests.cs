using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Encodings.Web;
using CustomerFeedback.EndToEnd.Tests.Running;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests.Observing;

/// <summary>Words that a customer told us, and links that open a customer's page, are in no log, span or metric.</summary>
[Collection(SystemTests.Name)]
public sealed class CanaryTests : IDisposable
{
    private const string Name = "金丝雀·歌手";
    private const string Phone = "13799990417";
    private const string Email = "canary.singer@cage.example";
    private const string Words = "笼门没有关 canary-words-7f3a91";
    private const string Note = "canary-note-55c20e";
    private const string Comment = "canary-comment-9be417";

    private readonly RunningSystem _system;
    private readonly Shop _shop;
    private readonly Customers _customers;
    private readonly HttpClient _stranger;

    public CanaryTests(RunningSystem system)
    {
        _system = system;
        _shop = new Shop(system);
        _customers = new Customers(system, _shop);
        _stranger = new HttpClient { BaseAddress = system.Gateway };
    }

    public void Dispose()
    {
        _stranger.Dispose();
        _customers.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task What_a_customer_says_is_in_no_log_no_span_and_no_metric()
    {
        List<string> canaries = [Name, Phone, "+86" + Phone, Email, Words, Note, Comment];
        _system.Telemetry.Forbid(canaries.SelectMany(Guises));

        var accepted = await _shop.Accepted(Request($"{Guid.CreateVersion7()}"));
        var page = accepted.GetProperty("statusUrl").GetString()!;
        var number = accepted.GetProperty("number").GetString()!;
        Plant(canaries, page["/status/".Length..]);
        await _shop.Ticket(number);
        await OnTheStatusPage(page);
        await _shop.Command(number, "comments", new { text = Note });
        await _shop.Resolve(number);
        using (var said = await _stranger.PostAsJsonAsync($"{page}/confirmation", new { solved = true, note = Note }))
            said.IsSuccessStatusCode.ShouldBeTrue(await said.Content.ReadAsStringAsync());
        var link = await _customers.Link(number);
        Plant(canaries, link["/s/".Length..]);
        await InTheSurvey(link);
        await BadInput();
        await Everything(number);

        var reports = (_system.Telemetry.Reports("traces"), _system.Telemetry.Reports("metrics"));
        await Eventually.That(
            () =>
                _system.Telemetry.Reports("traces") > reports.Item1 + 12
                && _system.Telemetry.Reports("metrics") > reports.Item2 + 24,
            within: TimeSpan.FromSeconds(60)
        );
        _system.Telemetry.Told.ShouldBeEmpty();
        InLogs(canaries).ShouldBeEmpty();
    }

    [Fact]
    public void Seen_red_what_stands_in_a_log_is_found() => InLogs(["Now listening on"]).ShouldNotBeEmpty();

    private static object Request(string externalId) =>
        new
        {
            source = "shop",
            externalId,
            channel = "app",
            type = "complaint",
            urgency = "urgent",
            language = "en",
            customer = new
            {
                externalId = $"customer-of-{externalId}",
                name = Name,
                phone = Phone,
                email = Email,
                segment = "vip",
            },
            subject = Words,
            description = new
            {
                what = Words,
                when = Words,
                where = Words,
                expectation = Words,
            },
            attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["remark"] = Words },
        };

    private async Task OnTheStatusPage(string page)
    {
        using var seen = await _customers.Look(page);
        seen.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Tell(HttpMethod.Post, $"{page}/messages", new { text = Words });
        await Tell(HttpMethod.Post, $"{page}/confirmation", new { solved = "maybe", note = Note });
        await Tell(HttpMethod.Get, $"{page}x", null);
        await Tell(HttpMethod.Get, $"{page}/nowhere?phone={Phone}", null);
        await Tell(HttpMethod.Delete, page, null);
    }

    private async Task InTheSurvey(string link)
    {
        var answers = Customers.Content();
        answers["comment"] = Comment;
        await Tell(HttpMethod.Get, $"{link}?from={Uri.EscapeDataString(Email)}", null);
        await Tell(HttpMethod.Post, $"{Customers.Api(link)}/response", new { answers = new { overall = Comment } });
        using var said = await _customers.Answer(link, answers);
        said.StatusCode.ShouldBe(HttpStatusCode.Created, await said.Content.ReadAsStringAsync());
        using var again = await _customers.Answer(link, answers);
        ((int)again.StatusCode).ShouldBeInRange(400, 499);
        await Tell(HttpMethod.Get, $"{Customers.Api(link)}y", null);
    }

    /// <summary>Wrong in every way that we have a refusal for, with customers' data in it.</summary>
    private async Task BadInput()
    {
        object[] bodies =
        [
            new { source = Words, customer = new { phone = $"{Phone}000000000", email = $"{Email}@{Email}" } },
            new
            {
                channel = Words,
                type = Name,
                urgency = Phone,
                unknownMember = Words,
            },
            new
            {
                source = "shop",
                subject = $"{Words}\0",
                description = new { what = $"{Words}\0" },
            },
            Words,
        ];
        foreach (var body in bodies)
        {
            using var refused = await _shop.Post(body);
            ((int)refused.StatusCode).ShouldBeInRange(400, 499, await refused.Content.ReadAsStringAsync());
        }

        foreach (var type in (string[])["application/json", "text/plain"])
        {
            using var broken = new HttpRequestMessage(HttpMethod.Post, "/v1/requests");
            broken.Content = new StringContent($"{{\"subject\": \"{Words}\", {Phone}", Encoding.UTF8, type);
            using var refused = await _shop.Send(broken);
            ((int)refused.StatusCode).ShouldBeInRange(400, 499);
        }

        using (var keyed = await _shop.Post(Request($"{Guid.CreateVersion7()}"), new string('k', 300) + Phone))
            ((int)keyed.StatusCode).ShouldBeInRange(400, 499);
        string[] paths =
        [
            $"/v1/requests/{Phone}",
            $"/v1/requests?phone={Phone}&limit={Uri.EscapeDataString(Name)}",
            $"/v1/tickets?customer={Uri.EscapeDataString(Email)}&status={Phone}",
            $"/v1/customers/{Uri.EscapeDataString(Name)}",
            $"/v1/tickets/{Uri.EscapeDataString(Words)}/timeline",
            $"/{Uri.EscapeDataString(Words)}",
            $"/s/{Phone}",
            $"/status/{Phone}",
        ];
        foreach (var path in paths)
            await Tell(HttpMethod.Get, path, null);
        using var forged = new HttpRequestMessage(HttpMethod.Get, "/v1/tickets");
        forged.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Note}.{Note}.{Note}");
        forged.Headers.TryAddWithoutValidation("User-Agent", Note);
        using var unknown = await _stranger.SendAsync(forged);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>As a stranger: what is answered is other tests' business.</summary>
    private async Task Tell(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await _stranger.SendAsync(request);
        ((int)answer.StatusCode).ShouldBeLessThan(500, path);
    }

    /// <summary>Waits until the words have gone everywhere that they go: the response is back at the ticket's own customer.</summary>
    private Task Everything(string number) =>
        Eventually.That(
            async () => (await _shop.Invitations(number)).Any(i => i.GetProperty("state").GetString() == "completed"),
            within: TimeSpan.FromSeconds(60)
        );

    private void Plant(List<string> canaries, string token)
    {
        canaries.Add(token);
        _system.Telemetry.Forbid([token]);
    }

    private IEnumerable<string> InLogs(IEnumerable<string> canaries)
    {
        var guises = canaries.SelectMany(Guises).Distinct(StringComparer.Ordinal).ToList();
        return from file in Directory.EnumerateFiles(_system.Logs, "*.log")
            from line in File.ReadLines(file)
            from canary in guises
            where line.Contains(canary, StringComparison.OrdinalIgnoreCase)
            select $"{Path.GetFileName(file)}: {canary} in {line}";
    }

    /// <summary>As it is, as JSON has it, as an address has it, and the words of it alone.</summary>
    private static IEnumerable<string> Guises(string text) =>
        [
            text,
            JavaScriptEncoder.Default.Encode(text),
            Uri.EscapeDataString(text),
            .. text.Split(' ').Where(word => word.Length >= 5),
        ];
}
