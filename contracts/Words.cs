namespace CustomerFeedback.Contracts;

// The vocabularies that travel. On the wire they are lower snake strings; a value that a reader does not know yet reads as Unknown.

public enum Channel
{
    Unknown,
    Phone,
    WebChat,
    Email,
    Wechat,
    MiniProgram,
    App,
    Web,
    Store,
    Social,
    Survey,
    Api,
    Visit,
}

public enum RequestType
{
    Unknown,
    Inquiry,
    Complaint,
    AfterSales,
    Suggestion,
}

public enum Urgency
{
    Unknown,
    Normal,
    Urgent,
    Critical,
}

public enum ServiceStage
{
    Unknown,
    PreSale,
    InSale,
    AfterSale,
}

public enum CustomerType
{
    Unknown,
    Individual,
    Enterprise,
}

public enum Segment
{
    Unknown,
    Regular,
    Vip,
}

public enum Category
{
    Unknown,
    GeneralInquiry,
    BusinessHandling,
    Complaint,
    EmergencySupport,
}

public enum Subcategory
{
    Unknown,
    ProductFeature,
    Policy,
    OrderChange,
    ReturnOrExchange,
    ServiceAttitude,
    Timeliness,
    ProductQuality,
    Logistics,
    SystemFailure,
    ServiceOutage,
    Suggestion,
    Other,
}

public enum Emotion
{
    Unknown,
    Calm,
    Upset,
}

public enum TicketStatus
{
    Unknown,
    New,
    Assigned,
    InProgress,
    WaitingCustomer,
    WaitingCollaboration,
    Resolved,
    Closed,
    Cancelled,
}

public enum Confirmation
{
    Unknown,
    Confirmed,
    Rejected,
    BySilence,
}

public enum PauseReason
{
    Unknown,
    WaitingCustomer,
    ThirdParty,
    CustomerScheduled,
}

public enum SlaClockName
{
    Unknown,
    FirstContact,
    EmergencyMobilisation,
    SolutionPlan,
    ComplaintResponse,
    ProgressUpdate,
    Collaboration,
    Resolution,
    SurveyDispatch,
    ComplaintFollowUp,
    FeedbackFollowUp,
}

public enum BreachCause
{
    Unknown,
    Elapsed,
    Retarget,
}

public enum EscalationTarget
{
    Unknown,
    Assignee,
    Lead,
    Manager,
    Duty,
}

public enum EscalationAction
{
    Unknown,
    Notify,
    Reassign,
    RaiseUrgency,
}

public enum UpdateKind
{
    Unknown,
    HandlingOpinion,
    Plan,
    Answer,
    Progress,
}

public enum QuestionType
{
    Unknown,
    Rating,
    Nps,
    Ces,
    Single,
    Multi,
    YesNo,
    Text,
    Number,
    Date,
    Matrix,
}

/// <summary>What in the handling of a ticket flatters its clocks.</summary>
public enum HandlingSignal
{
    Unknown,
    PausedAfterCustomerMessage,
    StatusPingPong,
    ReopenedSoon,
}

/// <summary>How a follow-up call ended.</summary>
public enum FollowUpOutcome
{
    Unknown,
    Complete,
    Partial,
    Refused,
    NoContact,
    CallBack,
    WrongNumber,
}

public enum SurveyMode
{
    Unknown,
    Online,
    Phone,
    FaceToFace,
    Paper,
    Imported,
}
