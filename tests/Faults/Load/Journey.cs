using System.Text.Json.Nodes;

namespace CustomerFeedback.Faults.Load;

/// <summary>
/// One ticket from the first contact to the customer's answer, through the public API. Some customers reject the first solution, and some
/// are not content in the end; which ones is a matter of their turn.
/// </summary>
internal sealed class Journey(Sender sender, Ledger ledger, int turn)
{
    private const string Agent = "manager";
    private const string Shop = "integration";
    private const int NotThere = 404;
    private const int NotAssigned = 409;

    private bool IsRejectedFirst => turn % 5 == 0;

    private bool IsBad => turn % 6 == 1;

    public static object Request(string externalId, int place) =>
        new
        {
            source = "faults",
            externalId,
            channel = "app",
            type = "inquiry",
            urgency = "normal",
            language = place % 2 == 0 ? "zh-CN" : "en",
            customer = new
            {
                externalId = $"F-{externalId}",
                name = "李娜",
                phone = $"137{place:00000000}",
                segment = "regular",
            },
            subject = "保修期是多久",
            description = new { what = "请问耳机的保修期是多久" },
            product = "earphones",
            region = "east",
        };

    public async Task Play(string number)
    {
        var episode = 1;
        if (!await Resolve(number, episode))
            return;
        if (IsRejectedFirst && !(await Confirm(number, episode, solved: false) && await Resolve(number, ++episode)))
            return;
        if (await Confirm(number, episode, solved: true))
            await Answer(number, episode);
    }

    private async Task<bool> Resolve(string number, int episode) =>
        await Do(
            number,
            episode,
            "contacts",
            "contact",
            new
            {
                channel = "phone",
                outcome = "reached",
                note = "",
            }
        )
        && await Do(
            number,
            episode,
            "resolutions",
            "resolved",
            new { solution = "一年", firstContactResolution = true }
        );

    private Task<bool> Confirm(string number, int episode, bool solved) =>
        Do(number, episode, "confirmations", solved ? "confirmed" : "rejected", new { solved, note = "" });

    private async Task<bool> Do(string number, int episode, string command, string kind, object body)
    {
        // Until the ticket is opened and somebody has it, a contact is too early; what follows a contact never is.
        int[] early = kind == "contact" ? [NotThere, NotAssigned] : [];
        var path = $"/v1/tickets/{number}/{command}";
        if (await sender.Post(Agent, path, body, $"{number}-{episode}-{kind}", early) is null)
            return false;
        ledger.Said.Add(new(number, episode, kind));
        return true;
    }

    private async Task Answer(string number, int episode)
    {
        var invitations = await sender.Get(Shop, $"/v1/invitations?ticket={number}", list => Link(list) is not null);
        if (invitations is null)
            return;
        var path = $"/v1/survey-links/{Link(invitations)!["/s/".Length..]}/response";
        var (overall, nps) = IsBad ? (1, 0) : (3 + (turn % 3), 7 + (turn % 4));
        var answers = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["attitude"] = 3 + ((turn + 1) % 3),
            ["efficiency"] = 3 + ((turn + 2) % 3),
            ["expertise"] = 4,
            ["clarity"] = 5,
            ["overall"] = overall,
            ["nps"] = nps,
            ["solved"] = !IsBad,
        };
        var body = new { answers, durationSeconds = 60 };
        if (await sender.Post(Shop, path, body, $"{number}-{episode}-answer") is { } accepted)
            ledger.Answers.Add(new(number, episode, accepted["id"]!.GetValue<Guid>(), overall, nps, IsBad));
    }

    private static string? Link(JsonNode invitations) =>
        invitations["items"]!
            .AsArray()
            .Select(one => one!["url"]?.GetValue<string>())
            .FirstOrDefault(url => url is not null);
}
