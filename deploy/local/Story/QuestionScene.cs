namespace CustomerFeedback.Local.Story;

/// <summary>An ordinary question in English: asked, answered, confirmed by the customer on the status page.</summary>
internal static class QuestionScene
{
    /// <returns>The number of the request.</returns>
    public static async Task<string> Play(Cast cast)
    {
        cast.Tell.Scene("A question in English (Emma Clark, web chat): answered at once, confirmed on the status page");
        var externalId = $"demo-{cast.Run}-question";
        var accepted = await cast.Request(
            "Emma asks how to pair her earphones",
            externalId,
            new
            {
                source = "shop",
                externalId,
                channel = "web_chat",
                type = "inquiry",
                urgency = "normal",
                language = "en",
                customer = new
                {
                    externalId = "demo-emma",
                    name = "Emma Clark",
                    phone = "13900005678",
                    segment = "regular",
                },
                subject = "How do I pair the earphones with two phones?",
                description = new
                {
                    what = "The manual does not say how to pair them with a second phone.",
                    expectation = "A short explanation",
                },
                product = "earphones",
                serviceStage = "after_sale",
            }
        );
        Tell.Look("Emma's own page, no login", cast.Api.Address(accepted.StatusUrl));
        await cast.Ticket(accepted.Number);
        await cast.Handle(
            "li.wei writes to her in the chat",
            "agent",
            accepted.Number,
            "contacts",
            new
            {
                channel = "web_chat",
                outcome = "reached",
                note = "Asked which phones she has",
            }
        );
        await cast.Handle(
            "li.wei explains the pairing mode",
            "agent",
            accepted.Number,
            "responses",
            new
            {
                kind = "answer",
                text = "Hold both buttons for five seconds, then choose the earphones on the second phone.",
            }
        );
        await cast.Handle(
            "li.wei resolves the ticket",
            "agent",
            accepted.Number,
            "resolutions",
            new { solution = "Pairing mode explained", firstContactResolution = true }
        );

        using var browser = new Browser(cast.Gateway, "en", cast.Stop);
        await cast.Tell.Step(
            "Emma opens her page and confirms with its form: solved",
            () =>
                browser.Submit(accepted.StatusUrl, "/confirmation", ("solved", "true"), ("note", "Works, thank you!")),
            Browser.Headline
        );
        await cast.Closed(accepted.Number, "agent", episode: 1);
        return accepted.Number;
    }
}
