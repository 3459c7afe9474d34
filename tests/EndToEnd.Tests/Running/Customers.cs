using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CustomerFeedback.Local.Story;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.EndToEnd.Tests.Running;

/// <summary>Customers with what they are sent, and no token: a page that tells how their request stands, later a link to a survey.</summary>
internal sealed class Customers(RunningSystem system, Shop shop) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        BaseAddress = system.Gateway,
    };

    /// <summary>The scores of somebody who is content.</summary>
    public static Dictionary<string, object> Content(int overall = 5, int attitude = 5, int nps = 10) =>
        new(StringComparer.Ordinal)
        {
            ["attitude"] = attitude,
            ["efficiency"] = 4,
            ["expertise"] = 5,
            ["clarity"] = 4,
            ["overall"] = overall,
            ["nps"] = nps,
            ["solved"] = true,
        };

    /// <summary>A customer whose request was settled, and who says so.</summary>
    /// <returns>The number of the request.</returns>
    public async Task<string> Served(string? store = null, string language = "zh-CN")
    {
        var request = Shop.Request($"{Guid.CreateVersion7()}", store: store, language: language);
        var accepted = await shop.Accepted(request);
        var number = accepted.GetProperty("number").GetString()!;
        await shop.Ticket(number);
        await shop.Resolve(number);
        var page = accepted.GetProperty("statusUrl").GetString();
        using var said = await _http.PostAsJsonAsync($"{page}/confirmation", new { solved = true, note = "收到了" });
        said.IsSuccessStatusCode.ShouldBeTrue(await said.Content.ReadAsStringAsync());
        return number;
    }

    /// <summary>The survey link of an episode, as soon as it is sent.</summary>
    public Task<string> Link(string number, int episode = 1) =>
        Eventually.Gives(
            async () =>
                (await shop.Invitations(number))
                    .Where(invitation => invitation.GetProperty("episode").GetInt32() == episode)
                    .Select(invitation => invitation.GetProperty("url").GetString())
                    .FirstOrDefault(),
            within: TimeSpan.FromSeconds(120)
        );

    /// <summary>What a program sends on behalf of a customer.</summary>
    public Task<HttpResponseMessage> Answer(string link, Dictionary<string, object> answers) =>
        _http.PostAsJsonAsync($"{Api(link)}/response", new { answers, durationSeconds = 45 });

    /// <summary>The form as a browser sends it.</summary>
    public Task<HttpResponseMessage> Post(string link, Dictionary<string, object> answers) =>
        _http.PostAsync(link, new FormUrlEncodedContent(Fields(answers)));

    /// <summary>Opens the page, fills in its form, sends it and follows to the next page.</summary>
    /// <returns>What that page says first.</returns>
    public async Task<string> FillIn(string link, string language, Dictionary<string, object> answers)
    {
        using var browser = new Browser(system.Gateway, language, CancellationToken.None);
        return Browser.Headline(await browser.Submit(link, link, [.. Fields(answers).Select(f => (f.Key, f.Value))]));
    }

    public Task<HttpResponseMessage> Look(string path, HttpMethod? method = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        return _http.SendAsync(request);
    }

    /// <summary>The same link for programs.</summary>
    public static string Api(string link) => link.Replace("/s/", "/v1/survey-links/", StringComparison.Ordinal);

    public static async Task<string?> Code(HttpResponseMessage problem) =>
        (await problem.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    public void Dispose() => _http.Dispose();

    private static IEnumerable<KeyValuePair<string, string>> Fields(Dictionary<string, object> answers) =>
        answers
            .Select(answer =>
                KeyValuePair.Create(
                    $"a.{answer.Key}",
                    answer.Value is bool yes
                        ? yes
                            ? "yes"
                            : "no"
                        : $"{answer.Value}"
                )
            )
            .Append(KeyValuePair.Create("action", "send"));
}
