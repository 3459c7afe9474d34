using Mono.Cecil;

namespace CustomerFeedback.Architecture.Tests.Rules;

/// <summary>A file and how long it is; what its first lines say may excuse its length.</summary>
internal sealed record Sized(string Path, int Lines, string Head = "");

/// <summary>Sizes as a smell detector: files, programs, methods, libraries.</summary>
internal static class SizeRule
{
    public const int FileLimit = 300;
    public const int ProgramLimit = 40;
    public const int MethodLimit = 80;

    /// <summary>The words that excuse a longer file when they stand, with a reason, in its first lines.</summary>
    public const string Excuse = "// Long because ";

    /// <summary>Lines of each library; raised only by a decision record (0016, 0017, 0019, 0020, 0023, 0024, 0027 and 0028 did).</summary>
    public static IReadOnlyDictionary<string, int> Budgets { get; } =
        new Dictionary<string, int>
        {
            ["ApiDocs"] = 700,
            ["Masking"] = 500,
            ["Messaging"] = 3800,
            ["ServiceDefaults"] = 2100,
            ["Settings"] = 700,
            ["Telemetry"] = 700,
            ["WorkingTime"] = 550,
        };

    /// <summary>Longer methods, each with its reason.</summary>
    private static readonly Dictionary<string, string> Excused = new(StringComparer.Ordinal)
    {
        ["CustomerFeedback.Ticketing.Features.AnnounceClocks.Changed"] = "a table: one arm for each event of a clock",
    };

    /// <summary>C# that people write: not what a tool generated into the tree.</summary>
    public static bool IsWritten(string path) =>
        path.EndsWith(".cs", StringComparison.Ordinal) && !path.Contains("/Migrations/", StringComparison.Ordinal);

    public static IEnumerable<string> TooLong(IEnumerable<Sized> files) =>
        from file in files
        where file.Lines > FileLimit && !file.Head.Contains(Excuse, StringComparison.Ordinal)
        select $"{file.Path} has {file.Lines} lines";

    public static IEnumerable<string> TooLongPrograms(IEnumerable<Sized> files) =>
        from file in files
        where Path.GetFileName(file.Path) == "Program.cs" && file.Lines > ProgramLimit
        select $"{file.Path} has {file.Lines} lines";

    public static IEnumerable<string> OverBudget(IEnumerable<(string Library, int Lines)> libraries) =>
        from library in libraries
        where library.Lines > Budgets.GetValueOrDefault(library.Library)
        select $"{library.Library} has {library.Lines} lines of {Budgets.GetValueOrDefault(library.Library)}";

    public static IEnumerable<string> TooLongMethods(ModuleDefinition module) =>
        from method in Methods(module)
        where method.Lines > MethodLimit && !Excused.ContainsKey(method.Path)
        select $"{method.Path} has {method.Lines} lines";

    /// <summary>Methods with their lines from the first to the last statement; what an async method became counts as itself.</summary>
    public static IEnumerable<Sized> Methods(ModuleDefinition module) =>
        from type in module.GetTypes()
        from method in type.Methods
        where !method.IsConstructor && method.DebugInformation.HasSequencePoints
        let points = method.DebugInformation.SequencePoints.Where(point => !point.IsHidden).ToList()
        where points.Count > 0 && IsWritten(points[0].Document.Url.Replace('\\', '/'))
        where !points[0].Document.Url.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal)
        let lines = points.Max(point => point.EndLine) - points.Min(point => point.StartLine) + 1
        select new Sized($"{type.FullName}.{method.Name}", lines);

    /// <summary>The size that the given share of files does not exceed.</summary>
    public static int Percentile(IEnumerable<Sized> files, double share)
    {
        int[] sorted = [.. files.Select(file => file.Lines).Order()];
        return sorted.Length == 0 ? 0 : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
