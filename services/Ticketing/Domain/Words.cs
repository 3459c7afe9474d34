namespace CustomerFeedback.Ticketing.Domain;

// Ticketing's own vocabulary. It has the same member names as the contracts' (a test says so): slices map by name at the border.
// Here there is no Unknown: what a newer Intake may say and we do not know is settled when the ticket is opened.

internal enum Channel
{
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

internal enum RequestType
{
    Inquiry,
    Complaint,
    AfterSales,
    Suggestion,
}

internal enum Urgency
{
    Normal,
    Urgent,
    Critical,
}

internal enum ServiceStage
{
    PreSale,
    InSale,
    AfterSale,
}

internal enum Segment
{
    Regular,
    Vip,
}

internal enum Category
{
    GeneralInquiry,
    BusinessHandling,
    Complaint,
    EmergencySupport,
}

internal enum Subcategory
{
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

internal enum Emotion
{
    Calm,
    Upset,
}

internal enum TicketStatus
{
    New,
    Assigned,
    InProgress,
    WaitingCustomer,
    WaitingCollaboration,
    Resolved,
    Closed,
    Cancelled,
}

internal enum Confirmation
{
    Confirmed,
    Rejected,
    BySilence,
}

internal enum PauseReason
{
    WaitingCustomer,
    ThirdParty,
    CustomerScheduled,
}

internal enum ContactOutcome
{
    Reached,
    NoAnswer,
    Refused,
}

internal enum UpdateKind
{
    HandlingOpinion,
    Plan,
    Answer,
    Progress,
}

internal enum CancelReason
{
    Merged,
    Spam,
    Duplicate,
}
