using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Story;

/// <summary>Prints the story as it happens, and names the step at which it breaks.</summary>
internal sealed class Tell
{
    private int _scene;
    private string _step = "the beginning";

    public void Scene(string title)
    {
        _step = title;
        Console.WriteLine($"\n{++_scene}. {title}");
    }

    /// <summary>A step and what came of it.</summary>
    public async Task<T> Step<T>(string what, Func<Task<T>> act, Func<T, string> outcome)
    {
        _step = what;
        var result = await act();
        Console.WriteLine($"   - {what}\n       {outcome(result)}");
        return result;
    }

    /// <summary>A fact worth a look of one's own.</summary>
    public static void Look(string what, Uri where) => Console.WriteLine($"       look: {where}  ({what})");

    public static void Line(string text) => Console.WriteLine($"       {text}");

    public LocalRunException Broken(Exception because) =>
        new($"The story broke in scene {_scene} at the step \"{_step}\": {because.Message}", because);
}
