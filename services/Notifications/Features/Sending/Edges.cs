using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Http.Headers;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.Notifications.Features.Announcing;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Notifications.Features.Sending;

/// <summary>Section <c>Edges</c>: the services that know addresses and links, and the token that opens their inner doors.</summary>
internal sealed class EdgeOptions
{
    /// <summary>The address of Intake, which knows customers' addresses.</summary>
    [Required]
    public Uri? Intake { get; set; }

    /// <summary>The address of Ticketing, which makes status links.</summary>
    [Required]
    public Uri? Ticketing { get; set; }

    /// <summary>The address of Survey, which makes survey links.</summary>
    [Required]
    public Uri? Survey { get; set; }

    /// <summary>The file with a token of the role service, read at every question: projected tokens are exchanged under way.</summary>
    [Required]
    public string TokenFile { get; set; } = "";
}

/// <summary>A service did not answer, or not sensibly: the message waits.</summary>
public sealed class EdgeUnavailableException(string edge, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public string Edge => edge;
}

/// <summary>Where a customer is written to, or why not: Intake's answer.</summary>
internal sealed record EdgeContact(string? Channel, string? Address, string? Language, string? Refusal);

/// <summary>A link for a customer, or why there is none any more.</summary>
internal sealed record EdgeLink(string? Url, string? Refusal);

/// <summary>What an agent must know of a ticket that they were given, in the words of the contracts; or why nobody is to be told any more.</summary>
internal sealed record EdgeBriefing(
    string? Customer,
    string Segment,
    string Category,
    string Subcategory,
    int? ComplaintLevel,
    string Urgency,
    string Emotion,
    IReadOnlyList<EdgeDeadline> Deadlines
)
{
    /// <summary>The places of its message.</summary>
    public void Fill(Dictionary<string, string> values, MessageTemplates templates, string language, TimeZoneInfo zone)
    {
        values["hint"] = Emotion;
        values["customer"] = Customer ?? "unnamed";
        values["segment"] = Segment;
        values["category"] = Category;
        values["subcategory"] = Subcategory;
        values["level"] = ComplaintLevel is { } level ? $"level_{level}" : "";
        values["urgency"] = Urgency;
        var due = Deadlines.Select(deadline => deadline.Said(templates, language, zone)).ToList();
        values["deadlines"] = due.Count == 0 ? "no_deadline" : string.Join('\n', due);
    }
}

/// <param name="DueAt">Null while it is paused.</param>
internal sealed record EdgeDeadline(string Clock, DateTimeOffset? DueAt)
{
    public string Said(MessageTemplates templates, string language, TimeZoneInfo zone) =>
        templates
            .Render(
                "deadline",
                language,
                new Dictionary<string, string>
                {
                    ["clock"] = Clock,
                    ["dueAt"] = DueAt is { } due ? Outgoing.Moment(due) : "paused",
                },
                zone
            )
            .Text;
}

/// <summary>The four questions that Notifications asks other services, at the moment of sending and from its worker only.</summary>
internal sealed class Edges(IHttpClientFactory clients, IOptions<EdgeOptions> options)
{
    public const string Client = "edges";

    private sealed record ContactQuestion(Guid Customer, string? Channel, string Purpose);

    private sealed record LinkBody(string Url);

    private sealed record ProblemBody(string? Code);

    /// <summary>The addresses of those deliveries that go to customers, by delivery; Intake looks at do-not-contact once more.</summary>
    public async Task<IReadOnlyDictionary<Guid, EdgeContact>> Contacts(
        IReadOnlyList<DeliveryRow> deliveries,
        CancellationToken ct
    )
    {
        var asked = deliveries.Where(delivery => delivery is { CustomerId: not null, Purpose: not null }).ToList();
        if (asked.Count == 0)
            return new Dictionary<Guid, EdgeContact>();
        var questions = asked.Select(d => new ContactQuestion(d.CustomerId!.Value, d.Channel, d.Purpose!));
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(options.Value.Intake!, "/internal/contacts")
        );
        request.Content = JsonContent.Create(questions);
        var (answers, _) = await Ask<EdgeContact[]>("intake", request, ct);
        return answers?.Length == asked.Count
            ? asked.Zip(answers).ToDictionary(pair => pair.First.Id, pair => pair.Second)
            : throw new EdgeUnavailableException("intake", "it did not answer every question");
    }

    public Task<EdgeLink> StatusLink(string number, CancellationToken ct) =>
        Link("ticketing", options.Value.Ticketing!, $"/internal/tickets/{number}/status-link", ct);

    public Task<EdgeLink> SurveyLink(Guid invitation, CancellationToken ct) =>
        Link("survey", options.Value.Survey!, $"/internal/invitations/{invitation}/link", ct);

    public Task<(EdgeBriefing? Briefing, string? Refusal)> Briefing(string number, string agent, CancellationToken ct)
    {
        var path = $"/internal/tickets/{number}/briefing?assignee={Uri.EscapeDataString(agent)}";
        return Ask<EdgeBriefing>("ticketing", new Uri(options.Value.Ticketing!, path), ct);
    }

    private async Task<EdgeLink> Link(string edge, Uri service, string path, CancellationToken ct)
    {
        var (body, refusal) = await Ask<LinkBody>(edge, new Uri(service, path), ct);
        return new(body?.Url, refusal);
    }

    private async Task<(T? Body, string? Refusal)> Ask<T>(string edge, Uri uri, CancellationToken ct)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        return await Ask<T>(edge, request, ct);
    }

    private async Task<(T? Body, string? Refusal)> Ask<T>(string edge, HttpRequestMessage request, CancellationToken ct)
        where T : class
    {
        try
        {
            var token = await File.ReadAllTextAsync(options.Value.TokenFile, ct);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
            using var answer = await clients.CreateClient(Client).SendAsync(request, ct);
            if (answer.IsSuccessStatusCode)
                return (await answer.Content.ReadFromJsonAsync<T>(ct), null);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.Gone)
                return (null, (await answer.Content.ReadFromJsonAsync<ProblemBody>(ct))?.Code ?? "gone");
            throw new EdgeUnavailableException(edge, $"it answered {(int)answer.StatusCode}");
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is not EdgeUnavailableException)
        {
            throw new EdgeUnavailableException(edge, e.GetType().Name, e);
        }
    }
}
