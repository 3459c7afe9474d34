using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CustomerFeedback.Platform.Tests.ServiceDefaults;

/// <summary>What a host can read, and what it says to the rest.</summary>
public sealed class ReadableTests : IAsyncLifetime
{
    private sealed record Thing(string? Name);

    private TinyHost host = null!;

    public async ValueTask InitializeAsync() =>
        host = await TinyHost.Start(
            app =>
            {
                app.MapPost("/v1/things", (Thing thing) => thing.Name);
                app.MapPost(
                    "/v1/read",
                    async (HttpRequest request) => (await request.ReadFromJsonAsync<Thing>())!.Name
                );
                app.MapPost(
                    "/v1/forms",
                    async (HttpRequest request) => (await request.ReadFormAsync())["name"].ToString()
                );
                app.MapGet("/v1/things/{id}", (string id) => id);
            },
            [
                new("POST", "/v1/things"),
                new("POST", "/v1/read"),
                new("POST", "/v1/forms"),
                new("GET", "/v1/things/{id}"),
            ]
        );

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static ByteArrayContent Body(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    [Theory]
    [InlineData("/v1/things", "application/json; charset=gbk")]
    [InlineData("/v1/read", "application/json; charset=gbk")]
    [InlineData("/v1/things", "application/json; charset=nonsense")]
    [InlineData("/v1/forms", "application/x-www-form-urlencoded; charset=big5")]
    public async Task An_encoding_that_is_not_known_here_is_415(string path, string type)
    {
        var body = Body("{}"u8.ToArray(), type);

        await (await host.Send("POST", path, body: body)).Problem(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("/v1/things", "application/json; charset=UTF-8")]
    [InlineData("/v1/things", "application/json; charset=\"utf-8\"")]
    [InlineData("/v1/read", "application/json")]
    public async Task Chinese_in_UTF_8_is_read(string path, string type)
    {
        var answer = await host.Send("POST", path, body: Body("""{"name":"张伟"}"""u8.ToArray(), type));

        (await answer.Content.ReadAsStringAsync()).ShouldBe("张伟");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_body_is_415_and_told_what_is_read(string encoding)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync("""{"name":"x"}"""u8.ToArray());
        var body = Body(packed.ToArray(), "application/json");
        body.Headers.ContentEncoding.Add(encoding);

        var answer = await host.Send("POST", "/v1/things", body: body);

        await answer.Problem(415, "unsupported_media_type");
        answer.Headers.GetValues("Accept-Encoding").ShouldBe(["identity"]);
    }

    [Fact]
    public async Task A_form_with_a_NUL_is_400() =>
        await (
            await host.Send(
                "POST",
                "/v1/forms",
                body: Body(Encoding.ASCII.GetBytes("name=a%00b"), "application/x-www-form-urlencoded")
            )
        ).Problem(400, "malformed");

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        var got = await host.Send("GET", "/v1/things/7");
        var head = await host.Send("HEAD", "/v1/things/7");

        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentType.ShouldBe(MediaTypeHeaderValue.Parse("text/plain; charset=utf-8"));
        head.Content.Headers.ContentType.ShouldBe(got.Content.Headers.ContentType);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        (await host.Send("HEAD", "/v1/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("%E5%BC%A0%2f1%20%2B", "张/1 +")]
    public async Task An_id_with_a_slash_is_found_by_its_path(string path, string id) =>
        (await (await host.Send("GET", $"/v1/things/{path}")).Content.ReadAsStringAsync()).ShouldBe(id);
}
