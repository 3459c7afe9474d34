using static CustomerFeedback.Ticketing.Domain.Sla.ScenarioSpec;

namespace CustomerFeedback.Ticketing.Domain.Sla;

/// <summary>How far the ticket of a scenario has come: what no ticket can do, no example of one does. Who has it is not asked.</summary>
internal sealed class ScenarioStory
{
    private enum Stage
    {
        Open,
        Waiting,
        Resolved,
        Confirmed,
        Cancelled,
        Unknown,
    }

    private Stage stage;

    private bool IsOver => stage is Stage.Resolved or Stage.Confirmed;

    /// <summary>Nobody knows how the ticket stands from here on: nothing more is refused.</summary>
    public void Lose() => stage = Stage.Unknown;

    /// <summary>The next step; the member and the sentence that say why it cannot be, null where it can.</summary>
    public (string Member, string Message)? Take(StepSpec step)
    {
        if (stage is Stage.Unknown)
            return null;
        if (stage is Stage.Cancelled)
            return ("", "The ticket was cancelled: nothing happens to it any more.");
        var (problem, next) = step switch
        {
            { Pause: not null } when stage is not Stage.Open => (
                ("/pause", "Only a ticket that is worked on, and does not wait already, is paused."),
                stage
            ),
            { Pause: not null } => (null, Stage.Waiting),
            { Resume: true } when stage is not Stage.Waiting => (("/resume", "The ticket does not wait."), stage),
            { Resume: true } => (null, Stage.Open),
            { Resolve: true } when IsOver => (("/resolve", "The ticket is resolved already."), stage),
            { Resolve: true } => (null, Stage.Resolved),
            { Confirm: not null } when stage is not Stage.Resolved => (
                ("/confirm", "Only what is resolved, and not confirmed yet, is confirmed."),
                stage
            ),
            { Confirm: not null } => (null, Stage.Confirmed),
            { Reopen: true } when !IsOver => (("/reopen", "Only what is resolved is reopened."), stage),
            { Reopen: true } => (null, Stage.Open),
            { Response: not null } when IsOver => (("/response", "The ticket is resolved already."), stage),
            { Cancel: not null } when stage is Stage.Confirmed => (
                ("/cancel", "What the customer confirmed is not cancelled."),
                stage
            ),
            { Cancel: not null } => (null, Stage.Cancelled),
            _ => (((string, string)?)null, stage),
        };
        stage = next;
        return problem;
    }
}
