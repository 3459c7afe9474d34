namespace CustomerFeedback.Ticketing.Domain;

/// <summary>Everything that can be asked of a ticket: the rows of <see cref="CommandTable"/>.</summary>
internal enum Command
{
    Assign,
    Transfer,
    Claim,
    ContactReached,
    ContactAttempted,
    HandlingOpinion,
    Plan,
    Answer,
    Progress,
    PauseForCustomer,
    PauseForOthers,
    Resume,
    Resolve,
    ConfirmSolved,
    ConfirmNotSolved,
    CloseBySilence,
    Merge,
    Spam,
    Duplicate,
    Reclassify,
    Comment,
    Tag,
    Watch,
    Link,
    Collaborate,
    Visit,
    AcknowledgeEscalation,
    SummariseCase,
}
