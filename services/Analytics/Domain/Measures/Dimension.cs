namespace CustomerFeedback.Analytics.Domain.Measures;

/// <summary>What numbers can be split and narrowed by.</summary>
/// <param name="Id">The word in a query.</param>
/// <param name="Column">Where the facts keep it.</param>
/// <param name="OfAnswersOnly">True for what only invitations and responses have.</param>
/// <param name="HasRollup">True where sums are kept ready.</param>
internal sealed record Dimension(
    string Id,
    string Column,
    Title Title,
    bool OfAnswersOnly = false,
    bool HasRollup = true
)
{
    public static IReadOnlyList<Dimension> All { get; } =
    [
        new("channel", "channel", new("渠道", "Channel")),
        new("category", "category", new("问题类别", "Category")),
        new("urgency", "urgency", new("紧急程度", "Urgency")),
        new("region", "region", new("区域", "Region")),
        new("store", "store", new("门店", "Store")),
        new("team", "team", new("处理团队", "Team")),
        new("agent", "agent", new("处理人员", "Agent")),
        new("questionnaire", "questionnaire", new("问卷", "Questionnaire"), OfAnswersOnly: true),
        new("segment", "segment", new("客户分层", "Segment")),
        new("product", "product", new("产品", "Product")),
        new("type", "type", new("请求类型", "Request type")),
        new(ComplaintLevel, "complaint_level", new("投诉等级", "Complaint level"), HasRollup: false),
    ];

    /// <summary>The one whose values are numbers.</summary>
    public const string ComplaintLevel = "complaintLevel";

    public bool IsNumber => Id == ComplaintLevel;

    public static Dimension? Find(string? id) => All.FirstOrDefault(dimension => dimension.Id == id);
}
