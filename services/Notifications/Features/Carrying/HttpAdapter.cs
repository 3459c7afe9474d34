using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CustomerFeedback.Notifications.Domain;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Notifications.Features.Carrying;

/// <summary>
/// Any provider of texts or pushes that takes JSON: signed as Standard Webhooks has it, with the delivery's id as Idempotency-Key, so that what
/// comes twice is sent once.
/// </summary>
internal sealed class HttpAdapter(
    IHttpClientFactory clients,
    IOptions<NotificationOptions> options,
    TimeProvider time,
    ILogger<HttpAdapter> log
) : IAdapter
{
    public const string Client = "provider";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string Name => "http";

    public async Task<Verdict> Send(OutgoingMessage message, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.SendTimeout);
        try
        {
            using var request = await Write(message, ct);
            using var answer = await clients.CreateClient(Client).SendAsync(request, limit.Token);
            if (answer.IsSuccessStatusCode)
                return new Verdict.Delivered();
            Log.ProviderRefused(log, message.Id, Name, (int)answer.StatusCode);
            return IsForGood(answer.StatusCode)
                ? new Verdict.Refused("rejected")
                : new Verdict.TryAgain($"provider_{(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Verdict.TryAgain("timeout");
        }
        catch (HttpRequestException e)
        {
            return new Verdict.TryAgain(
                e.InnerException is PrivateAddressException ? "private_network" : "unreachable_provider"
            );
        }
    }

    private async Task<HttpRequestMessage> Write(OutgoingMessage message, CancellationToken ct)
    {
        var settings = options.Value.Http;
        var body = JsonSerializer.SerializeToUtf8Bytes(message, Json);
        var id = message.Id.ToString();
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var secret = Encoding.UTF8.GetBytes((await File.ReadAllTextAsync(settings.SecretFile!, ct)).Trim());
        byte[] content = [.. Encoding.ASCII.GetBytes($"{id}.{at}."), .. body];
        var signed = HMACSHA256.HashData(secret, content);

        var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("Idempotency-Key", id);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signed)}");
        return request;
    }

    // What the provider does not understand today it will not understand tomorrow; being asked to wait is another thing.
    private static bool IsForGood(HttpStatusCode status) =>
        (int)status is >= 400 and < 500
        && status
            is not (
                HttpStatusCode.Unauthorized
                or HttpStatusCode.Forbidden
                or HttpStatusCode.NotFound
                or HttpStatusCode.RequestTimeout
                or HttpStatusCode.Conflict
                or (HttpStatusCode)425
                or HttpStatusCode.TooManyRequests
            );
}
