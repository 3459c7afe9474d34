using CustomerFeedback.Intake.Domain;
using NodaTime;

namespace CustomerFeedback.Intake.Tests.Domain;

public class RequestNumberTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    [Theory]
    [InlineData("2026-11-21T01:00:00Z", 123, "R26-0000123")]
    [InlineData("2026-12-31T15:59:59Z", 1, "R26-0000001")]
    [InlineData("2026-12-31T16:00:00Z", 1, "R27-0000001")]
    [InlineData("2026-06-01T00:00:00Z", 12345678, "R26-12345678")]
    [InlineData("2105-06-01T00:00:00Z", 7, "R05-0000007")]
    public void The_year_is_that_of_the_intake_zone(string at, long sequence, string number) =>
        RequestNumber
            .Format(sequence, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Shanghai)
            .ShouldBe(number);

    [Theory]
    [InlineData("R26-0000123", true)]
    [InlineData("R26-12345678", true)]
    [InlineData("R26-123456", false)]
    [InlineData("r26-0000123", false)]
    [InlineData("R26-0000123-2", true)]
    [InlineData("R26-0000123-2-12", true)]
    [InlineData("R26-0000123-", false)]
    [InlineData("R26-0000123-x", false)]
    [InlineData("R26-0000123\n", false)]
    [InlineData("R26-000012' OR 1=1", false)]
    [InlineData("", false)]
    public void What_cannot_be_a_number_is_not_looked_up(string text, bool wellFormed) =>
        RequestNumber.IsWellFormed(text).ShouldBe(wellFormed);
}
