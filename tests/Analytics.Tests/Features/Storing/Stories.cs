using System.Text.Json;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;

namespace CustomerFeedback.Analytics.Tests.Features.Storing;

/// <summary>Made-up lives of requests, told in the events of all services; the same seed tells the same.</summary>
internal sealed partial class Stories(int seed)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private readonly Random _random = new(seed);

    public static Envelope Of(object message) => Of(message, Guid.CreateVersion7());

    public static Envelope Of(object message, Guid id) =>
        new(
            id,
            $"{message.GetType().Namespace}:{message.GetType().Name}",
            JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), MessagingJson.Options)
        );

    public IEnumerable<object> Tell(int requests) => Enumerable.Range(1, requests).SelectMany(Tell1);

    private T One<T>(params T[] from) => from[_random.Next(from.Length)];

    private bool Chance(double p) => _random.NextDouble() < p;

    private Guid Id()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new(bytes);
    }

    private IEnumerable<object> Tell1(int index)
    {
        var number = $"R26-{(seed * 1000) + index:0000000}";
        var (ticket, request, customer) = (Id(), Id(), Id());
        var at = Start.AddMinutes(_random.Next(60 * 24 * 60));
        DateTimeOffset Next() => at = at.AddSeconds(_random.Next(1, 20_000));
        var version = 0;
        var facts = Facts();
        yield return Request(number, request, customer, facts, at);
        yield return new TicketOpened(ticket, number, ++version, request, customer, facts, at, Next());
        facts = facts with { Team = One("front-line", "complaints"), Assignee = One("li.wei", "zhao.min", "chen") };
        yield return new TicketAssigned(
            ticket,
            number,
            ++version,
            facts.Team,
            facts.Assignee,
            null,
            "automatic",
            "",
            at
        );
        yield return Status(TicketStatus.New, TicketStatus.Assigned, 1);
        for (var episode = 1; episode <= 3; episode++)
        {
            var contact = Clock(SlaClockName.FirstContact, episode);
            yield return new SlaClockStarted(ticket, number, ++version, contact, at, at);
            var resolution = Clock(SlaClockName.Resolution, episode);
            yield return new SlaClockStarted(ticket, number, ++version, resolution, at, at);
            if (Chance(0.3))
            {
                facts = facts with { Urgency = One(Urgency.Urgent, Urgency.Critical), Category = Category.Complaint };
                yield return new TicketClassified(ticket, number, ++version, facts, "li.wei", Next());
            }
            if (Chance(0.3))
            {
                contact = contact with { Breached = true };
                yield return new SlaBreached(ticket, number, ++version, contact, BreachCause.Elapsed, at, Next());
                yield return new TicketEscalated(
                    ticket,
                    number,
                    ++version,
                    contact,
                    "at:1",
                    EscalationTarget.Lead,
                    null,
                    at,
                    at
                );
            }
            yield return new CustomerContacted(
                ticket,
                number,
                ++version,
                customer,
                Channel.Phone,
                One("reached", "no_answer"),
                true,
                "li.wei",
                Next()
            );
            contact = contact with { DueAt = null, Consumed = TimeSpan.FromMinutes(_random.Next(90)) };
            yield return new SlaClockMet(ticket, number, ++version, contact, at, at);
            if (Chance(0.2))
            {
                yield return new SlaClockPaused(
                    ticket,
                    number,
                    ++version,
                    resolution with
                    {
                        DueAt = null,
                    },
                    PauseReason.WaitingCustomer,
                    Next()
                );
                yield return new SlaClockResumed(ticket, number, ++version, resolution, Next());
            }
            if (Chance(0.1))
            {
                yield return new SlaClockCancelled(
                    ticket,
                    number,
                    ++version,
                    resolution with
                    {
                        DueAt = null,
                    },
                    "ticket_cancelled",
                    Next()
                );
                yield return new TicketCancelled(ticket, number, ++version, customer, "spam", "li.wei", at);
                yield return Status(TicketStatus.InProgress, TicketStatus.Cancelled, episode);
                yield break;
            }
            if (Chance(0.1))
                yield break; // still being worked on
            yield return new TicketResolved(
                ticket,
                number,
                ++version,
                customer,
                episode,
                Chance(0.5),
                facts.Assignee,
                facts.Team,
                Next()
            );
            yield return new SlaClockMet(ticket, number, ++version, resolution with { DueAt = null }, at, at);
            yield return Status(TicketStatus.InProgress, TicketStatus.Resolved, episode);
            if (Chance(0.75) || episode == 3)
            {
                yield return new ResolutionConfirmed(
                    ticket,
                    number,
                    ++version,
                    customer,
                    episode,
                    Confirmation.Confirmed,
                    true,
                    facts,
                    Next()
                );
                yield return new TicketClosed(ticket, number, ++version, customer, episode, Confirmation.Confirmed, at);
                yield return Status(TicketStatus.Resolved, TicketStatus.Closed, episode);
                foreach (var told in Survey(number, customer, episode, facts, Next))
                    yield return told;
                yield break;
            }
            yield return new ResolutionRejected(ticket, number, ++version, customer, episode, Next());
            yield return new TicketReopened(
                ticket,
                number,
                ++version,
                customer,
                episode + 1,
                TicketStatus.Resolved,
                at
            );
            yield return Status(TicketStatus.Resolved, TicketStatus.InProgress, episode + 1);
        }

        TicketStatusChanged Status(TicketStatus from, TicketStatus to, int episode) =>
            new(ticket, number, ++version, from, to, episode, at);

        SlaClockFacts Clock(SlaClockName name, int episode) =>
            new(
                Id(),
                name,
                episode,
                "default",
                1,
                "always",
                1,
                TimeSpan.FromHours(1),
                TimeSpan.Zero,
                at.AddHours(1),
                false,
                [],
                facts.Team,
                facts.Assignee
            );
    }

    private TicketFacts Facts() =>
        new(
            One(RequestType.Complaint, RequestType.Inquiry),
            One(Category.Complaint, Category.GeneralInquiry),
            One(Subcategory.Logistics, Subcategory.ServiceAttitude),
            One<int?>(1, 2, null),
            One(Urgency.Normal, Urgency.Urgent),
            false,
            One(Channel.App, Channel.Phone, Channel.WebChat),
            One(Segment.Vip, Segment.Regular),
            "zh-CN",
            One<ServiceStage?>(ServiceStage.AfterSale, null),
            One("earphones", "phone", null),
            One("east", "west"),
            One("SH-01", null),
            null,
            null
        );

    public static RequestReceived Request(
        string number,
        Guid request,
        Guid customer,
        TicketFacts facts,
        DateTimeOffset at,
        string source = "shop",
        string? externalId = null,
        string recordedBy = "shop"
    ) =>
        new(
            request,
            number,
            1,
            source,
            externalId ?? number,
            recordedBy,
            facts.Channel,
            facts.Type,
            facts.Urgency,
            "zh-CN",
            new(
                customer,
                "C-77",
                CustomerType.Individual,
                facts.Segment,
                true,
                "张*",
                "138****1234",
                "zh-CN",
                null,
                new(true, false, false, false)
            ),
            "订单漏发",
            new("少发一件", "昨天", null, "今天补发"),
            facts.Product,
            null,
            null,
            facts.ServiceStage,
            facts.Region,
            facts.Store,
            new Dictionary<string, string>(),
            new(facts.Category, facts.Subcategory, facts.ComplaintLevel, Emotion.Calm, "rule", 1, 0.9),
            new("default", 1, "always", 1),
            [new(SlaClockName.FirstContact, at.AddHours(1))],
            at,
            at
        );
}
