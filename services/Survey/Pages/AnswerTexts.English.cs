using CustomerFeedback.Survey.Features.Answering;

namespace CustomerFeedback.Survey.Pages;

internal sealed partial record AnswerTexts
{
    public static readonly AnswerTexts InEnglish = new()
    {
        Language = PageLanguage.English,
        Other = (PageLanguage.Chinese, "中文"),
        Brand = "Your feedback",
        Effort = "About {0} min · {1} questions",
        About = "About your request {0}",
        Required = "required",
        NotApplicable = "Not applicable",
        Yes = "Yes",
        No = "No",
        Remark = "Anything to add",
        OtherWords = "Something else: what?",
        Optional = "optional",
        Submit = "Send",
        Save = "Save and finish later",
        SaveHint = "Once saved, you can go on with the same link at any time.",
        Saved = "Saved. You can go on with the same link whenever you like.",
        FaultsTitle = "Please check these questions:",
        FreshTitle = "After what you told us, we would like to ask:",
        FreshMark = "new",
        Faults = new Dictionary<string, string>
        {
            ["required"] = "Please choose or write an answer.",
            ["too_long"] = "That is too long: 4000 characters at most.",
            ["wrong_type"] = "Please write a number.",
            ["invalid_date"] = "Please write a date, such as 2026-11-21.",
            ["out_of_range"] = "That is outside the range.",
            [""] = "Please choose or write again.",
        },
        Privacy =
            "We use your answers to improve our service, and for nothing else. Please do not forward this link, and send no passwords or card numbers.",
        Thanks = ("Thank you for your feedback!", "We have received it, and somebody reads every word."),
        NextTitle = "What happens next",
        Next = "If you told us about a problem, the people responsible answer you within {0} working days.",
        Contact = "Our official service contact, at any time: ",
        ContactUnnamed = "If you need help, please use our official service contact.",
        Answered = ("You have answered already", "We have received your feedback. Thank you!"),
        Expired = (
            "This link has expired",
            "The time for this survey is over. Thank you for your interest all the same."
        ),
        Cancelled = (
            "This survey was withdrawn",
            "There is news about your request, so we took the survey back. We ask you again when it is solved."
        ),
        NotReady = ("Your survey is being prepared", "The link is good: please open it again in a few minutes."),
        NoSuchLink = (
            "This link does not work",
            "Please check that it is complete, or use the latest link that we sent you."
        ),
    };
}
