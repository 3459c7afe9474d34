using CustomerFeedback.Intake.Domain;
using CustomerFeedback.Messaging;

namespace CustomerFeedback.Intake.Data;

/// <summary>
/// The statements that store a batch of requests. By hand and in arrays, because one transaction for many requests is what
/// makes accepting fast (tests/Benchmarks has the figures); everything else goes through <see cref="IntakeDbContext"/>.
/// </summary>
internal static class AcceptSql
{
    public static readonly BulkInsert<RequestRow> Requests = new(
        "requests",
        Column<RequestRow>.Id("id", r => r.Id),
        Column<RequestRow>.Text("number", r => r.Number),
        Column<RequestRow>.Text("recorded_by", r => r.RecordedBy),
        Column<RequestRow>.Text("source", r => r.Source),
        Column<RequestRow>.Text("external_id", r => r.ExternalId),
        Column<RequestRow>.Id("customer_id", r => r.CustomerId),
        Column<RequestRow>.Text("channel", r => Word<Channel>.Of(r.Channel)),
        Column<RequestRow>.Text("type", r => Word<RequestType>.Of(r.Type)),
        Column<RequestRow>.Text("urgency", r => Word<Urgency>.Of(r.Urgency)),
        Column<RequestRow>.Text("language", r => r.Language),
        Column<RequestRow>.Text("segment", r => Word<Segment>.Of(r.Segment)),
        Column<RequestRow>.Text("category", r => Word<Category>.Of(r.Category)),
        Column<RequestRow>.Text("subcategory", r => Word<Subcategory>.Of(r.Subcategory)),
        Column<RequestRow>.Small("complaint_level", r => (short?)r.ComplaintLevel),
        Column<RequestRow>.Text("emotion", r => Word<Emotion>.Of(r.Emotion)),
        Column<RequestRow>.Text("service_stage", r => Word<ServiceStage>.Of(r.ServiceStage)),
        Column<RequestRow>.Text("rule_id", r => r.RuleId),
        Column<RequestRow>.Number("rules_version", r => r.RulesVersion),
        Column<RequestRow>.Real("confidence", r => r.Confidence),
        Column<RequestRow>.Json("decided_by", r => r.DecidedBy),
        Column<RequestRow>.Text("product", r => r.Product),
        Column<RequestRow>.Text("product_version", r => r.ProductVersion),
        Column<RequestRow>.Text("order_ref", r => r.OrderRef),
        Column<RequestRow>.Text("region", r => r.Region),
        Column<RequestRow>.Text("store", r => r.Store),
        Column<RequestRow>.Text("policy_id", r => r.PolicyId),
        Column<RequestRow>.Number("policy_version", r => r.PolicyVersion),
        Column<RequestRow>.Text("calendar_id", r => r.CalendarId),
        Column<RequestRow>.Number("calendar_version", r => r.CalendarVersion),
        Column<RequestRow>.Json("promises", r => r.Promises),
        Column<RequestRow>.Instant("received_at", r => r.ReceivedAt),
        Column<RequestRow>.Instant("recorded_at", r => r.RecordedAt),
        Column<RequestRow>.Bytes("content_hash", r => r.ContentHash)
    );

    public static readonly BulkInsert<RequestTextRow> Texts = new(
        "request_texts",
        Column<RequestTextRow>.Id("customer_id", t => t.CustomerId),
        Column<RequestTextRow>.Id("request_id", t => t.RequestId),
        Column<RequestTextRow>.Text("subject", t => t.Subject),
        Column<RequestTextRow>.Text("what", t => t.What),
        Column<RequestTextRow>.Text("when", t => t.When),
        Column<RequestTextRow>.Text("where", t => t.Where),
        Column<RequestTextRow>.Text("expectation", t => t.Expectation),
        Column<RequestTextRow>.Json("attributes", t => t.Attributes)
    );

    public static readonly BulkInsert<CustomerRow> Customers = new(
        "customers",
        Column<CustomerRow>.Id("id", c => c.Id),
        Column<CustomerRow>.Text("external_id", c => c.ExternalId),
        Column<CustomerRow>.Text("type", c => Word<CustomerType>.Of(c.Type)),
        Column<CustomerRow>.Text("segment", c => Word<Segment>.Of(c.Segment)),
        Column<CustomerRow>.Text("language", c => c.Language),
        Column<CustomerRow>.Text("preferred_channel", c => Word<Channel>.Of(c.PreferredChannel)),
        Column<CustomerRow>.Bytes("name", c => c.Name),
        Column<CustomerRow>.Bytes("company", c => c.Company),
        Column<CustomerRow>.Bytes("phone", c => c.Phone),
        Column<CustomerRow>.Bytes("email", c => c.Email),
        Column<CustomerRow>.Bytes("phone_index", c => c.PhoneIndex),
        Column<CustomerRow>.Bytes("email_index", c => c.EmailIndex),
        Column<CustomerRow>.Text("masked_name", c => c.MaskedName),
        Column<CustomerRow>.Text("masked_phone", c => c.MaskedPhone),
        Column<CustomerRow>.Text("masked_email", c => c.MaskedEmail),
        Column<CustomerRow>.Instant("first_seen_at", c => c.FirstSeenAt),
        Column<CustomerRow>.Instant("updated_at", c => c.UpdatedAt),
        Column<CustomerRow>.Number("version", c => c.Version),
        Column<CustomerRow>.Number("event_version", c => c.EventVersion),
        Column<CustomerRow>.Json("do_not_contact", c => c.DoNotContact)
    );

    /// <summary>Only from the version that was read; the count of rows tells whether somebody was faster.</summary>
    public static readonly string UpdateCustomers =
        "UPDATE customers c SET type = u.type, segment = u.segment, name = u.name, company = u.company, phone = u.phone, "
        + "email = u.email, phone_index = u.phone_index, email_index = u.email_index, masked_name = u.masked_name, "
        + "masked_phone = u.masked_phone, masked_email = u.masked_email, updated_at = u.updated_at, version = u.version, "
        + $"event_version = u.event_version FROM ({Customers.Rows}) u "
        + "WHERE c.id = u.id AND c.version = u.version - 1";

    // Messaging's own statement, its arrays in its order.
    public static readonly BulkInsert<OutboxRow> Outbox = new(
        "messaging.outbox",
        Column<OutboxRow>.Id("id", m => m.Id),
        Column<OutboxRow>.Text("type", m => m.Type),
        Column<OutboxRow>.Bytes("body", m => m.Body),
        Column<OutboxRow>.Text("headers", m => m.Headers),
        Column<OutboxRow>.Text("subject", m => m.Subject)
    );

    public static readonly BulkInsert<StoredAnswer> Keys = new(
        "messaging.idempotency_keys",
        Column<StoredAnswer>.Bytes("id", a => a.Id),
        Column<StoredAnswer>.Bytes("request_hash", a => a.RequestHash),
        Column<StoredAnswer>.Number("status", a => a.Status),
        Column<StoredAnswer>.Text("headers", a => a.Headers),
        Column<StoredAnswer>.Bytes("body", a => a.Body)
    );
}
