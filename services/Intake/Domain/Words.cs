namespace CustomerFeedback.Intake.Domain;

// The vocabularies of SPEC.md section 1. On every wire they are lower snake strings (see Word<T>).

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

internal enum CustomerType
{
    Individual,
    Enterprise,
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

/// <summary>The clocks that intake promises a time for; Ticketing runs them and the others.</summary>
internal enum PromisedClock
{
    FirstContact,
    ComplaintResponse,
}
