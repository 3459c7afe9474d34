using Bogus;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;

namespace CustomerFeedback.Ticketing.Tests;

/// <summary>Requests as Intake announces them; what a test does not care about is made up, always the same.</summary>
internal static class Requests
{
    private static readonly Faker Fake = new("zh_CN") { Random = new Randomizer(20260302) };
    private static int _count;

    public static RequestReceived Of(
        DateTimeOffset receivedAt,
        Category category = Category.GeneralInquiry,
        Urgency urgency = Urgency.Normal,
        int? level = null,
        Subcategory subcategory = Subcategory.Other,
        string subject = "订单漏发",
        string what = "订单 A-1001 少发一件",
        string recordedBy = "shop",
        string language = "zh-CN",
        Segment segment = Segment.Regular,
        Emotion emotion = Emotion.Calm
    )
    {
        lock (Fake)
        {
            var n = ++_count;
            return new(
                Guid.CreateVersion7(),
                $"R26-{Environment.ProcessId % 1000:000}{n:0000}",
                1,
                "shop",
                $"A-{n}",
                recordedBy,
                Channel.App,
                category is Category.Complaint ? RequestType.Complaint : RequestType.Inquiry,
                urgency,
                language,
                new(
                    Guid.CreateVersion7(),
                    $"C-{n}",
                    CustomerType.Individual,
                    segment,
                    IsNew: false,
                    $"{Fake.Name.LastName()}*",
                    "138****1234",
                    language,
                    Channel.Phone,
                    new(Phone: true, Email: false, Wechat: false, App: true)
                ),
                subject,
                new(what, "昨天", null, "今天补发"),
                "earphones",
                null,
                "A-1001",
                ServiceStage.AfterSale,
                "east",
                "SH-01",
                new Dictionary<string, string>(),
                new(category, subcategory, level, emotion, "default", 1, 0.5),
                new("default", 1, "always", 1),
                [],
                receivedAt,
                receivedAt
            );
        }
    }
}
