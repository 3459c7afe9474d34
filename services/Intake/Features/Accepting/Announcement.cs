using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Intake.Domain;
using Wire = CustomerFeedback.Contracts;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>The events of accepting, in the words of the contracts: masked, no address, no full name, no link.</summary>
internal static class Announcement
{
    public static RequestReceived Of(
        RequestRow row,
        IncomingRequest request,
        Customer customer,
        bool isNew,
        Domain.Classification classification,
        Promises promises
    ) =>
        new(
            row.Id,
            row.Number,
            Version: 1,
            row.Source,
            row.ExternalId,
            row.RecordedBy,
            Same<Wire.Channel>.As(row.Channel),
            Same<Wire.RequestType>.As(row.Type),
            Same<Wire.Urgency>.As(row.Urgency),
            row.Language,
            Of(customer, isNew),
            request.Subject,
            new(
                request.Description.What,
                request.Description.When,
                request.Description.Where,
                request.Description.Expectation
            ),
            row.Product,
            row.ProductVersion,
            row.OrderRef,
            row.ServiceStage is { } stage ? Same<Wire.ServiceStage>.As(stage) : null,
            row.Region,
            row.Store,
            request.Attributes,
            new(
                Same<Wire.Category>.As(classification.Category),
                Same<Wire.Subcategory>.As(classification.Subcategory),
                classification.ComplaintLevel,
                Same<Wire.Emotion>.As(classification.Emotion),
                classification.RuleId,
                classification.RulesVersion,
                classification.Confidence
            ),
            new(
                promises.Policy.PolicyId,
                promises.Policy.PolicyVersion,
                promises.Policy.CalendarId,
                promises.Policy.CalendarVersion
            ),
            [.. promises.Times.Select(time => new Promise(Same<Wire.SlaClockName>.As(time.Clock), time.DueAt))],
            row.ReceivedAt,
            row.RecordedAt
        );

    public static CustomerUpserted Of(Customer customer, bool isNew, DateTimeOffset now) =>
        new(customer.Id, customer.EventVersion, Of(customer, isNew), now);

    private static CustomerSummary Of(Customer customer, bool isNew) =>
        new(
            customer.Id,
            customer.ExternalId,
            Same<Wire.CustomerType>.As(customer.Type),
            Same<Wire.Segment>.As(customer.Segment),
            isNew,
            customer.MaskedName,
            customer.MaskedPhone,
            customer.Language,
            customer.PreferredChannel is { } channel ? Same<Wire.Channel>.As(channel) : null,
            new(customer.Phone is not null, customer.Email is not null, Wechat: false, App: false),
            [
                .. customer.DoNotContact.Select(wish => new Wire.Intake.DoNotContact(
                    wish.Channel is { } on ? Same<Wire.Channel>.As(on) : null,
                    wish.Purpose,
                    wish.Until,
                    wish.Source
                )),
            ]
        );

    /// <summary>The member of the same name in the contracts' vocabulary.</summary>
    private static class Same<TWire>
        where TWire : struct, Enum
    {
        public static TWire As<T>(T value)
            where T : struct, Enum => Table<T>.ByValue[value];

        private static class Table<T>
            where T : struct, Enum
        {
            public static readonly Dictionary<T, TWire> ByValue = Enum.GetValues<T>()
                .ToDictionary(value => value, value => Enum.Parse<TWire>(value.ToString()));
        }
    }
}
