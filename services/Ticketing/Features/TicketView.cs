using System.Text.Json;
using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Features;

/// <summary>A ticket as the API shows it. The customer is masked for everybody: the full name lives in Intake only.</summary>
internal sealed record TicketView(
    string Number,
    TicketStatus Status,
    RequestType Type,
    Channel Channel,
    Category Category,
    Subcategory Subcategory,
    int? ComplaintLevel,
    Urgency Urgency,
    bool Complex,
    string Team,
    string? Assignee,
    string? AccountableOwner,
    int Episode,
    TicketView.MaskedCustomer Customer,
    Emotion Emotion,
    string? Hint,
    string? Subject,
    JsonElement? Description,
    string Language,
    string? Product,
    string? ProductVersion,
    string? OrderRef,
    ServiceStage? ServiceStage,
    string? Region,
    string? Store,
    DateTimeOffset ReceivedAt,
    DateTimeOffset OpenedAt,
    DateTimeOffset? FirstContactAt,
    DateTimeOffset? ResolvedAt,
    DateTimeOffset? ClosedAt,
    Confirmation? Confirmation,
    bool CaseSummaryMissing,
    TicketView.CurrentPause? Pause,
    TicketView.Classification ClassifiedBy,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Watchers,
    string StatusUrl,
    int Version
)
{
    internal sealed record MaskedCustomer(
        Guid Id,
        string? ExternalId,
        string? Name,
        string? Phone,
        Segment Segment,
        Channel? PreferredChannel
    );

    internal sealed record CurrentPause(PauseReason Reason, DateTimeOffset? Until);

    internal sealed record Classification(string RuleId, int RulesVersion, double Confidence, string? OverriddenBy);

    public static TicketView Of(Ticket t, Note? words, IEnumerable<Mark> marks, string statusUrl) =>
        new(
            t.Number,
            t.Status,
            t.Origin.Type,
            t.Origin.Channel,
            t.Category,
            t.Subcategory,
            t.ComplaintLevel,
            t.Urgency,
            t.Complex,
            t.Team,
            t.Assignee,
            t.AccountableOwner,
            t.Episode,
            new(
                t.CustomerId,
                t.Origin.CustomerExternalId,
                t.Origin.MaskedName,
                t.Origin.MaskedPhone,
                t.Origin.Segment,
                t.Origin.PreferredChannel
            ),
            t.Emotion,
            HintFor(t),
            words?.Text.Split('\n', 2)[0],
            words?.Parts is { } parts ? JsonElement.Parse(parts) : null,
            t.Origin.Language,
            t.Origin.Product,
            t.Origin.ProductVersion,
            t.Origin.OrderRef,
            t.Origin.ServiceStage,
            t.Origin.Region,
            t.Origin.Store,
            t.Origin.ReceivedAt,
            t.OpenedAt,
            t.FirstContactAt,
            t.ResolvedAt,
            t.ClosedAt,
            t.Confirmation,
            t.SummaryMissing,
            t.PauseReason is { } reason ? new(reason, t.ResumeAt) : null,
            new(
                t.ClassifiedBy.RuleId,
                t.ClassifiedBy.RulesVersion,
                t.ClassifiedBy.Confidence,
                t.ClassifiedBy.OverriddenBy
            ),
            ValuesOf(MarkKind.Tag, marks),
            ValuesOf(MarkKind.Watcher, marks),
            statusUrl,
            t.RowVersion
        );

    private static string[] ValuesOf(MarkKind kind, IEnumerable<Mark> marks) =>
        [.. marks.Where(mark => mark.Kind == kind).Select(mark => mark.Value).Order(StringComparer.Ordinal)];

    // Whoever picks up an upset customer's ticket reads this first.
    private static string? HintFor(Ticket ticket) =>
        ticket.Emotion is not Emotion.Upset ? null
        : ticket.Origin.Language.StartsWith("zh", StringComparison.OrdinalIgnoreCase)
            ? "客户情绪激动：先致歉并倾听，复述要点，再谈处理方案。"
        : "The customer is upset: apologise and listen first, repeat what you heard, then talk about what will be done.";
}
