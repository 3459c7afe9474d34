using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class LogLevelsTests
{
    private static Task<HttpResponseMessage> Put(TinyHost host, string role, object body) =>
        host.Send(
            "PUT",
            "/v1/admin/tiny/log-level",
            Issuer.Token(Issuer.Claims("root", role)),
            JsonContent.Create(body)
        );

    [Fact]
    public async Task A_level_holds_from_now_on_for_its_category_or_for_everything_without_one()
    {
        await using var host = await TinyHost.Start(_ => { });
        var loggers = host.Services.GetRequiredService<ILoggerFactory>();
        var shop = loggers.CreateLogger("CustomerFeedback.Shop.Till");
        var other = loggers.CreateLogger("Elsewhere");
        shop.IsEnabled(LogLevel.Debug).ShouldBeFalse();

        using var set = await Put(host, "admin", new { level = "debug", category = "CustomerFeedback.Shop" });
        set.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await set.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("level").GetString().ShouldBe("Debug");
        shop.IsEnabled(LogLevel.Debug).ShouldBeTrue();
        other.IsEnabled(LogLevel.Debug).ShouldBeFalse();

        (await Put(host, "admin", new { level = "Debug", category = (string?)null })).Dispose();
        other.IsEnabled(LogLevel.Debug).ShouldBeTrue();
        loggers.CreateLogger("Microsoft.AspNetCore.Routing").IsEnabled(LogLevel.Information).ShouldBeFalse();
        (await Put(host, "admin", new { level = "Error", category = "CustomerFeedback.Shop" })).Dispose();
        shop.IsEnabled(LogLevel.Warning).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Loud", null, 400)]
    [InlineData("1", null, 400)]
    [InlineData(null, null, 400)]
    [InlineData("Debug", "Microsoft.AspNetCore.Routing", 422)]
    [InlineData("Information", "Microsoft", 422)]
    [InlineData("Error", "Microsoft.AspNetCore", 200)]
    public async Task What_is_no_level_or_would_tell_links_is_refused(string? level, string? category, int status)
    {
        await using var host = await TinyHost.Start(_ => { });
        using var answer = await Put(host, "admin", new { level, category });
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task It_is_an_administrators_business()
    {
        await using var host = await TinyHost.Start(_ => { });
        using var answer = await Put(host, "manager", new { level = "Debug" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
