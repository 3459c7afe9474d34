using System.Globalization;
using System.Text.Json;

namespace CustomerFeedback.Local.Story;

/// <summary>What the company learns: a low score has come back as a request, the scores with their intervals, one loop as a whole.</summary>
internal static class NumbersScene
{
    private static readonly string[] Scores = ["csat", "nps", "csi", "mean.attitude", "response_rate"];
    private static readonly string[] Measures = [.. Scores, "responses", "sla.first_contact.attainment"];

    public static async Task Play(Cast cast, string unhappy)
    {
        cast.Tell.Scene("The low score comes back as a request of its own, and the numbers are there");
        var loop = await cast.Tell.Step(
            "the bad answer has opened a recovery ticket",
            () => cast.Api.Until($"The recovery of {unhappy}", () => Recovered(cast, unhappy)),
            found => Recovery(found.Loop)
        );
        var answer = await cast.Tell.Step(
            "the analyst asks for the scores of all time",
            () => cast.Api.Until("Seven responses in the numbers", () => Numbers(cast)),
            found => $"as of {found.Body.GetProperty("asOf").GetString()}"
        );
        var row = answer.Body.GetProperty("rows")[0];
        foreach (var measure in Measures)
            Tell.Line($"{measure, -30}{Figure(row.GetProperty(measure))}");

        cast.Tell.Scene("The loop of one request, as a whole");
        foreach (var line in Story(loop.Loop))
            Tell.Line(line);
        Tell.Look("the same as JSON, with the token of analyst", cast.Api.Address($"/v1/loops/{unhappy}"));
        Tell.Look("the dashboard (sign in with .local/tokens/analyst.jwt)", cast.Api.Address("/dashboard"));
    }

    private sealed record Told(JsonElement Loop);

    private static async Task<Told?> Recovered(Cast cast, string number)
    {
        var loop = await cast.Api.Find("analyst", $"/v1/loops/{number}");
        return
            loop?.Body.GetProperty("recovery") is { ValueKind: JsonValueKind.Object } recovery
            && recovery.GetProperty("number").ValueKind == JsonValueKind.String
            ? new(loop.Body)
            : null;
    }

    private static string Recovery(JsonElement loop)
    {
        var recovery = loop.GetProperty("recovery");
        var reasons = string.Join(
            ", ",
            recovery.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString())
        );
        return $"{Cast.Text(recovery, "number")} for the department {Cast.Text(recovery, "department")}, because of {reasons}";
    }

    private static async Task<StoryApi.Answer?> Numbers(Cast cast)
    {
        var answer = await cast.Api.Send(
            "analyst",
            HttpMethod.Post,
            "/v1/analytics/query",
            new
            {
                measures = Measures,
                dimensions = Array.Empty<string>(),
                zone = "Asia/Shanghai",
            }
        );
        var rows = answer.Body.GetProperty("rows");
        return
            rows.GetArrayLength() == 1
            && rows[0].GetProperty("responses").GetProperty("value") is { ValueKind: JsonValueKind.Number } n
            && n.GetDouble() >= 7
            ? answer
            : null;
    }

    private static string Figure(JsonElement figure)
    {
        string Of(string member) =>
            figure.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number
                ? value.GetDouble().ToString("0.##", CultureInfo.InvariantCulture)
                : "-";

        return $"{Of("value"), 8}   95 % between {Of("low")} and {Of("high")}, n = {Of("n")}";
    }

    private static IEnumerable<string> Story(JsonElement loop)
    {
        var request = loop.GetProperty("request");
        yield return $"received     {Cast.Text(request, "receivedAt")} by {Cast.Text(request, "channel")}";
        foreach (var clock in loop.GetProperty("clocks").EnumerateArray())
            yield return $"clock        {Cast.Text(clock, "clock")}: {Cast.Text(clock, "state")}";
        foreach (var contact in loop.GetProperty("contacts").EnumerateArray())
            yield return $"contact      {Cast.Text(contact, "channel")}, {Cast.Text(contact, "outcome")}";
        yield return $"ticket       {Cast.Text(loop.GetProperty("ticket"), "status")}";
        foreach (var invitation in loop.GetProperty("invitations").EnumerateArray())
            yield return $"survey       {Cast.Text(invitation, "state")}";
        yield return $"score        overall {loop.GetProperty("response").GetProperty("overall")}, would recommend {loop.GetProperty("response").GetProperty("nps")}";
        yield return $"recovery     {Recovery(loop)}";
    }
}
