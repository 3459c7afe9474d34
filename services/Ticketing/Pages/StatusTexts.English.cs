using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Pages;

internal sealed partial record StatusTexts
{
    public static readonly StatusTexts InEnglish = new()
    {
        Language = English,
        Other = (Chinese, "中文"),
        Title = "Your request",
        NumberLabel = "Request number",
        ReceivedLabel = "Received",
        Stages = ["Accepted", "In progress", "Your confirmation", "Done"],
        StagesLabel = "Where it stands",
        States = new Dictionary<string, (string, string)>
        {
            ["received"] = (
                "We have received your request",
                "It is being registered: look at this page again in a moment."
            ),
            ["new"] = ("We have accepted your request", "We are finding the right person for it."),
            ["assigned"] = ("Somebody is in charge of it", "You will be contacted within the promised time."),
            ["in_progress"] = ("We are working on it", "We tell you as soon as there is news."),
            ["waiting_customer"] = (
                "We are waiting for your answer",
                "Add the information below and we go on at once."
            ),
            ["customer_scheduled"] = ("We go on at the time you asked for", "Write below if you need us earlier."),
            ["waiting_collaboration"] = (
                "We are waiting for others",
                "We stay on it and tell you as soon as there is a result."
            ),
            ["resolved"] = ("We think it is solved: please confirm", "It is closed when you say so."),
            ["confirmed"] = ("Thank you for confirming", "We write down what we learned from it and then close it."),
            ["closed"] = ("Done", "Thank you for your feedback."),
            ["by_silence"] = ("Closed", "We have not heard from you for some time and closed it for now."),
            ["cancelled"] = ("This request was cancelled", "If you still need help, please send a new request."),
            ["merged"] = ("We handle it together with another request of yours", "It goes on under the number {0}."),
        },
        PromisesLabel = "What we promised",
        Promises = new Dictionary<ClockName, string>
        {
            [ClockName.FirstContact] = "First contact with you",
            [ClockName.ComplaintResponse] = "How we intend to handle it",
            [ClockName.SolutionPlan] = "A plan for the solution",
            [ClockName.ProgressUpdate] = "Next progress update",
            [ClockName.Resolution] = "Solved",
        },
        Outcomes = new Dictionary<string, string>
        {
            ["pending"] = "running",
            ["paused"] = "paused",
            ["kept"] = "done in time",
            ["late"] = "done, later than promised",
            ["overdue"] = "overdue: we are working on it with priority",
        },
        ProgressLabel = "What has happened",
        Steps = new Dictionary<string, string>
        {
            ["opened"] = "We accepted your request",
            ["contact"] = "We were in contact with you",
            ["handling_opinion"] = "How we intend to handle it",
            ["plan"] = "Plan for the solution",
            ["answer"] = "Answer",
            ["progress"] = "Progress",
            ["paused"] = "Waiting for an answer",
            ["resumed"] = "We go on",
            ["resolved"] = "Solution",
            ["confirmed"] = "You confirmed that it is solved",
            ["by_silence"] = "We did not hear from you",
            ["rejected"] = "You told us that it is not solved; we work on it again",
            ["closed"] = "Closed",
            ["cancelled"] = "Cancelled",
            ["customer_message"] = "Your message",
            ["public_comment"] = "Message from us",
        },
        NewEstimate = "Expected by ",
        ConfirmLabel = "Is it solved?",
        ConfirmHint = "If it is, please confirm.",
        ConfirmNote = "Anything you want to tell us (optional)",
        Solved = "Yes, it is solved",
        NotSolvedLabel = "Not solved yet?",
        NotSolvedHint = "Tell us what is still wrong and we work on it again.",
        NotSolvedNote = "What is still wrong",
        NotSolved = "Not solved, please go on",
        ReopenUntil = "You can have it reopened until ",
        MessageLabel = "Add information",
        MessageText = "Your message",
        MessageHint = "At most 4000 characters. Please send no passwords or card numbers.",
        Send = "Send",
        Notices = new Dictionary<string, string>
        {
            ["confirmed"] = "Thank you for confirming.",
            ["rejected"] = "Thank you for telling us. We work on it again.",
            ["written"] = "We have received your message.",
            ["incomplete"] = "Please fill in the text before sending (at most 4000 characters).",
            ["too_late"] = "The time for reopening is over. Please send a new request.",
            ["changed"] = "Its state has changed meanwhile: see below.",
            ["early"] = "Your request is still being registered: please try again in a moment.",
        },
        TooLong = "Your text is longer than 4000 characters and was not sent: please shorten it.",
        Until = "until",
        Zone = "All times are in the time zone {0}.",
        Privacy = "Please do not forward this link: whoever has it can see the progress.",
        NoSuchLink = (
            "This link does not work",
            "Please check that it is complete, or use the latest link that we sent you."
        ),
        DateForm = "d MMM yyyy, HH:mm",
    };
}
