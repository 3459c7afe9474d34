using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Contracts.Ticketing;

namespace CustomerFeedback.Analytics.Tests.Features.Storing;

/// <summary>How they end: in a survey.</summary>
internal sealed partial class Stories
{
    private IEnumerable<object> Survey(
        string number,
        Guid customer,
        int episode,
        TicketFacts facts,
        Func<DateTimeOffset> next
    )
    {
        const string questionnaire = "ticket-satisfaction";
        var invitation = Id();
        if (Chance(0.2))
        {
            yield return new SurveyInvitationSuppressed(
                invitation,
                1,
                questionnaire,
                customer,
                number,
                episode,
                "do_not_contact",
                next()
            );
            yield break;
        }
        yield return new SurveyInvited(
            invitation,
            1,
            questionnaire,
            1,
            customer,
            number,
            episode,
            Channel.App,
            "zh-CN",
            facts,
            next().AddDays(7),
            next()
        );
        if (Chance(0.2))
            yield break;
        yield return new SurveyOpened(invitation, 2, questionnaire, 1, customer, number, next());
        yield return new SurveyStarted(invitation, 3, questionnaire, 1, customer, number, next());
        yield return Response(Id(), invitation, customer, number, episode, facts, next());
    }

    public SurveyCompleted Response(
        Guid response,
        Guid? invitation,
        Guid? customer,
        string? number,
        int? episode,
        TicketFacts? facts,
        DateTimeOffset at
    ) =>
        new(
            response,
            1,
            invitation,
            "ticket-satisfaction",
            1,
            customer,
            number,
            episode,
            SurveyMode.Online,
            "zh-CN",
            facts?.Store,
            facts,
            [
                Rating("attitude"),
                Rating("efficiency"),
                Rating("expertise"),
                Rating("overall"),
                new("nps", QuestionType.Nps, null, false, _random.Next(11), null, [], null),
                new("solved", QuestionType.YesNo, null, false, _random.Next(2), null, [], null),
                new("comment", QuestionType.Text, null, false, null, null, [], "谢谢"),
            ],
            _random.Next(20, 200),
            Chance(0.1) ? ["duplicate"]
                : Chance(0.1) ? ["too_fast"]
                : [],
            Chance(0.1),
            at
        );

    private SurveyAnswer Rating(string dimension) =>
        Chance(0.1)
            ? new(dimension, QuestionType.Rating, dimension, true, null, 5, [], null)
            : new(dimension, QuestionType.Rating, dimension, false, _random.Next(1, 6), 5, [], null);
}
