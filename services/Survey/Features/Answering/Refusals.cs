using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Domain.Questionnaires;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>What programs are told when a link cannot be answered.</summary>
internal static class Refusals
{
    public const string AlreadyAnswered = "already_answered";
    public const string Expired = "expired";
    public const string Cancelled = "cancelled";
    public const string NotReady = "not_ready";
    public const string RequiredMissing = "required_answers_missing";

    /// <summary>Null for a link that is open.</summary>
    public static ProblemHttpResult? Of(LinkStanding standing) =>
        standing switch
        {
            LinkStanding.Open => null,
            LinkStanding.Unknown => Problem.NotFound(),
            LinkStanding.NotReady => Problem.Refused(
                StatusCodes.Status404NotFound,
                NotReady,
                "The link is good, its survey is still being prepared: try again in a moment."
            ),
            LinkStanding.Answered => Problem.Refused(
                StatusCodes.Status409Conflict,
                AlreadyAnswered,
                "This survey has been answered: once is enough."
            ),
            LinkStanding.Expired => Problem.Refused(
                StatusCodes.Status410Gone,
                Expired,
                "The time for answering is over."
            ),
            LinkStanding.Cancelled => Problem.Refused(
                StatusCodes.Status410Gone,
                Cancelled,
                "The survey was withdrawn: the request is being worked on again."
            ),
        };

    public static ProblemHttpResult Malformed(IEnumerable<Fault> faults) =>
        Problem.Malformed(
            faults.Select(fault => new FieldError($"/answers{fault.Pointer}", fault.Code, fault.Message))
        );

    public static ProblemHttpResult Missing(AnswerSheet sheet) =>
        Problem.Refused(
            StatusCodes.Status422UnprocessableEntity,
            RequiredMissing,
            "Some questions need an answer.",
            errors: sheet.Missing.Select(question => new FieldError(
                $"/answers/{question.Id}",
                "required",
                "This question needs an answer."
            ))
        );
}
