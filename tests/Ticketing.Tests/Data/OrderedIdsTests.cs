using CustomerFeedback.Ticketing.Data;

namespace CustomerFeedback.Ticketing.Tests.Data;

public sealed class OrderedIdsTests
{
    [Fact]
    public void Ids_of_one_instant_ascend_and_are_version_seven()
    {
        var at = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var ids = Enumerable.Range(0, 10_000).Select(_ => OrderedIds.Next(at)).ToList();

        ids.ShouldBe(ids.Order());
        ids.Distinct().Count().ShouldBe(ids.Count);
        ids.ShouldAllBe(id => id.Version == 7);
    }
}
