using System.Text.Json;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Story;

/// <summary>What every scene needs: the API, the teller, and the moves that all scenes share.</summary>
internal sealed record Cast(StoryApi Api, Tell Tell, Uri Gateway, string Run, CancellationToken Stop)
{
    /// <summary>A request comes in at a shop's system; it is answered with its number, the promises and the customer's own page.</summary>
    public Task<Accepted> Request(string what, string externalId, object request) =>
        Tell.Step(
            what,
            async () => new Accepted(await Api.Post("integration", "/v1/requests", request), externalId),
            accepted => $"accepted as {accepted.Number}; promised: {accepted.Promises()}"
        );

    /// <summary>The ticket behind the request, as soon as it can be read.</summary>
    public async Task<JsonElement> Ticket(string number)
    {
        var ticket = await Tell.Step(
            "the ticket is open",
            () => Api.Until($"Ticket {number}", () => Api.Find("manager", $"/v1/tickets/{number}")),
            found => Describe(found.Body)
        );
        Local.Story.Tell.Look("with the token of manager", Api.Address($"/v1/tickets/{number}"));
        return ticket.Body;
    }

    /// <summary>A command of the person who handles the ticket.</summary>
    public Task<JsonElement> Handle(string what, string role, string number, string command, object body) =>
        Tell.Step(
            what,
            async () =>
            {
                await Api.Post(role, $"/v1/tickets/{number}/{command}", body);
                return await Api.Get(role, $"/v1/tickets/{number}");
            },
            Describe
        );

    /// <summary>The customer had the last word.</summary>
    public async Task Closed(string number, string role, int episode)
    {
        var ticket = await Tell.Step(
            "the ticket is closed",
            () =>
                Api.Until(
                    $"Closing of {number}",
                    async () =>
                        await Api.Find(role, $"/v1/tickets/{number}") is { } t && Text(t.Body, "status") == "closed"
                            ? t
                            : null
                ),
            found => Describe(found.Body)
        );
        if (
            Text(ticket.Body, "confirmation") != "confirmed"
            || ticket.Body.GetProperty("episode").GetInt32() != episode
        )
            throw new LocalRunException($"Confirmed in episode {episode} was expected: {Describe(ticket.Body)}");

        Local.Story.Tell.Look("what happened, entry by entry", Api.Address($"/v1/tickets/{number}/timeline"));
    }

    /// <summary>The ticket in one line.</summary>
    public static string Describe(JsonElement ticket)
    {
        var assignee = ticket.GetProperty("assignee").GetString() ?? "nobody yet";
        var confirmation = ticket.GetProperty("confirmation").GetString() is { } said ? $", {said}" : "";
        return $"{Text(ticket, "status")}{confirmation} - {Text(ticket, "category")}, {Text(ticket, "urgency")}, team {Text(ticket, "team")} ({assignee}), episode {ticket.GetProperty("episode")}";
    }

    public static string Text(JsonElement json, string member) => json.GetProperty(member).GetString() ?? "-";

    /// <summary>The answer to a request.</summary>
    internal sealed record Accepted(JsonElement Body, string ExternalId)
    {
        public string Number => Text(Body, "number");

        public string StatusUrl => Text(Body, "statusUrl");

        public DateTimeOffset ReceivedAt => Body.GetProperty("receivedAt").GetDateTimeOffset();

        public DateTimeOffset? DueAt(string clock) =>
            Body.GetProperty("promises")
                .EnumerateArray()
                .Where(promise => Text(promise, "clock") == clock)
                .Select(promise => (DateTimeOffset?)promise.GetProperty("dueAt").GetDateTimeOffset())
                .FirstOrDefault();

        public string Promises() =>
            string.Join(
                ", ",
                Body.GetProperty("promises")
                    .EnumerateArray()
                    .Select(p =>
                        $"{Text(p, "clock")} by {p.GetProperty("dueAt").GetDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z"
                    )
            );
    }
}
