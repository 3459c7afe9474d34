using System.Text.Json;
using CustomerFeedback.Intake.Domain;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>The body of <c>POST /v1/requests</c>.</summary>
/// <param name="Source">The company system that brings the request; with <paramref name="ExternalId"/> and the client its natural key.</param>
/// <param name="ExternalId">The channel's or system's own id of it; without one, only an Idempotency-Key makes repeating safe.</param>
/// <param name="Channel">phone, web_chat, email, wechat, mini_program, app, web, store, social, survey or api.</param>
/// <param name="Type">inquiry, complaint, after_sales or suggestion.</param>
/// <param name="Subject">The first words of <c>description.what</c>, when not said; one of the two is needed.</param>
/// <param name="Urgency">normal (when not said), urgent or critical.</param>
/// <param name="ReceivedAt">When the customer spoke; now, when not said.</param>
/// <param name="ServiceStage">pre_sale, in_sale or after_sale; found by rule when not said.</param>
/// <param name="Attributes">Up to 32 further facts: texts, numbers, true or false.</param>
internal sealed record RequestForm(
    string? Source,
    string? Channel,
    string? Type,
    RequestForm.CustomerPart? Customer,
    string? Subject = null,
    string? ExternalId = null,
    string? Urgency = null,
    DateTimeOffset? ReceivedAt = null,
    string? Language = null,
    RequestForm.DescriptionPart? Description = null,
    string? Product = null,
    string? ProductVersion = null,
    string? OrderRef = null,
    string? ServiceStage = null,
    string? Region = null,
    string? Store = null,
    Dictionary<string, JsonElement>? Attributes = null
)
{
    /// <summary>The source of what a bad answer becomes.</summary>
    public const string ReservedSource = "survey";

    /// <summary>The source of a part of a ticket.</summary>
    public const string SplitSource = "split";
    public const int LongestSubject = 200;
    public const int LongestWhat = 8000;

    /// <summary>Who speaks: at least one of the members is needed.</summary>
    /// <param name="Segment">regular or vip.</param>
    internal sealed record CustomerPart(
        string? ExternalId = null,
        string? Name = null,
        string? Company = null,
        string? Phone = null,
        string? Email = null,
        string? Segment = null
    );

    /// <summary>The customer's own account, in parts.</summary>
    internal sealed record DescriptionPart(
        string? What = null,
        string? When = null,
        string? Where = null,
        string? Expectation = null
    );

    /// <summary>The request, or null with everything that is wrong.</summary>
    public IncomingRequest? Read(DateTimeOffset latest, out IReadOnlyList<Fault> faults)
    {
        var check = new FormCheck();
        var request = new IncomingRequest(
            check.Needed("/source", Source, 100) ?? "",
            check.Text("/externalId", ExternalId, 200),
            check.NeededWord<Channel>("/channel", Channel),
            check.NeededWord<RequestType>("/type", Type),
            check.Word<Urgency>("/urgency", Urgency) ?? Domain.Urgency.Normal,
            check.Instant("/receivedAt", ReceivedAt, latest),
            check.Language("/language", Language),
            ReadCustomer(check),
            ReadSubject(check),
            new(
                check.Text("/description/what", Description?.What, LongestWhat),
                check.Text("/description/when", Description?.When, 500),
                check.Text("/description/where", Description?.Where, 500),
                check.Text("/description/expectation", Description?.Expectation, 4000)
            ),
            check.Text("/product", Product, 100),
            check.Text("/productVersion", ProductVersion, 50),
            check.Text("/orderRef", OrderRef, 100),
            check.Word<ServiceStage>("/serviceStage", ServiceStage),
            check.Text("/region", Region, 100),
            check.Text("/store", Store, 100),
            check.Attributes("/attributes", Attributes)
        );
        faults = check.Faults;
        return faults.Count == 0 ? request : null;
    }

    private string ReadSubject(FormCheck check) =>
        string.IsNullOrWhiteSpace(Subject) && !string.IsNullOrWhiteSpace(Description?.What)
            ? SubjectLine.Of(Description.What)
            : check.Needed("/subject", Subject, LongestSubject) ?? "";

    private GivenCustomer ReadCustomer(FormCheck check)
    {
        var given = new GivenCustomer(
            check.Text("/customer/externalId", Customer?.ExternalId, 200),
            check.Text("/customer/name", Customer?.Name, 100),
            check.Text("/customer/company", Customer?.Company, 200),
            check.Phone("/customer/phone", Customer?.Phone),
            check.Email("/customer/email", Customer?.Email),
            check.Word<Segment>("/customer/segment", Customer?.Segment)
        );
        var isSomebody =
            Customer
            is { ExternalId: not null }
                or { Name: not null }
                or { Company: not null }
                or { Phone: not null }
                or { Email: not null };
        if (!isSomebody)
            check.Add("/customer", "required", "Say who: an external id, a name, a company, a phone or an e-mail.");
        return given;
    }
}
