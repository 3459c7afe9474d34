using System.Net;
using System.Text.Json;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Story;

/// <summary>Nobody answers in time: warnings, the breach and the ladder of escalation, on a policy that counts in seconds.</summary>
internal sealed class BreachScene(Cast cast)
{
    private const string PolicyId = "demo-seconds";
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(4);

    /// <summary>Early in the story, so that Intake has its copy when the scene is played.</summary>
    public async Task PublishDemoPolicy()
    {
        cast.Tell.Scene("An administrator publishes a policy that counts in seconds, for a rare kind of request only");
        var path = $"/v1/sla/policies/{PolicyId}";
        await cast.Tell.Step(
            "PUT with If-Match when an earlier start has left it, else a new one",
            async () =>
            {
                var before = await cast.Api.Find("admin", path);
                return await cast.Api.Send("admin", HttpMethod.Put, path, Policy(), before?.ETag);
            },
            answer =>
                $"{(answer.Status == HttpStatusCode.Created ? "created" : "changed")}, version {answer.Body.GetProperty("version")}"
        );
    }

    /// <returns>The number of the request.</returns>
    public async Task<string> Play()
    {
        cast.Tell.Scene("Nobody answers a VIP on a social network in time: warning, breach, escalation");
        var accepted = await Caught();
        var number = accepted.Number;
        await cast.Ticket(number);
        await Sees(number, "half of the time passes, then most of it: two warnings", "sla_warning_reached", 2);
        await Sees(number, "the time is over: the breach", "sla_breached", 1);
        await Sees(number, "the lead is told at once, the manager a little later", "escalated", 2);
        Tell.Look("the whole story of this ticket", cast.Api.Address($"/v1/tickets/{number}/timeline"));
        Tell.Look("its clocks", cast.Api.Address($"/v1/tickets/{number}/sla"));
        await cast.Handle(
            "zhao.min, the manager, calls at last",
            "manager",
            number,
            "contacts",
            new
            {
                channel = "phone",
                outcome = "reached",
                note = "Apologised",
            }
        );
        await cast.Handle(
            "and resolves it",
            "manager",
            number,
            "resolutions",
            new { solution = "Idea taken up with the product department", firstContactResolution = true }
        );
        await cast.Handle(
            "the customer is content, says the manager on her behalf",
            "manager",
            number,
            "confirmations",
            new { solved = true, note = "On the phone" }
        );
        return number;
    }

    private static object Policy() =>
        new
        {
            id = PolicyId,
            order = -1000,
            // So narrow that nothing but this scene falls under it.
            match = new
            {
                type = "suggestion",
                channel = "social",
                segment = "vip",
                urgency = "critical",
            },
            calendar = "always",
            targets = new
            {
                first_contact = new { critical = $"PT{Target.TotalSeconds}S" },
                resolution = new { critical = "PT8H" },
            },
            warnAt = (double[])[0.5, 0.8],
            escalation = (object[])[new { at = 1.0, to = "lead" }, new { after = "PT2S", to = "manager" }],
        };

    /// <summary>Intake learns of a policy by an event; a request that came before it has the ordinary promise, and the scene asks again.</summary>
    private Task<Cast.Accepted> Caught() =>
        cast.Tell.Step(
            "Noah has an idea that he calls critical",
            () =>
                cast.Api.Until(
                    "A promise of the demo policy",
                    async () =>
                    {
                        var accepted = await Post($"demo-{cast.Run}-idea-{_attempt++}");
                        return accepted.DueAt("first_contact") <= accepted.ReceivedAt + Target ? accepted : null;
                    }
                ),
            accepted => $"accepted as {accepted.Number}; promised: {accepted.Promises()}"
        );

    private int _attempt = 1;

    private async Task<Cast.Accepted> Post(string externalId) =>
        new(
            await cast.Api.Post(
                "integration",
                "/v1/requests",
                new
                {
                    source = "shop",
                    externalId,
                    channel = "social",
                    type = "suggestion",
                    urgency = "critical",
                    language = "en",
                    customer = new
                    {
                        externalId = "demo-noah",
                        name = "Noah Miller",
                        phone = "13700004321",
                        segment = "vip",
                    },
                    subject = "A case with a lanyard",
                    description = new { what = "The case needs a lanyard." },
                    product = "earphones",
                }
            ),
            externalId
        );

    private Task<string[]> Sees(string number, string what, string kind, int times) =>
        cast.Tell.Step(
            what,
            () =>
                cast.Api.Until(
                    $"{times} x {kind} in the timeline",
                    async () =>
                    {
                        var timeline = await cast.Api.Get("manager", $"/v1/tickets/{number}/timeline?limit=200");
                        var seen = timeline
                            .GetProperty("items")
                            .EnumerateArray()
                            .Where(entry => OfFirstContact(entry, kind))
                            .ToArray();
                        if (seen.Length > times)
                            throw new LocalRunException($"{kind} happened {seen.Length} times.");

                        return seen.Length == times ? seen.Select(Line).ToArray() : null;
                    }
                ),
            lines => string.Join("\n       ", lines)
        );

    private static bool OfFirstContact(JsonElement entry, string kind) =>
        Cast.Text(entry, "kind") == kind && Cast.Text(entry.GetProperty("details"), "clock") == "first_contact";

    private static string Line(JsonElement entry)
    {
        var (at, details) = (entry.GetProperty("at").GetDateTimeOffset(), entry.GetProperty("details"));
        var what = Cast.Text(entry, "kind") switch
        {
            "sla_warning_reached" => $"warning at {details.GetProperty("share").GetDouble():P0} of the time",
            "sla_breached" => $"breached ({Cast.Text(details, "cause")})",
            _ =>
                $"escalated to the {Cast.Text(details, "to")} ({Cast.Text(details, "recipient")}), step {Cast.Text(details, "step")}",
        };
        return $"{at:HH:mm:ss.fff}Z  {what}";
    }
}
