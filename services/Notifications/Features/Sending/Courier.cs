using System.Text.Json;
using CustomerFeedback.Contracts.Notifications;
using CustomerFeedback.Masking;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.Notifications.Features.Announcing;
using CustomerFeedback.Notifications.Features.Carrying;
using CustomerFeedback.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Notifications.Features.Sending;

/// <summary>Carries one delivery: asks where to and for the link, fills in the message, hands it over, and writes down what came of it.</summary>
internal sealed class Courier(
    NotificationsDbContext db,
    Edges edges,
    Adapters adapters,
    MessageTemplates templates,
    RelaySignal relay,
    IOptions<NotificationOptions> options,
    TimeProvider time,
    ILogger<Courier> log
)
{
    /// <param name="delivery">What was taken.</param>
    /// <param name="contacts">Customers' addresses by delivery; one question was asked for many.</param>
    /// <param name="ct">The host stops.</param>
    public async Task Carry(
        DeliveryRow delivery,
        Task<IReadOnlyDictionary<Guid, EdgeContact>> contacts,
        CancellationToken ct
    )
    {
        var trip = new Trip(delivery.Channel);
        var verdict = await Try(delivery, contacts, trip, ct);
        var now = Instants.Truncate(time.GetUtcNow());
        var settled = options.Value.HowPatient().Settle(verdict, delivery.Attempts, delivery.Claims, now);
        // What was handed over is written down even while the host stops: the provider has it.
        var mine = await db.Settle(
            delivery,
            settled,
            trip.Channel,
            trip.Language,
            trip.Adapter,
            trip.MaskedRecipient,
            now,
            settled.IsFinal ? Told(delivery, settled, trip, now) : null,
            CancellationToken.None
        );
        if (mine && settled.IsFinal)
            relay.Wake();
        if (mine)
            DeliveryMetrics.Count(settled.State);
        Log.Settled(log, delivery.Id, delivery.Template, trip.Adapter, settled.State, settled.Reason, settled.Attempts);
    }

    private async Task<Verdict> Try(
        DeliveryRow delivery,
        Task<IReadOnlyDictionary<Guid, EdgeContact>> contacts,
        Trip trip,
        CancellationToken ct
    )
    {
        try
        {
            return await Prepare(delivery, await contacts, trip, ct) is { } message
                ? await trip.Carrier!.Send(message, ct)
                : trip.Instead!;
        }
        catch (EdgeUnavailableException e)
        {
            Log.EdgeUnavailable(log, delivery.Id, e.Edge, e.Message);
            return new Verdict.Delayed($"{e.Edge}_unavailable");
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            Log.CarryFailed(log, e, delivery.Id, delivery.Template);
            return new Verdict.TryAgain("adapter_failed");
        }
    }

    /// <summary>The message as it goes out; null where the trip ends before.</summary>
    private async Task<OutgoingMessage?> Prepare(
        DeliveryRow delivery,
        IReadOnlyDictionary<Guid, EdgeContact> contacts,
        Trip trip,
        CancellationToken ct
    )
    {
        var address = delivery.Recipient;
        if (contacts.TryGetValue(delivery.Id, out var contact))
        {
            if (contact.Refusal is { } refusal)
                return trip.Ends(new Verdict.Unwanted(refusal));
            trip.Channel = contact.Channel!;
            trip.Language = delivery.Language ?? contact.Language;
            address = contact.Address!;
            trip.MaskedRecipient = MaskedAddress.Of(address);
        }
        else
        {
            trip.Language = options.Value.AgentLanguage;
            trip.MaskedRecipient = delivery.Recipient;
        }

        trip.Language = templates.Language(delivery.Template, trip.Language);
        trip.Carrier = adapters.For(trip.Channel!);
        trip.Adapter = trip.Carrier.Name;
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(delivery.Values)!;
        if (delivery.Number is { } number)
            values["number"] = number;
        if (await Ask(delivery, values, trip.Language, ct) is { } refused)
            // Unknown where it belongs may be a matter of moments; anything else it says is the last word.
            return trip.Ends(
                refused == "not_found" ? new Verdict.TryAgain("link_not_found") : new Verdict.Unwanted(refused)
            );
        var text = templates.Render(delivery.Template, trip.Language, values, options.Value.FindZone());
        return new(delivery.Id, delivery.Template, trip.Channel!, address, trip.Language, text.Subject, text.Text);
    }

    /// <summary>Adds what another service says at this moment, the link or the summary; or tells why there is nothing to say any more.</summary>
    private async Task<string?> Ask(
        DeliveryRow delivery,
        Dictionary<string, string> values,
        string language,
        CancellationToken ct
    )
    {
        if (delivery is { Template: AlertOnTicketAssigned.Template, Number: { } number })
        {
            var (briefing, refusal) = await edges.Briefing(number, delivery.Recipient, ct);
            briefing?.Fill(values, templates, language, options.Value.FindZone());
            return refusal;
        }
        var link = await Link(delivery, ct);
        if (link is { Url: { } url })
            values["link"] = new Uri(options.Value.PublicUrl!, url).ToString();
        return link?.Refusal;
    }

    private async Task<EdgeLink?> Link(DeliveryRow delivery, CancellationToken ct) =>
        delivery switch
        {
            { Template: "survey-link", InvitationId: { } invitation } => await edges.SurveyLink(invitation, ct),
            { Template: "please-confirm" or "please-confirm-again", Number: { } number } => await edges.StatusLink(
                number,
                ct
            ),
            _ => null,
        };

    private static OutboxRow Told(DeliveryRow delivery, Settlement settled, Trip trip, DateTimeOffset now)
    {
        var channel = Wire.Channel(trip.Channel);
        var adapter = trip.Adapter ?? "none";
        return settled.State == DeliveryState.Delivered
            ? OutboxRow.For(
                new NotificationDelivered(
                    delivery.Id,
                    1,
                    delivery.Template,
                    adapter,
                    channel,
                    delivery.Recipient,
                    delivery.CustomerId,
                    delivery.Number,
                    settled.Attempts,
                    now
                ),
                delivery.Id.ToString()
            )
            : OutboxRow.For(
                new NotificationFailed(
                    delivery.Id,
                    1,
                    delivery.Template,
                    adapter,
                    channel,
                    delivery.Recipient,
                    delivery.CustomerId,
                    delivery.Number,
                    settled.Reason ?? settled.State,
                    settled.Attempts,
                    now
                ),
                delivery.Id.ToString()
            );
    }

    /// <summary>What is learned on the way.</summary>
    private sealed class Trip(string? channel)
    {
        public string? Channel { get; set; } = channel;
        public string? Language { get; set; }
        public string? Adapter { get; set; }
        public string? MaskedRecipient { get; set; }
        public IAdapter? Carrier { get; set; }
        public Verdict? Instead { get; private set; }

        public OutgoingMessage? Ends(Verdict verdict)
        {
            Instead = verdict;
            return null;
        }
    }
}
