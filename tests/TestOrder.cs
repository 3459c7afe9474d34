using CustomerFeedback.TestOrder;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCaseOrderer(typeof(Shuffled))]

namespace CustomerFeedback.TestOrder;

/// <summary>
/// The tests of a class in an order that <c>TEST_ORDER</c>, any number, decides; without it in the runner's own, which changes with the folder
/// that the sources lie in. No test may need another one of its class, and this finds those that do.
/// </summary>
file sealed class Shuffled : ITestCaseOrderer
{
    private static readonly string? Seed = Environment.GetEnvironmentVariable("TEST_ORDER");

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase
    {
        if (Seed is null)
            return DefaultTestCaseOrderer.Instance.OrderTestCases(testCases);
        var order = testCases.OrderBy(one => one.UniqueID, StringComparer.Ordinal).ToArray();
        new Random(int.Parse(Seed, System.Globalization.CultureInfo.InvariantCulture)).Shuffle(order);
        return order;
    }
}
