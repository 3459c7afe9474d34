using System.Net;
using System.Text.RegularExpressions;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Features.Inviting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Survey.Tests.Features.Answering;

public sealed partial class ShowSurveyTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("", null, "zh-CN", "您的问题解决了吗")]
    [InlineData("?lang=en", null, "en", "Is your problem solved?")]
    [InlineData("", "en-GB,en;q=0.9", "en", "Is your problem solved?")]
    [InlineData("?lang=zh-CN", "en", "zh-CN", "您的问题解决了吗")]
    [InlineData("", "fr", "zh-CN", "您的问题解决了吗")]
    public async Task The_page_speaks_the_readers_language(string query, string? accepted, string language, string text)
    {
        var url = await world.Link();
        using var request = new HttpRequestMessage(HttpMethod.Get, url + query);
        if (accepted is not null)
            request.Headers.AcceptLanguage.ParseAdd(accepted);
        using var answer = await world.Customer.SendAsync(request);
        var html = await answer.Content.ReadAsStringAsync();

        html.ShouldContain($"<html lang=\"{language}\">");
        html.ShouldContain(text);
        html.ShouldContain($"hreflang=\"{(language == "en" ? "zh-CN" : "en")}\"");
    }

    [Fact]
    public async Task The_customers_own_language_holds_where_the_browser_names_none() =>
        (await world.Customer.GetStringAsync(await world.Link("en"))).ShouldContain("<html lang=\"en\">");

    [Fact]
    public async Task The_page_runs_nothing_and_every_control_has_its_label()
    {
        using var answer = await world.Customer.GetAsync(await world.Link());
        var html = await answer.Content.ReadAsStringAsync();

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        html.ShouldNotContain("<script");
        html.ShouldNotContain(" style=");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        foreach (var point in (string[])["很不满意", "不太满意", "一般", "比较满意", "非常满意", "不适用", "约 1 分钟"])
            html.ShouldContain(point);
        foreach (Match control in Control().Matches(html))
            (control.Value.Contains("hidden") || IsLabelled(html, control)).ShouldBeTrue(control.Value);
    }

    [Fact]
    public async Task A_form_is_taken_and_the_thanks_say_what_comes_next()
    {
        var (url, _, row) = await world.Invited();
        using var sent = await Post(
            $"{url}?lang=en",
            ("a.overall", "5"),
            ("a.nps", "9"),
            ("t.nps", "fast & kind"),
            ("a.solved", "yes")
        );

        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        sent.Headers.Location!.OriginalString.ShouldBe($"{url}/thanks?lang=en");
        var thanks = await world.Customer.GetStringAsync(sent.Headers.Location);
        thanks.ShouldContain("within 3 working days");
        thanks.ShouldContain("service@example.com");
        await using var db = world.Db();
        var stored = await db.Responses.SingleAsync(r => r.InvitationId == row.Id);
        stored.Language.ShouldBe("en");
        (await db.ResponseTexts.SingleAsync(t => t.ResponseId == stored.Id)).Texts.ShouldContain("fast & kind");
        (await world.Customer.GetStringAsync(url)).ShouldContain("您已经提交过了");
        using var again = await Post(url, ("a.overall", "1"));
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_place_and_nothing_typed_is_lost()
    {
        var url = await world.Link();
        using var sent = await Post(url, ("a.nps", "9"), ("a.comment", "<b>还行</b>"), ("shown", await Shown(url)));

        sent.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var html = await sent.Content.ReadAsStringAsync();
        html.ShouldContain("href=\"#q-overall\"");
        html.ShouldContain("id=\"f-overall\"");
        html.ShouldContain("aria-describedby=\"f-overall\"");
        html.ShouldContain("&lt;b&gt;还行&lt;/b&gt;");
        html.ShouldContain("name=\"a.nps\" value=\"9\" checked");
    }

    [Fact]
    public async Task A_low_score_brings_up_its_question_once_and_then_is_taken()
    {
        var (url, _, row) = await world.Invited();
        var shown = await Shown(url);
        using var first = await Post(url, ("a.overall", "2"), ("shown", shown));
        var html = await first.Content.ReadAsStringAsync();

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain("href=\"#q-weak_step\"");
        html.ShouldContain("name=\"a.overall\" value=\"2\" checked");
        using var second = await Post(url, ("a.overall", "2"), ("a.weak_step", "waiting"), ("shown", ShownIn(html)));
        second.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await using var db = world.Db();
        (await db.Responses.SingleAsync(r => r.InvitationId == row.Id)).Answers.ShouldContain("waiting");
    }

    [Fact]
    public async Task What_is_saved_stands_there_again()
    {
        var url = await world.Link();
        using var saved = await Post(
            url,
            ("a.attitude", "4"),
            ("a.comment", "待续"),
            ("action", "save"),
            ("shown", await Shown(url))
        );

        saved.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var html = await world.Customer.GetStringAsync(saved.Headers.Location);
        html.ShouldContain("已保存");
        html.ShouldContain("name=\"a.attitude\" value=\"4\" checked");
        html.ShouldContain("待续");
    }

    [Fact]
    public async Task Nobody_is_thanked_before_the_answer()
    {
        var url = await world.Link();

        using var thanks = await world.Customer.GetAsync($"{url}/thanks?lang=en");

        thanks.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        thanks.Headers.Location!.OriginalString.ShouldBe($"{url}?lang=en");
    }

    [Fact]
    public async Task Links_that_are_early_or_wrong_are_answered_kindly()
    {
        var links = world.Host.Services.GetRequiredService<LinkTokens>();
        using var early = await world.Customer.GetAsync(InvitationView.LinkOf(links, Guid.CreateVersion7()));
        (await early.Content.ReadAsStringAsync()).ShouldContain("调查正在准备中");
        using var wrong = await world.Customer.GetAsync("/s/nonsense");
        wrong.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        wrong.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var words = await wrong.Content.ReadAsStringAsync();
        words.ShouldContain("链接无效");
        words.ShouldContain("service@example.com", customMessage: "whom to ask instead");
        using var other = await world.Customer.GetAsync($"/s/{links.Sign("status", Guid.CreateVersion7())}");
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<HttpResponseMessage> Post(string url, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await world.Customer.PostAsync(url, form);
    }

    private async Task<string> Shown(string url) => ShownIn(await world.Customer.GetStringAsync(url));

    private static string ShownIn(string html) => ShownField().Match(html).Groups[1].Value;

    private static bool IsLabelled(string html, Match control)
    {
        if (IdOf().Match(control.Value) is { Success: true } id && html.Contains($"for=\"{id.Groups[1].Value}\""))
            return true;
        var before = html[..control.Index];
        return before.LastIndexOf("<label", StringComparison.Ordinal)
            > before.LastIndexOf("</label>", StringComparison.Ordinal);
    }

    [GeneratedRegex("<(input|textarea|select)[^>]*>")]
    private static partial Regex Control();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex IdOf();

    [GeneratedRegex("name=\"shown\" value=\"([^\"]*)\"")]
    private static partial Regex ShownField();
}
