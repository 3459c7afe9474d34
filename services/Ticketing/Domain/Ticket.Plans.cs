namespace CustomerFeedback.Ticketing.Domain;

/// <summary>What was planned with the customer, and how far it is.</summary>
internal sealed partial class Ticket
{
    /// <summary>What the customer says to the plan; they may think better of it, and saying the same again is no news.</summary>
    public Decision Agree(Plan plan, bool agreed, Wording? words, string by, DateTimeOffset at)
    {
        if (plan.Agreed == agreed)
            return Decision.NothingNew;
        var decision = Decide(Command.AgreeOnPlan, at, new Happening.PlanAnswered(agreed, words));
        if (decision.Refusal is null)
            plan.Answered(agreed, by, at);
        return decision;
    }

    /// <summary>A step is begun, or done: begun only when the customer has agreed, or for a reason.</summary>
    public Decision Take(Plan plan, PlanStep step, StepState to, Wording? reason, string by, DateTimeOffset at)
    {
        if (step.State == to)
            return Decision.NothingNew;
        if (step.State > to)
            return Refusal.StepTaken(step.Position, step.State);
        var begins = step.State is StepState.Open;
        var overrides = begins && plan.Agreed is not true;
        if (overrides && reason is null)
            return Refusal.NotAgreed;
        var decision = Decide(Command.TakeStep, at, new Happening.StepTaken(step.Position, to, overrides, reason));
        if (decision.Refusal is not null)
            return decision;
        if (begins)
            step.Start(overrides, by, at);
        if (to is StepState.Done)
            step.Finish(by, at);
        return decision;
    }
}
