using System.Text.Json;

namespace CustomerFeedback.Local.Story;

/// <summary>After the confirmation: each customer is asked how it was. Most are content, one is not, and that comes back as a new request.</summary>
internal sealed class AnswersScene(Cast cast)
{
    /// <summary>One more customer, whose request was settled quickly, and the scores given later.</summary>
    private sealed record Guest(string Name, string Language, string Channel, string Subject, int[] Scores, int Nps);

    private static readonly Guest[] Guests =
    [
        new("李娜", "zh-CN", "wechat", "发票抬头怎么修改", [5, 5, 5, 4, 5], 10),
        new("王芳华", "zh-CN", "phone", "保修期是多久", [4, 5, 5, 5, 5], 9),
        new("Liam Brown", "en", "email", "Is there a case for it?", [5, 4, 5, 5, 4], 9),
        new("刘洋", "zh-CN", "mini_program", "耳机能否换颜色", [5, 5, 4, 5, 5], 10),
    ];

    private static readonly string[] Ratings = ["attitude", "efficiency", "expertise", "clarity", "overall"];

    /// <summary>Plays the surveys of these tickets and of a few more customers.</summary>
    public async Task Play(string question, string complaint, string idea)
    {
        cast.Tell.Scene("Every customer who confirmed is asked how it was; a few more customers come and go meanwhile");
        var guests = new List<(Guest Guest, string Number)>();
        foreach (var guest in Guests)
            guests.Add((guest, await Settle(guest, guests.Count)));

        await ByForm("Emma fills in the page, as any browser would", "en", question, Emma);
        await ByForm("张伟 fills in the page in Chinese", "zh-CN", complaint, ZhangWei);
        foreach (var (guest, number) in guests)
            await ByProgram(
                $"{guest.Name} answers in the app, which sends it on",
                guest.Language,
                number,
                Given(guest)
            );

        await ByProgram("Noah, in the app too, is not content at all", "en", idea, Noah);
    }

    private static readonly (string, string)[] Emma = Filled(
        [5, 5, 5, 5, 5],
        nps: 10,
        solved: "yes",
        "Quick and kind."
    );
    private static readonly (string, string)[] ZhangWei = Filled(
        [4, 4, 4, 4, 4],
        nps: 8,
        solved: "yes",
        "最后解决得不错。"
    );
    private static readonly Dictionary<string, object> Noah = new(StringComparer.Ordinal)
    {
        ["attitude"] = 2,
        ["efficiency"] = 1,
        ["overall"] = 1,
        ["nps"] = 2,
        ["solved"] = false,
        ["comment"] = "Nobody called me for ages.",
    };

    /// <summary>A question of an ordinary customer, from coming in to the customer's yes.</summary>
    private async Task<string> Settle(Guest guest, int place)
    {
        var externalId = $"demo-{cast.Run}-guest-{place}";
        var accepted = await cast.Request(
            $"{guest.Name} asks by {guest.Channel}: {guest.Subject}",
            externalId,
            new
            {
                source = "shop",
                externalId,
                channel = guest.Channel,
                type = "inquiry",
                urgency = "normal",
                language = guest.Language,
                customer = new
                {
                    externalId = $"demo-guest-{place}",
                    name = guest.Name,
                    phone = $"1370000{place:0000}",
                    segment = "regular",
                },
                subject = guest.Subject,
                description = new { what = guest.Subject },
                product = "earphones",
                region = "east",
                store = "SH-01",
            }
        );
        var path = $"/v1/tickets/{accepted.Number}";
        await cast.Api.Until($"Ticket {accepted.Number}", () => cast.Api.Find("manager", path));
        await cast.Api.Post(
            "manager",
            $"{path}/contacts",
            new
            {
                channel = "phone",
                outcome = "reached",
                note = "",
            }
        );
        var resolution = new { solution = "Answered", firstContactResolution = true };
        await cast.Api.Post("manager", $"{path}/resolutions", resolution);
        await cast.Handle(
            "answered and confirmed",
            "manager",
            accepted.Number,
            "confirmations",
            new { solved = true, note = "" }
        );
        return accepted.Number;
    }

    /// <summary>The link that the customer was sent: the shop's system may read it too.</summary>
    private Task<string> Link(string number) =>
        cast.Api.Until<string>(
            $"The invitation of {number}",
            async () =>
                (await cast.Api.Get("integration", $"/v1/invitations?ticket={number}"))
                    .GetProperty("items")
                    .EnumerateArray()
                    .Select(Url)
                    .FirstOrDefault(url => url is not null)
        );

    private static string? Url(JsonElement invitation) => invitation.GetProperty("url").GetString();

    private async Task ByForm(string what, string language, string number, (string Name, string Value)[] answers)
    {
        var link = await Link(number);
        using var browser = new Browser(cast.Gateway, language, cast.Stop);
        await cast.Tell.Step(what, () => browser.Submit(link, link, answers), Browser.Headline);
        Tell.Look($"the answer page of {number}", cast.Api.Address(link));
    }

    private async Task ByProgram(string what, string language, string number, Dictionary<string, object> answers)
    {
        var link = await Link(number);
        await cast.Tell.Step(
            what,
            () =>
                cast.Api.Post(
                    "integration",
                    $"/v1/survey-links/{link["/s/".Length..]}/response",
                    new
                    {
                        answers,
                        language,
                        durationSeconds = 45,
                    }
                ),
            _ => string.Join(", ", answers.Select(answer => $"{answer.Key} {answer.Value}"))
        );
    }

    private static Dictionary<string, object> Given(Guest guest) =>
        Ratings
            .Zip(guest.Scores, (id, score) => (id, Value: (object)score))
            .Append(("nps", guest.Nps))
            .Append(("solved", true))
            .ToDictionary(answer => answer.Item1, answer => answer.Item2, StringComparer.Ordinal);

    private static (string, string)[] Filled(int[] ratings, int nps, string solved, string comment) =>
        [
            .. Ratings.Zip(ratings, (id, score) => ($"a.{id}", $"{score}")),
            ("a.nps", $"{nps}"),
            ("a.solved", solved),
            ("a.comment", comment),
            ("action", "send"),
        ];
}
