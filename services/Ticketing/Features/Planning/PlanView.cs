using System.Text.Json;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Data;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Ticketing.Features.Planning;

/// <summary>The plan that holds, as the API shows it.</summary>
/// <param name="Agreed">What the customer said to it; null as long as nothing is recorded.</param>
internal sealed record PlanView(
    Guid Id,
    string Ticket,
    int Episode,
    string? Text,
    string GivenBy,
    DateTimeOffset GivenAt,
    bool? Agreed,
    string? AgreementBy,
    DateTimeOffset? AgreementAt,
    IReadOnlyList<PlanView.Step> Steps
)
{
    /// <param name="Number">1, 2, 3 ...</param>
    /// <param name="Overridden">Started before the customer had agreed.</param>
    internal sealed record Step(
        int Number,
        string? Text,
        StepState State,
        string? StartedBy,
        DateTimeOffset? StartedAt,
        bool Overridden,
        string? DoneBy,
        DateTimeOffset? DoneAt
    );

    /// <summary>What was told, as it is kept: the text and the texts of the steps.</summary>
    internal sealed record Told(string Text, IReadOnlyList<string> Steps)
    {
        /// <summary>For the customer, and for the search: the steps below the text, numbered.</summary>
        public Wording ToWords() =>
            new(
                string.Join('\n', Steps.Select((step, i) => $"{i + 1}. {step}").Prepend(Text)),
                JsonSerializer.Serialize(this, MessagingJson.Options)
            );

        public static Told? Read(string? parts) =>
            parts is null ? null : JsonSerializer.Deserialize<Told>(parts, MessagingJson.Options);
    }

    public static async Task<PlanView> Of(Plan plan, string number, TicketingDbContext db, CancellationToken ct)
    {
        var parts = await db
            .Notes.Where(note => note.Id == plan.Id)
            .Select(note => note.Parts)
            .SingleOrDefaultAsync(ct);
        var told = Told.Read(parts);
        var steps = await db.PlanSteps.Where(step => step.PlanId == plan.Id).OrderBy(s => s.Position).ToListAsync(ct);
        return new(
            plan.Id,
            number,
            plan.Episode,
            told?.Text,
            plan.GivenBy,
            plan.GivenAt,
            plan.Agreed,
            plan.AgreementBy,
            plan.AgreementAt,
            [
                .. steps.Select(step => new Step(
                    step.Position,
                    told?.Steps[step.Position - 1],
                    step.State,
                    step.StartedBy,
                    step.StartedAt,
                    step.Overridden,
                    step.DoneBy,
                    step.DoneAt
                )),
            ]
        );
    }
}
