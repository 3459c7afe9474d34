using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Tests.Domain.Statistics;

public sealed class AnonymityTests
{
    [Fact]
    public void Four_answers_are_hidden_and_five_are_not()
    {
        Hidden(("a", 4)).ShouldBe([0]);
        Hidden(("a", 5)).ShouldBeEmpty();
        Hidden(("a", 0)).ShouldBeEmpty();
    }

    [Fact]
    public void A_cell_that_is_hidden_alone_takes_the_next_smallest_with_it()
    {
        // 100 - 60 - 37 would tell the 3.
        Hidden(("a", 60), ("b", 3), ("c", 37)).ShouldBe([1, 2], ignoreOrder: true);
        // Two hidden cells keep each other's secret.
        Hidden(("a", 60), ("b", 3), ("c", 2)).ShouldBe([1, 2], ignoreOrder: true);
        // An empty cell hides nothing: the next smallest that holds something goes.
        Hidden(("a", 60), ("b", 3), ("c", 0)).ShouldBe([0, 1], ignoreOrder: true);
    }

    [Fact]
    public void Margins_are_kept_in_every_direction()
    {
        IReadOnlyList<(IReadOnlyList<string?>, long)> cells =
        [
            (["app", "2026-11"], 3),
            (["app", "2026-12"], 20),
            (["phone", "2026-11"], 30),
            (["phone", "2026-12"], 40),
        ];
        // A single hidden cell of a row, or of a column, could be told by subtraction: here all four go.
        Anonymity.Hidden(cells, 5).ShouldBe([0, 1, 2, 3], ignoreOrder: true);
    }

    [Fact]
    public void A_missing_value_is_a_place_of_its_own() =>
        Anonymity.Hidden([([null, "x"], 3), (["", "x"], 9), ([null, "y"], 8), (["", "y"], 9)], 5).Count.ShouldBe(4);

    private static IReadOnlySet<int> Hidden(params (string? At, long N)[] cells) =>
        Anonymity.Hidden([.. cells.Select(cell => ((IReadOnlyList<string?>)[cell.At], cell.N))], 5);
}
