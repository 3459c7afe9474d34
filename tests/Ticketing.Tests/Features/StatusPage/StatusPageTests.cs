using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Ticketing.Tests.Features.StatusPage;

public sealed class StatusPageTests(World world) : IClassFixture<World>
{
    private readonly HttpClient _customer = world.Host.Client();

    [Fact]
    public async Task The_customer_confirms_and_the_page_says_so()
    {
        var number = await world.Resolved();
        var page = await Link(number);
        (await _customer.GetStringAsync(page)).ShouldContain("请您确认");

        using var first = await Form($"{page}/confirmation", ("solved", "true"), ("note", "谢谢"));
        using var again = await Form($"{page}/confirmation", ("solved", "true"), ("note", "谢谢"));

        first.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        first.Headers.Location!.OriginalString.ShouldBe($"{page}?done=confirmed");
        again.Headers.Location!.OriginalString.ShouldBe($"{page}?done=confirmed");
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("closed");
        (await world.Events(number)).Count(e => e.Type == "ResolutionConfirmed").ShouldBe(1);
        (await _customer.GetStringAsync($"{page}?done=confirmed")).ShouldContain("感谢您的确认");
        var told = (await world.Timeline(number)).Single(line => (string)line["kind"]! == "confirmed");
        ((string)told["by"]!).ShouldBe("customer");
        ((string)told["text"]!).ShouldBe("谢谢");
    }

    [Fact]
    public async Task Not_solved_begins_a_new_episode_once()
    {
        var number = await world.Resolved();
        var page = await Link(number);

        for (var i = 0; i < 2; i++)
        {
            using var sent = await Form($"{page}/confirmation?lang=en", ("solved", "false"), ("note", "still broken"));
            sent.Headers.Location!.OriginalString.ShouldBe($"{page}?done=rejected&lang=en");
        }

        var ticket = await world.Ticket(number);
        ((string)ticket["status"]!).ShouldBe("in_progress");
        ((int)ticket["episode"]!).ShouldBe(2);
    }

    [Fact]
    public async Task A_message_ends_the_wait_for_the_customer_and_only_that()
    {
        var waiting = await world.InProgress();
        await World.Do(world.LiWei, waiting, "pauses", new { reason = "waiting_customer" });
        using var answer = await Form($"{await Link(waiting)}/messages", ("text", "订单号是 A-1001"));
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        ((string)(await world.Ticket(waiting))["status"]!).ShouldBe("in_progress");

        var resolved = await world.Resolved();
        using var thanks = await Form($"{await Link(resolved)}/messages", ("text", "谢谢"));
        ((string)(await world.Ticket(resolved))["status"]!).ShouldBe("resolved");
    }

    [Fact]
    public async Task Programs_get_the_same_as_JSON()
    {
        var number = await world.Resolved();
        var page = await Link(number);

        var view = await Json(page);
        ((string)view["number"]!).ShouldBe(number);
        ((string)view["state"]!).ShouldBe("resolved");
        view["actions"]!.AsArray().Select(action => (string)action!).ShouldBe(["confirm", "reject", "message"]);
        view["promises"]!
            .AsArray()
            .Select(promise => (string)promise!["outcome"]!)
            .ShouldAllBe(outcome => outcome == "kept");

        using var request = new HttpRequestMessage(HttpMethod.Post, $"{page}/confirmation")
        {
            Content = JsonContent.Create(new { solved = true, note = (string?)null }),
        };
        request.Headers.Accept.ParseAdd("application/json");
        using var confirmed = await _customer.SendAsync(request);
        confirmed.StatusCode.ShouldBe(HttpStatusCode.OK);
        ((string)JsonNode.Parse(await confirmed.Content.ReadAsStringAsync())!["state"]!).ShouldBe("closed");
    }

