using System.Net;
using CustomerFeedback.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

public sealed class ETagTests : IAsyncLifetime
{
    private TinyHost host = null!;

    public async ValueTask InitializeAsync() =>
        host = await TinyHost.Start(app => app.MapPut("/v1/things/{id}", Change), [new("PUT", "/v1/things/{id}")]);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static IResult Change(HttpContext http)
    {
        if (!IfMatch.TryRead(http, out var version, out var problem))
            return problem;
        if (version is not null and not 7)
            return Problem.Stale();
        http.SetETag(8);
        return Results.NoContent();
    }

    private Task<HttpResponseMessage> Put(string? tag) =>
        host.Send("PUT", "/v1/things/1", null, null, tag is null ? [] : [("If-Match", tag)]);

    [Theory]
    [InlineData("\"7\"")]
    [InlineData("*")]
    public async Task The_version_that_is_there_may_be_changed_and_the_new_one_is_told(string tag)
    {
        var answer = await Put(tag);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.ETag.ShouldNotBeNull().ToString().ShouldBe("\"8\"");
    }

    [Theory]
    [InlineData("\"6\"")]
    [InlineData("W/\"7\"")] // a weak tag never names what may be changed
    [InlineData("\"seven\"")]
    [InlineData("\"-7\"")]
    [InlineData("\"\"")]
    public async Task Another_version_is_412(string tag) => await (await Put(tag)).Problem(412, "stale");

    [Fact]
    public async Task No_version_is_428() => await (await Put(null)).Problem(428, "if_match_missing");

    [Theory]
    [InlineData("7")]
    [InlineData("\"6\", \"7\"")]
    public async Task What_is_not_one_tag_is_400(string tag) =>
        (await (await Put(tag)).Problem(400, "malformed")).OnlyError().ShouldBe(("If-Match", "invalid_etag"));
}
