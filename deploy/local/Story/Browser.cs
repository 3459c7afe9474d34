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

    /// <summary>Sends the form of the page that goes to an address with this ending; gives the page that the customer sees then.</summary>
    public async Task<string> Submit(string path, string ending, params (string Name, string Value)[] filledIn)
    {
        var page = await Open(path);
        var form =
            Forms()
                .Matches(page)
                .FirstOrDefault(f => Action(f.Value)?.EndsWith(ending, StringComparison.Ordinal) == true)
                ?.Value
            ?? throw new LocalRunException($"The page {path} has no form that goes to ...{ending}.");
        var hidden = Hidden()
            .Matches(form)
            .Select(field => (Name: Attribute(field.Value, "name")!, Value: Attribute(field.Value, "value") ?? ""));
        var fields = hidden.Where(field => filledIn.All(f => f.Name != field.Name)).Concat(filledIn);

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

    public void Dispose() => _http.Dispose();

    private Uri From(string page, string link) => new(new Uri(gateway, page), link);

    private static string? Action(string form) => Attribute(Forms().Match(form).Groups["open"].Value, "action");

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1))
            is { Success: true } found
            ? WebUtility.HtmlDecode(found.Groups[1].Value)
            : null;

    [GeneratedRegex("(?<open><form[^>]*>).*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
