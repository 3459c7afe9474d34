using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;

namespace CustomerFeedback.Notifications.Tests;

/// <summary>Events as the other services announce them.</summary>
internal static class Announced
{
    private static int count;

    public static readonly DateTimeOffset Then = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    public static string NewNumber() => $"R26-{Interlocked.Increment(ref count):0000000}";

    public static RequestReceived Request(string language = "zh-CN", params Promise[] promises) =>
        new(
            Guid.CreateVersion7(),
            NewNumber(),
            1,
            "shop",
            "A-1",
            "shop",
            Channel.App,
            RequestType.Complaint,
            Urgency.Urgent,
            language,
            new(
                Guid.CreateVersion7(),
                "C-77",
                CustomerType.Individual,
                Segment.Vip,
                IsNew: false,
                "张*",
                "138****1234",
                language,
                null,
                new(Phone: true, Email: false, Wechat: false, App: false)
            ),
            "订单漏发",
            new("订单 A-1001 少发一件", null, null, null),
            null,
            null,
            null,
            null,
            null,
            null,
            new Dictionary<string, string>(),
            new(Category.Complaint, Subcategory.Logistics, 3, Emotion.Calm, "default", 1, 0.5),
            new("default", 1, "always", 1),
            promises,
            Then,
            Then
        );

    public static Promise FirstContact => new(SlaClockName.FirstContact, Then.AddMinutes(15));

    public static TicketResolved Resolved(int episode = 1) =>
        new(
            Guid.CreateVersion7(),
            NewNumber(),
            7,
            Guid.CreateVersion7(),
            episode,
            FirstContactResolution: true,
            "li.wei",
            "front-line",
            Then
        );

    public static ConfirmationReminderDue Unconfirmed() =>
        new(Guid.CreateVersion7(), NewNumber(), 8, Guid.CreateVersion7(), 1, Then.AddHours(72), Then.AddHours(24));

    public static SurveyInvited Invited(string language = "zh-CN") =>
        new(
            Guid.CreateVersion7(),
            1,
            "ticket-satisfaction",
            1,
            Guid.CreateVersion7(),
            NewNumber(),
            1,
            Channel.App,
            language,
            null,
            Then.AddDays(14),
            Then
        );

    public static SlaClockFacts Clock(string? assignee = "li.wei") =>
        new(
            Guid.CreateVersion7(),
            SlaClockName.FirstContact,
            1,
            "default",
            1,
            "always",
            1,
            TimeSpan.FromMinutes(15),
            TimeSpan.FromMinutes(15),
            null,
            Breached: true,
            [],
            "front-line",
            assignee
        );

    public static SlaBreached Breached(string? assignee = "li.wei") =>
        new(Guid.CreateVersion7(), NewNumber(), 8, Clock(assignee), BreachCause.Elapsed, Then, Then);

    public static TicketAssigned Assigned(string? assignee = "li.wei", string kind = "automatic") =>
        new(Guid.CreateVersion7(), NewNumber(), 3, "front-line", assignee, assignee, kind, "longest idle of 3", Then);

    public static TicketEscalated Escalated(string? recipient = "wang.fang") =>
        new(
            Guid.CreateVersion7(),
            NewNumber(),
            9,
            Clock(),
            "after:PT30M",
            EscalationTarget.Lead,
            recipient,
            Then,
            Then
        );
}
