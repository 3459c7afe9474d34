using System.Globalization;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Story;

/// <summary>The feedback loop, played once through the public API: requests come in, tickets are worked on, customers have the last word and say how it was, and numbers come of it.</summary>
internal static class TheLoop
{
    public static async Task Play(Uri gateway, IReadOnlyDictionary<string, string> tokens, CancellationToken ct)
    {
        // Another start on the same data plays the same story with requests of its own.
        var run = TimeProvider.System.GetUtcNow().ToString("yyMMdd-HHmmss", CultureInfo.InvariantCulture);
        using var api = new StoryApi(gateway, tokens, ct);
        var cast = new Cast(api, new Tell(), gateway, run, ct);
        try
        {
            var policy = new BreachScene(cast);
            await policy.PublishDemoPolicy();
            var question = await QuestionScene.Play(cast);
            var complaint = await ComplaintScene.Play(cast);
            var idea = await policy.Play();
            await new AnswersScene(cast).Play(question, complaint, idea);
            await NumbersScene.Play(cast, unhappy: idea);
        }
        catch (Exception e)
            when (e is LocalRunException or HttpRequestException or KeyNotFoundException or InvalidOperationException)
        {
            throw cast.Tell.Broken(e);
        }
    }
}
