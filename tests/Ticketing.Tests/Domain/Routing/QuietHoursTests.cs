using CustomerFeedback.Ticketing.Domain.Routing;
using static CustomerFeedback.Ticketing.Tests.Domain.Sla.Play;

namespace CustomerFeedback.Ticketing.Tests.Domain.Routing;

/// <summary>When somebody is not to be told what can wait, on their own wall clock.</summary>
public sealed class QuietHoursTests
{
    [Theory]
    [InlineData("22:00", "07:00", "2026-03-02 13:59", null)]
    [InlineData("22:00", "07:00", "2026-03-02 14:00", "2026-03-02 23:00")]
    [InlineData("22:00", "07:00", "2026-03-02 20:00", "2026-03-02 23:00")]
    [InlineData("22:00", "07:00", "2026-03-02 23:00", null)]
    [InlineData("12:00", "13:30", "2026-03-02 04:10", "2026-03-02 05:30")]
    [InlineData("12:00", "13:30", "2026-03-02 05:30", null)]
    public void They_end_on_the_wall_clock_of_Shanghai(string from, string to, string at, string? end) =>
        new QuietHours("Asia/Shanghai", from, to).EndOf(T(at)).ShouldBe(end is null ? null : T(end));

    [Fact]
    public void Where_the_clocks_skip_their_end_they_end_right_after_the_gap() =>
        new QuietHours("Europe/Berlin", "22:00", "02:30").EndOf(T("2026-03-29 00:30")).ShouldBe(T("2026-03-29 01:30"));

    [Theory]
    [InlineData("Asia/Shanghai", "22:00", "07:00", true)]
    [InlineData("Mars/Olympus", "22:00", "07:00", false)]
    [InlineData("Asia/Shanghai", "22", "07:00", false)]
    [InlineData("Asia/Shanghai", "22:00", null, false)]
    [InlineData(null, "22:00", "07:00", false)]
    [InlineData("Asia/Shanghai", "22:00", "22:00", false)]
    public void They_have_a_zone_and_two_different_times(string? zone, string? from, string? to, bool well) =>
        new QuietHours(zone!, from!, to!).IsWellFormed.ShouldBe(well);
}
