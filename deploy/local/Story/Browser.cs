using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Story;

/// <summary>A customer's browser on the status page: reads the page, fills in its form, sends it, is led back to the page.</summary>
internal sealed partial class Browser(Uri gateway, string language, CancellationToken ct) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false })
    {
        BaseAddress = gateway,
    };

    public async Task<string> Open(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await _http.SendAsync(request, ct);
        var page = await answer.Content.ReadAsStringAsync(ct);
        return answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/html"
            ? page
            : throw new LocalRunException($"GET {path} gave no page but {(int)answer.StatusCode}: {page}");
    }

    /// <summary>
    /// Sends the form of the page that goes to an address with this ending and means what is filled in (where a form says so in a hidden
    /// field); gives the page that the customer sees then.
    /// </summary>
    public async Task<string> Submit(string path, string ending, params (string Name, string Value)[] filledIn)
    {
        var page = await Open(path);
        var form =
            Forms()
                .Matches(page)
                .Select(match => match.Value)
                .FirstOrDefault(form => GoesTo(form, ending) && HiddenIn(form).All(field => Agrees(field, filledIn)))
            ?? throw new LocalRunException($"The page {path} has no such form that goes to ...{ending}.");
        var fields = HiddenIn(form).Where(field => filledIn.All(f => f.Name != field.Name)).Concat(filledIn);

        using var request = new HttpRequestMessage(HttpMethod.Post, From(path, Action(form)!));
        request.Content = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        request.Headers.AcceptLanguage.ParseAdd(language);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        using var answer = await _http.SendAsync(request, ct);
        return answer is { StatusCode: HttpStatusCode.SeeOther, Headers.Location: { } next }
            ? await Open(From(path, next.ToString()).PathAndQuery)
            : throw new LocalRunException(
                $"The form of {path} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(ct)}"
            );
    }

    /// <summary>What the page tells the customer first.</summary>
    public static string Headline(string page) =>
        Heading().Match(page) is { Success: true } found
            ? $"the page says: {WebUtility.HtmlDecode(Tag().Replace(found.Groups["text"].Value, " ")).Trim()}"
            : throw new LocalRunException("The page has no headline.");

    public void Dispose() => _http.Dispose();

    private Uri From(string page, string link) => new(new Uri(gateway, page), link);

    private static bool GoesTo(string form, string ending) =>
        Action(form)?.Split('?')[0].EndsWith(ending, StringComparison.Ordinal) == true;

    private static bool Agrees((string Name, string Value) hidden, (string Name, string Value)[] filledIn) =>
        filledIn.All(field => field.Name != hidden.Name || field.Value == hidden.Value);

    private static IEnumerable<(string Name, string Value)> HiddenIn(string form) =>
        Hidden().Matches(form).Select(f => (Attribute(f.Value, "name") ?? "", Attribute(f.Value, "value") ?? ""));

    private static string? Action(string form) => Attribute(Forms().Match(form).Groups["open"].Value, "action");

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1))
            is { Success: true } found
            ? WebUtility.HtmlDecode(found.Groups[1].Value)
            : null;

    [GeneratedRegex("(?<open><form[^>]*>).*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Forms();

    [GeneratedRegex("<h1[^>]*>(?<text>.*?)</h1>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
