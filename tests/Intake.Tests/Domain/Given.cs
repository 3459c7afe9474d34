using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Tests.Domain;

/// <summary>Requests for domain tests, with only what matters said.</summary>
internal static class Given
{
    public static IncomingRequest Request(
        string subject = "你好",
        RequestType type = RequestType.Inquiry,
        Urgency urgency = Urgency.Normal,
        Channel channel = Channel.App,
        string? what = null,
        string? product = null,
        ServiceStage? stage = null,
        Dictionary<string, string>? attributes = null
    ) =>
        new(
            "shop",
            null,
            channel,
            type,
            urgency,
            null,
            null,
            new("C-1", null, null, null, null, null),
            subject,
            new(what, null, null, null),
            product,
            null,
            null,
            stage,
            null,
            null,
            attributes ?? []
        );

    public static Classification Classified(Category category = Category.GeneralInquiry, int? level = null) =>
        new(category, Subcategory.Other, level, Emotion.Calm, null, "rule", 1, 1, new(null, null, null, null, null));
}
