using CustomerFeedback.Notifications.Domain;

namespace CustomerFeedback.Notifications.Tests.Domain;

public class MessageTemplatesTests
{
    private static readonly MessageTemplates Delivered = NotificationsHost.ReadTemplates();
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void Every_message_is_there_in_both_languages_with_the_same_places()
    {
        Delivered.Messages.Count.ShouldBe(9);
        foreach (var (template, texts) in Delivered.Messages)
        {
            texts.Keys.ShouldBe(["zh-CN", "en"], ignoreOrder: true, template);
            MessageTemplates
                .Places(texts["en"])
                .ShouldBe(MessageTemplates.Places(texts["zh-CN"]), ignoreOrder: true, template);
        }
        Delivered.Names.Values.ShouldAllBe(names => names.Count == 2);
    }

    [Theory]
    [InlineData("en", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("zh-TW", "zh-CN")]
    [InlineData("fr", "zh-CN")]
    [InlineData(null, "zh-CN")]
    public void A_language_that_nothing_is_written_in_falls_back(string? asked, string used) =>
        Delivered.Language("request-accepted", asked).ShouldBe(used);

    [Fact]
    public void Instants_are_told_in_the_zone_and_words_by_their_names()
    {
        var values = new Dictionary<string, string>
        {
            ["number"] = "R26-0000001",
            ["clock"] = "first_contact",
            ["breachedAt"] = new DateTimeOffset(2026, 11, 21, 17, 30, 0, TimeSpan.Zero).ToString("O"),
        };
        Delivered
            .Render("sla-breached", "zh-CN", values, Shanghai)
            .Text.ShouldBe("工单 R26-0000001 的「首次联系」已于 2026-11-22 01:30 (UTC+8) 超时，请立即处理。");
        Delivered
            .Render("sla-breached", "en", values, TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"))
            .Text.ShouldContain("2026-11-21 23:00 (UTC+5:30)");
    }

    [Fact]
    public void A_place_that_nothing_fills_is_a_mistake() =>
        Should.Throw<InvalidOperationException>(() =>
            Delivered.Render("please-confirm", "en", new Dictionary<string, string>(), Shanghai)
        );
}
