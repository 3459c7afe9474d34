using System.Text.Json;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Ticketing.Features.StatusPage;

/// <summary>What a customer wrote into a form that could not be taken.</summary>
/// <param name="Action">The form: <c>confirm</c>, <c>reject</c> or <c>message</c>.</param>
internal sealed record StatusDraft(string Action, string Text)
{
    public bool IsTooLong => Text.Length > Checks.TextLength;
}

/// <summary>What a status page sends: a form from a browser, JSON from a program.</summary>
internal static class StatusForm
{
    public const string NotReady = "not_ready";

    public static async Task<(T Input, bool IsForm)> Read<T>(
        HttpContext http,
        Func<IFormCollection, T> ofForm,
        CancellationToken ct
    )
        where T : class
    {
        if (http.Request.HasFormContentType)
            return (ofForm(await http.Request.ReadFormAsync(ct)), true);
        if (!http.Request.HasJsonContentType())
            throw new BadHttpRequestException("JSON or a form.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return (
                await http.Request.ReadFromJsonAsync<T>(ct)
                    ?? throw new BadHttpRequestException("A body is required.", StatusCodes.Status400BadRequest),
                false
            );
        }
        catch (JsonException e)
        {
            // As when the framework reads the body: the refusal says where it is wrong.
            throw new BadHttpRequestException("No such JSON.", StatusCodes.Status400BadRequest, e);
        }
    }

    /// <summary>The link is good, but the request has not arrived here: it comes within moments.</summary>
    public static IResult NoTicketYet() =>
        Problem.Refused(
            StatusCodes.Status409Conflict,
            NotReady,
            "The request was received and is being prepared: try again in a moment."
        );
}
