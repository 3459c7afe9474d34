using CustomerFeedback.Architecture.Tests.Rules;

namespace CustomerFeedback.Architecture.Tests;

public class SizeTests(ITestOutputHelper output)
{
    private static readonly string[] Assemblies =
    [
        .. House.Services,
        .. House.PlatformLibraries,
        "Gateway",
        "Contracts",
    ];

    private static IReadOnlyList<Sized> Files { get; } =
    [.. House.Files.Where(SizeRule.IsWritten).Select(path => new Sized(path, House.LinesOf(path), HeadOf(path)))];

    private static IEnumerable<Sized> Product =>
        Files.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal));

    [Fact]
    public void A_file_stays_within_the_limit_or_says_why_not()
    {
        output.WriteLine(
            $"product files: {Product.Count()}, median {SizeRule.Percentile(Product, 0.5)}, "
                + $"p90 {SizeRule.Percentile(Product, 0.9)} lines; the ten longest:"
        );
        Print(Product);
        SizeRule.TooLong(Files).ShouldBeEmpty();
    }

    [Fact]
    public void A_Program_is_a_table_of_contents() => SizeRule.TooLongPrograms(Product.Where(IsHost)).ShouldBeEmpty();

    [Fact]
    public void A_method_stays_within_the_limit()
    {
        var tooLong = new List<string>();
        var methods = new List<Sized>();
        foreach (var name in Assemblies)
        {
            using var assembly = House.Assembly(name);
            methods.AddRange(SizeRule.Methods(assembly));
            tooLong.AddRange(SizeRule.TooLongMethods(assembly));
        }
        output.WriteLine(
            $"methods: median {SizeRule.Percentile(methods, 0.5)}, p90 {SizeRule.Percentile(methods, 0.9)} lines; the ten longest:"
        );
        Print(methods);
        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void A_platform_library_stays_within_its_budget()
    {
        var libraries = House.PlatformLibraries.Select(name => (Library: name, Lines: LinesOfLibrary(name))).ToList();
        foreach (var (library, lines) in libraries)
            output.WriteLine($"{library}: {lines} lines of {SizeRule.Budgets[library]}");
        SizeRule.OverBudget(libraries).ShouldBeEmpty();
    }

    [Fact]
    public void Seen_red_a_file_too_long_without_a_reason_is_reported() =>
        SizeRule
            .TooLong([
                new("services/A.cs", SizeRule.FileLimit),
                new("services/B.cs", SizeRule.FileLimit + 1),
                new("services/C.cs", SizeRule.FileLimit + 1, "// Long because it is one table.\nnamespace C;"),
                new("services/D.cs", SizeRule.FileLimit + 1, "// Long\nnamespace D;"),
            ])
            .ShouldBe(["services/B.cs has 301 lines", "services/D.cs has 301 lines"]);

    [Fact]
    public void Seen_red_a_long_Program_is_reported() =>
        SizeRule
            .TooLongPrograms([
                new("gateway/Program.cs", 41),
                new("services/Intake/Program.cs", 40),
                new("gateway/A.cs", 41),
            ])
            .ShouldBe(["gateway/Program.cs has 41 lines"]);

    [Fact]
    public void Seen_red_a_long_method_is_reported()
    {
        using var assembly = House.Assembly("Architecture.Tests");
        SizeRule
            .TooLongMethods(assembly)
            .ShouldBe(["CustomerFeedback.Architecture.Tests.Planted.LongMethod.Sum has 84 lines"]);
    }

    [Fact]
    public void Seen_red_a_library_over_its_budget_and_one_without_a_budget_are_reported() =>
        SizeRule
            .OverBudget([("WorkingTime", 551), ("Everything", 1)])
            .ShouldBe(["WorkingTime has 551 lines of 550", "Everything has 1 lines of 0"]);

    [Theory]
    [InlineData(0.5, 20)]
    [InlineData(0.9, 40)]
    [InlineData(1.0, 40)]
    [InlineData(0.25, 10)]
    public void A_percentile_is_a_size_that_occurs(double share, int size) =>
        SizeRule.Percentile([new("a", 30), new("b", 10), new("c", 40), new("d", 20)], share).ShouldBe(size);

    private static bool IsHost(Sized file) =>
        file.Path.StartsWith("services/", StringComparison.Ordinal)
        || file.Path.StartsWith("gateway/", StringComparison.Ordinal);

    private static int LinesOfLibrary(string name) =>
        Files
            .Where(file => file.Path.StartsWith($"services/Platform/{name}/", StringComparison.Ordinal))
            .Sum(file => file.Lines);

    private static string HeadOf(string path) =>
        string.Join('\n', File.ReadLines(Path.Combine(House.Root, path)).Take(5));

    private void Print(IEnumerable<Sized> sizes)
    {
        foreach (var size in sizes.OrderByDescending(size => size.Lines).Take(10))
            output.WriteLine($"{size.Lines, 5} {size.Path}");
    }
}
