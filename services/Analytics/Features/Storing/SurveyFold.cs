using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.Analytics.Domain.Statistics;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using static CustomerFeedback.Analytics.Features.Storing.Slicing;

namespace CustomerFeedback.Analytics.Features.Storing;

/// <summary>The invitations and responses of a thread.</summary>
/// <param name="ticket">What is known of the ticket, for events that say nothing of it.</param>
internal sealed class SurveyFold(string thread, TicketFact? ticket)
{
    private readonly Dictionary<Guid, InvitationFact> _invitations = [];
    private readonly Dictionary<Guid, ResponseFact> _responses = [];
    private readonly List<ResponseScore> _scores = [];

    public IReadOnlyCollection<InvitationFact> Invitations => _invitations.Values;
    public IReadOnlyCollection<ResponseFact> Responses => _responses.Values;
    public IReadOnlyCollection<ResponseScore> Scores => _scores;

    public void Apply(Told told)
    {
        switch (told.Message)
        {
            case SurveyInvited e:
                Note(e.InvitationId, i => Invited(i, e));
                break;
            case SurveyInvitationSuppressed e:
                Note(
                    e.InvitationId,
                    i =>
                        Of(i, e.QuestionnaireId, e.CustomerId, e.Number, e.Episode) with
                        {
                            State = Later(i.State, "suppressed"),
                            Reason = e.Reason,
                            InvitedAt = i.InvitedAt ?? e.OccurredAt,
                        }
                );
                break;
            case SurveyInvitationCancelled e:
                Note(
                    e.InvitationId,
                    i =>
                        Of(i, e.QuestionnaireId, e.CustomerId, e.Number, e.Episode) with
                        {
                            State = Later(i.State, "cancelled"),
                            Reason = e.Reason,
                            InvitedAt = i.InvitedAt ?? e.OccurredAt,
                        }
                );
                break;
            case SurveyOpened e:
                Note(e.InvitationId, i => i with { State = Later(i.State, "opened"), OpenedAt = e.OccurredAt });
                break;
            case SurveyStarted e:
                Note(e.InvitationId, i => i with { State = Later(i.State, "started"), StartedAt = e.OccurredAt });
                break;
            case SurveyCompleted e:
                if (e.InvitationId is { } invitation)
                    Note(
                        invitation,
                        i =>
                            Of(i, e.QuestionnaireId, e.CustomerId, e.Number, e.Episode) with
                            {
                                State = "completed",
                                CompletedAt = e.OccurredAt,
                            }
                    );
                Answered(e);
                break;
        }
    }

    // Of what an invitation can be, the one that comes later in its life; the events may come in any order.
    private static readonly string[] Life = ["sent", "suppressed", "opened", "started", "cancelled", "completed"];

    private static string Later(string state, string other) =>
        Array.IndexOf(Life, other) > Array.IndexOf(Life, state) ? other : state;

    private void Note(Guid id, Func<InvitationFact, InvitationFact> change) =>
        _invitations[id] = change(
            _invitations.GetValueOrDefault(id)
                ?? new InvitationFact
                {
                    InvitationId = id,
                    Thread = thread,
                    State = "sent",
                }.Like(ticket)
        );

    private static InvitationFact Of(
        InvitationFact invitation,
        string questionnaire,
        Guid? customer,
        string? number,
        int? episode
    ) =>
        invitation with
        {
            Questionnaire = questionnaire,
            CustomerId = customer ?? invitation.CustomerId,
            Number = number,
            Episode = episode,
        };

    private static InvitationFact Invited(InvitationFact invitation, SurveyInvited e) =>
        Of(invitation, e.QuestionnaireId, e.CustomerId, e.Number, e.Episode).By(e.Facts) with
        {
            State = Later(invitation.State, "sent"),
            SentBy = Word(e.Channel),
            InvitedAt = e.OccurredAt,
            ExpiresAt = e.ExpiresAt,
        };

    private void Answered(SurveyCompleted e)
    {
        if (_responses.ContainsKey(e.ResponseId))
            return; // announced twice, under two message ids
        var scores = Scored(e).ToList();
        var overall = scores.Find(score => score.Dimension == "overall");
        _scores.AddRange(scores);
        _responses[e.ResponseId] = new ResponseFact
        {
            ResponseId = e.ResponseId,
            SubmittedAt = e.OccurredAt,
            Thread = thread,
            InvitationId = e.InvitationId,
            Questionnaire = e.QuestionnaireId,
            QuestionnaireVersion = e.QuestionnaireVersion,
            Number = e.Number,
            Episode = e.Episode,
            CustomerId = e.CustomerId,
            Mode = Word(e.Mode) ?? "unknown",
            Language = e.Language,
            DurationSeconds = e.DurationSeconds,
            Flags = [.. e.Flags],
            Pilot = e.Pilot,
            Complete = true,
            Counted = !e.Pilot && !e.Flags.Contains("duplicate"),
            Overall = overall?.Score,
            OverallScale = overall?.Scale,
            Nps = (int?)Value(e, QuestionType.Nps),
            Ces = (int?)Value(e, QuestionType.Ces),
            Solved = Value(e, QuestionType.YesNo, "solved") is { } solved ? solved > 0 : null,
            Csi = SatisfactionIndex.OfResponse(scores.Where(s => s.Scale > 1).Select(s => (s.Score, s.Scale, 1.0))),
        }.By(e.Facts);
        if (e.Store is not null)
            _responses[e.ResponseId] = _responses[e.ResponseId] with { Store = e.Store };
    }

    private static IEnumerable<ResponseScore> Scored(SurveyCompleted e) =>
        from answer in e.Answers
        where answer is { Type: QuestionType.Rating or QuestionType.Matrix, NotApplicable: false, Value: not null }
        where answer is { Dimension: not null, Scale: not null }
        group answer by answer.Dimension into dimension
        let scale = dimension.First().Scale!.Value
        orderby dimension.Key
        select new ResponseScore
        {
            ResponseId = e.ResponseId,
            SubmittedAt = e.OccurredAt,
            Dimension = dimension.Key,
            Scale = scale,
            Score = dimension.Where(a => a.Scale == scale).Average(a => a.Value!.Value),
        };

    private static double? Value(SurveyCompleted e, QuestionType type, string? question = null) =>
        e
            .Answers.FirstOrDefault(a =>
                a.Type == type
                && !a.NotApplicable
                && (question is null || a.Question == question || a.Dimension == question)
            )
            ?.Value;
}
