using CustomerFeedback.Analytics.Data.Facts;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CustomerFeedback.Analytics.Data;

/// <summary>The tables that are made of events, as they are written.</summary>
internal sealed record ProjectionTables(
    FactWrites Tickets,
    FactWrites Clocks,
    FactWrites Responses,
    FactWrites Scores,
    FactWrites Invitations,
    FactWrites Rollups
)
{
    public static ProjectionTables Of(IModel model) =>
        model.GetOrAddRuntimeAnnotationValue(
            "Analytics:ProjectionTables",
            static m => new ProjectionTables(
                Table<TicketFact>(m!),
                Table<ClockFact>(m!),
                Table<ResponseFact>(m!),
                Table<ResponseScore>(m!),
                Table<InvitationFact>(m!),
                Table<RollupRow>(m!)
            ),
            model
        );

    private static FactWrites Table<T>(IModel model) => new(model.FindEntityType(typeof(T))!);
}
