using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.Notifications.Features.Carrying;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Notifications.Tests.Features.Carrying;

public sealed class HttpAdapterTests : IAsyncLifetime
{
    private const string Secret = "a secret of the provider's and ours";

    private readonly ConcurrentQueue<(IHeaderDictionary Headers, string Body)> seen = [];
    private readonly string secretFile = Path.GetTempFileName();
    private readonly FakeClock clock = new();
    private WebApplication provider = null!;
    private int status = StatusCodes.Status202Accepted;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(secretFile, Secret + "\n");
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        provider = builder.Build();
        provider.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            seen.Enqueue((new HeaderDictionary(http.Request.Headers.ToDictionary()), await reader.ReadToEndAsync()));
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
        });
        await provider.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        File.Delete(secretFile);
    }

    private async Task<Verdict> Send(OutgoingMessage message, bool allowPrivate = true, string? url = null)
    {
        using var handler = PublicConnections.Handler(allowPrivate);
        var options = Options.Create(
            new NotificationOptions
            {
                SendTimeout = TimeSpan.FromSeconds(10),
                Http = new()
                {
                    Url = new Uri(url ?? $"{provider.Urls.First()}/messages"),
                    SecretFile = secretFile,
                    AllowPrivateNetworks = allowPrivate,
                },
            }
        );
        var adapter = new HttpAdapter(new OneClient(handler), options, clock, NullLogger<HttpAdapter>.Instance);
        return await adapter.Send(message, TestContext.Current.CancellationToken);
    }

    private static OutgoingMessage Message() =>
        new(Guid.CreateVersion7(), "survey-link", "phone", "13800001234", "zh-CN", "请评价", "您好：https://x/s/t");

    [Fact]
    public async Task The_provider_gets_the_message_signed_and_under_a_key_that_stays_the_same()
    {
        var message = Message();
        (await Send(message)).ShouldBe(new Verdict.Delivered());
        await Send(message);

        seen.Count.ShouldBe(2);
        foreach (var (headers, body) in seen)
        {
            headers["Idempotency-Key"].ToString().ShouldBe(message.Id.ToString());
            headers["webhook-id"].ToString().ShouldBe(message.Id.ToString());
            var at = headers["webhook-timestamp"].ToString();
            at.ShouldBe(clock.GetUtcNow().ToUnixTimeSeconds().ToString());
            var expected = HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(Secret),
                Encoding.UTF8.GetBytes($"{message.Id}.{at}.{body}")
            );
            headers["webhook-signature"].ToString().ShouldBe($"v1,{Convert.ToBase64String(expected)}");
            var told = JsonNode.Parse(body)!;
            ((string)told["to"]!).ShouldBe("13800001234");
            ((string)told["text"]!).ShouldBe(message.Text);
            ((string)told["channel"]!).ShouldBe("phone");
        }
    }

    [Theory]
    [InlineData(400, "rejected")]
    [InlineData(422, "rejected")]
    public async Task What_the_provider_does_not_understand_is_not_repeated(int answer, string reason)
    {
        status = answer;
        (await Send(Message())).ShouldBe(new Verdict.Refused(reason));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(401)]
    [InlineData(302)]
    public async Task Anything_else_is_tried_again_and_no_redirect_is_followed(int answer)
    {
        status = answer;
        (await Send(Message())).ShouldBe(new Verdict.TryAgain($"provider_{answer}"));
        seen.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://localhost:9/messages")]
    [InlineData("http://[::1]:9/messages")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task A_private_network_is_not_called_unless_allowed(string? url)
    {
        (await Send(Message(), allowPrivate: false, url)).ShouldBe(new Verdict.TryAgain("private_network"));
        seen.ShouldBeEmpty();
    }

    private sealed class OneClient(HttpMessageHandler handler) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(handler, disposeHandler: false);
    }
}
