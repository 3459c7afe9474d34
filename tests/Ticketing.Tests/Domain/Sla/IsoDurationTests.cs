using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Tests.Domain.Sla;

public sealed class IsoDurationTests
{
    [Theory]
    [InlineData("PT1H", "PT1H")]
    [InlineData("PT15M", "PT15M")]
    [InlineData("PT2S", "PT2S")]
    [InlineData("PT0.5S", "PT0.5S")]
    [InlineData("P3D", "PT72H")]
    [InlineData("P1W", "PT168H")]
    [InlineData("P1DT12H30M", "PT36H30M")]
    [InlineData("PT90M", "PT1H30M")]
    [InlineData("PT3600S", "PT1H")]
    [InlineData("PT1000H", "PT1000H")]
    [InlineData("PT0S", "PT0S")]
    public void Any_form_in_hours_minutes_and_seconds_out(string text, string written)
    {
        IsoDuration.TryRead(text, out var duration).ShouldBeTrue();
        IsoDuration.Write(duration).ShouldBe(written);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("1H")]
    [InlineData("PT1")]
    [InlineData("PT1H ")]
    [InlineData("PT1H\n")]
    [InlineData("P1Y")]
    [InlineData("P1M")]
    [InlineData("-PT1H")]
    [InlineData("PT-1H")]
    [InlineData("PT1M1H")]
    [InlineData("pt1h")]
    [InlineData("PT999999999999H")]
    public void What_is_none_is_refused(string? text) => IsoDuration.TryRead(text, out _).ShouldBeFalse();

    [Fact]
    public void A_negative_one_is_only_written() => IsoDuration.Write(TimeSpan.FromSeconds(-90)).ShouldBe("-PT1M30S");
}