    [Fact]
    public async Task A_link_whose_ticket_is_still_on_its_way_says_received()
    {
        var links = world.Host.Services.GetRequiredService<LinkTokens>();
        var page = $"/status/{links.Sign("status", Guid.CreateVersion7())}";

        (await _customer.GetStringAsync(page)).ShouldContain("我们已收到您的请求");
        ((string)(await Json(page))["state"]!).ShouldBe("received");
        using var early = await Form($"{page}/messages", ("text", "在吗"));
        early.Headers.Location!.OriginalString.ShouldEndWith("done=early");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAA")]
    public async Task A_bad_link_is_a_friendly_404(string token)
    {
        using var page = await _customer.GetAsync($"/status/{token}");
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await page.Content.ReadAsStringAsync()).ShouldContain("链接无效");

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/status/{token}");
        request.Headers.Accept.ParseAdd("application/json");
        using var json = await _customer.SendAsync(request);
        json.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_link_of_another_purpose_opens_nothing()
    {
        var links = world.Host.Services.GetRequiredService<LinkTokens>();

        using var page = await _customer.GetAsync($"/status/{links.Sign("survey", Guid.CreateVersion7())}");

        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", "zh-CN,zh;q=0.9,en;q=0.8", "zh-CN")]
    [InlineData("", "en-GB,en;q=0.9", "en")]
    [InlineData("", "fr", "zh-CN")]
    [InlineData("", null, "zh-CN")]
    [InlineData("?lang=en", "zh-CN", "en")]
    [InlineData("?lang=zh-CN", "en", "zh-CN")]
    public async Task The_page_speaks_the_readers_language(string query, string? accepted, string language)
    {
        var page = await Link(await world.Inquiry());
        using var request = new HttpRequestMessage(HttpMethod.Get, page + query);
        if (accepted is not null)
            request.Headers.AcceptLanguage.ParseAdd(accepted);

        using var answer = await _customer.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<html lang=\"{language}\">");
    }

    [Fact]
    public async Task The_requests_language_holds_where_the_reader_names_none()
    {
        var page = await Link(await world.Open(Requests.Of(world.Now, language: "en")));

        (await _customer.GetStringAsync(page)).ShouldContain("<html lang=\"en\">");
    }

    [Fact]
    public async Task Looking_changes_nothing_and_the_page_runs_nothing()
    {
        var number = await world.Resolved();
        var page = await Link(number);
        var before = (await world.Timeline(number)).Count;

        using var head = await _customer.SendAsync(new(HttpMethod.Head, page));
        using var answer = await _customer.GetAsync(page);

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await world.Timeline(number)).Count.ShouldBe(before);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'; style-src 'sha256-");
        policy.ShouldNotContain("unsafe");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("<script");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Texts_are_escaped_and_masked()
    {
        var number = await world.Open(Requests.Of(world.Now, subject: "<b>13800001234</b>"));
        await world.InProgress(number);
        await World.Do(world.LiWei, number, "responses", new { kind = "answer", text = "<img src=x> 致电13911112222" });

        var html = await _customer.GetStringAsync(await Link(number));

        html.ShouldContain("&lt;b&gt;138****1234&lt;/b&gt;");
        html.ShouldContain("&lt;img src=x&gt; 致电139****2222");
        html.ShouldNotContain("<img");
    }

    [Fact]
    public async Task A_message_ends_the_wait_for_others_too_and_its_clocks_go_on()
    {
        var number = await world.InProgress();
        await World.Do(world.LiWei, number, "pauses", new { reason = "third_party" });
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("waiting_collaboration");
        var paused = (await world.Events(number)).Count(e => e.Type == "SlaClockPaused");

        using var answer = await Form($"{await Link(number)}/messages", ("text", "已经不需要等了"));

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("in_progress");
        (await world.Events(number)).Count(e => e.Type == "SlaClockResumed").ShouldBe(paused);
        var resumed = (await world.Timeline(number)).Single(line => (string)line["kind"]! == "resumed");
        ((string)resumed["details"]!["cause"]!).ShouldBe("customer_wrote");
    }

    [Theory]
    [InlineData("confirmed", "感谢您的确认")]
    [InlineData("rejected", "已收到，我们会重新处理")]
    [InlineData("written", "留言已收到")]
    public async Task Thanks_are_said_only_for_what_was_done(string done, string thanks)
    {
        var page = await Link(await world.Resolved());

        (await _customer.GetStringAsync($"{page}?done={done}")).ShouldNotContain(thanks);
    }

    [Theory]
    [InlineData("messages", "text", null)]
    [InlineData("confirmation", "note", "true")]
    [InlineData("confirmation", "note", "false")]
    public async Task A_text_that_is_too_long_comes_back_with_what_is_wrong(string form, string field, string? solved)
    {
        var number = await world.Resolved();
        var text = "<b>" + new string('长', 4001);
        var fields = new List<(string, string)> { (field, text) };
        if (solved is not null)
            fields.Add(("solved", solved));

        using var answer = await Form($"{await Link(number)}/{form}?lang=en", [.. fields]);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("<html lang=\"en\">");
        page.ShouldContain("longer than 4000 characters");
        page.ShouldContain("aria-invalid=\"true\"");
        page.ShouldContain($">&lt;b&gt;{new string('长', 4001)}</textarea>");
        ((string)(await world.Ticket(number))["status"]!).ShouldBe("resolved");
        (await world.Kinds(number)).ShouldNotContain("customer_message");
    }

    [Fact]
    public async Task An_empty_form_comes_back_with_a_hint()
    {
        var page = await Link(await world.Resolved());

        using var empty = await Form($"{page}/messages", ("text", "  "));

        empty.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await empty.Content.ReadAsStringAsync()).ShouldContain("请填写内容后再提交");
    }

    private async Task<string> Link(string number) => (string)(await world.Ticket(number))["statusUrl"]!;

    private async Task<HttpResponseMessage> Form(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Select(field => KeyValuePair.Create(field.Name, field.Value))
        );
        return await _customer.PostAsync(path, form);
    }

    private async Task<JsonNode> Json(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await _customer.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
