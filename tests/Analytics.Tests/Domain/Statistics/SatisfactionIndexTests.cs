using CustomerFeedback.Analytics.Domain.Statistics;

namespace CustomerFeedback.Analytics.Tests.Domain.Statistics;

public sealed class SatisfactionIndexTests
{
    [Fact]
    public void The_acsi_form_with_published_weights_and_with_equal_ones()
    {
        SatisfactionIndex.Acsi((8, 0.3885), (7, 0.3190), (7, 0.2925)).ShouldBe(70.983, 0.0005);
        SatisfactionIndex.Acsi((8, 1 / 3.0), (7, 1 / 3.0), (7, 1 / 3.0)).ShouldBe(70.370, 0.0005);
    }

    [Fact]
    public void A_response_is_weighed_over_what_it_answered()
    {
        SatisfactionIndex.OfResponse([(5, 5, 1), (3, 5, 1)]).ShouldBe(75);
        SatisfactionIndex.OfResponse([(5, 5, 3), (3, 5, 1)]).ShouldBe(87.5);
        SatisfactionIndex.OfResponse([(5, 5, 1), (10, 10, 1)]).ShouldBe(100);
        SatisfactionIndex.OfResponse([(1, 5, 1)]).ShouldBe(0);
        SatisfactionIndex.OfResponse([]).ShouldBeNull();
    }
}
