using System.Text.Json;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Messaging;
using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Features.Opening;

/// <summary>A request in our words. What a newer Intake says and we do not know yet becomes the most careful of what we know.</summary>
internal static class Read
{
    public static Domain.Opening Opening(RequestReceived request)
    {
        var classified = request.Classification;
        var category = classified.Category.Or(
            request.Type is Contracts.RequestType.Complaint ? Category.Complaint : Category.GeneralInquiry
        );
        return new(
            request.RequestId,
            request.Number,
            request.Customer.CustomerId,
            request.RecordedBy,
            Origin(request),
            category,
            classified.Subcategory.Or(Subcategory.Other),
            // A complaint without a level is a slight one; what is no complaint has none.
            category is Category.Complaint
                ? Math.Clamp(classified.ComplaintLevel ?? 3, 1, 3)
                : null,
            request.Urgency.Or(Urgency.Normal),
            classified.Emotion.Or(Emotion.Calm),
            new(classified.RuleId, classified.RulesVersion, classified.Confidence, OverriddenBy: null),
            new SlaPin(
                request.Policy.PolicyId,
                request.Policy.PolicyVersion,
                request.Policy.CalendarId,
                request.Policy.CalendarVersion
            ),
            Words(request),
            request.Attributes
        );
    }

    private static Origin Origin(RequestReceived request) =>
        new()
        {
            Source = request.Source,
            Channel = request.Channel.Or(Channel.Api),
            Type = request.Type.Or(RequestType.Inquiry),
            Language = request.Language,
            CustomerExternalId = request.Customer.ExternalId,
            Segment = request.Customer.Segment.Or(Segment.Regular),
            MaskedName = request.Customer.MaskedName,
            MaskedPhone = request.Customer.MaskedPhone,
            PreferredChannel = request.Customer.PreferredChannel?.Or(request.Channel.Or(Channel.Api)),
            Product = request.Product,
            ProductVersion = request.ProductVersion,
            OrderRef = request.OrderRef,
            ServiceStage = request.ServiceStage?.Or(ServiceStage.AfterSale),
            Region = request.Region,
            Store = request.Store,
            ReceivedAt = request.ReceivedAt,
        };

    // The first line is the subject; the parts keep the description as it was given.
    private static Wording Words(RequestReceived request)
    {
        var (what, when, where, expectation) = request.Description;
        string?[] lines = [request.Subject.ReplaceLineEndings(" "), what, when, where, expectation, request.OrderRef];
        return new(
            string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line))),
            JsonSerializer.Serialize(request.Description, MessagingJson.Options)
        );
    }
}
