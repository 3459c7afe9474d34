namespace CustomerFeedback.Ticketing.Domain;

/// <summary>Help from other departments.</summary>
internal sealed partial class Ticket
{
    /// <summary>The form is sent: its clock runs until it is answered.</summary>
    public Decision Ask(Collaboration form, Wording need, DateTimeOffset at) =>
        Decide(Command.Collaborate, at, new Happening.CollaborationAsked(form, need));

    /// <summary>Each form is answered once.</summary>
    public Decision Answer(Collaboration form, Wording answer, string by, DateTimeOffset at)
    {
        if (form.AnsweredAt is { } before)
            return Refusal.AlreadyAnswered(before);
        var decision = Decide(Command.AnswerCollaboration, at, new Happening.CollaborationAnswered(form, answer));
        if (decision.Refusal is null)
            form.Answered(by, at);
        return decision;
    }
}
