using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.ServiceDefaults;

namespace CustomerFeedback.Analytics.Tests.Features.Querying;

/// <summary>Facts of all kinds over half a year, by a seed.</summary>
internal sealed class RandomFacts(int seed, DateTimeOffset? from = null)
{
    private static readonly string[] Rated = ["overall", "attitude", "efficiency", "expertise", "clarity"];
    private static readonly string[] ClockNames = ["first_contact", "resolution", "complaint_response"];
    private static readonly string[] Sent = ["sent", "opened", "started", "completed", "cancelled", "suppressed"];

    private readonly DateTimeOffset start = Instants.Truncate(from ?? new(2025, 9, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Random random = new(seed);

    public Task Into(AnalyticsDbContext db)
    {
        for (var i = 0; i < 400; i++)
        {
            db.Tickets.Add(Ticket(i));
            db.Clocks.Add(Clock(i));
            db.Invitations.Add(Invitation(i));
            Response(db);
        }

        return Task.CompletedTask;
    }

    private TicketFact Ticket(int i) =>
        Sliced(
            new TicketFact
            {
                Number = $"R26-{i:d7}",
                ReceivedAt = Moment(),
                Status = One("new", "resolved", "closed", "cancelled"),
                Episode = 1,
                FirstContactSeconds = Maybe(() => Math.Exp(random.NextDouble() * 10)),
                ResolutionSeconds = Maybe(() => Math.Exp(random.NextDouble() * 13)),
            }
        );

    private ClockFact Clock(int i)
    {
        var state = One("running", "paused", "met", "breached", "cancelled");
        return Sliced(
            new ClockFact
            {
                Instance = Guid.CreateVersion7(),
                Number = $"R26-{i:d7}",
                Clock = One(ClockNames),
                Episode = 1,
                StartedAt = Moment(),
                DueAt = Maybe(Moment),
                State = state,
                Breached = state == "breached" || (state is "met" or "cancelled" && random.Next(3) == 0),
                CancelReason = state == "cancelled" ? One("ticket_cancelled", "retargeted") : null,
            }
        );
    }

    private InvitationFact Invitation(int i) =>
        Sliced(
            new InvitationFact
            {
                InvitationId = Guid.CreateVersion7(),
                Thread = $"R26-{i:d7}",
                Questionnaire = One("ticket-satisfaction", "periodic"),
                State = One(Sent),
                InvitedAt = Moment(),
            }
        );

    private void Response(AnalyticsDbContext db)
    {
        var response = Sliced(
            new ResponseFact
            {
                ResponseId = Guid.CreateVersion7(),
                SubmittedAt = Moment(),
                Thread = "-",
                Questionnaire = One("ticket-satisfaction", "periodic"),
                Mode = "online",
                Language = "zh-CN",
                Counted = random.Next(10) > 0,
                Complete = true,
                Nps = Maybe(() => random.Next(11)),
                Solved = Maybe(() => random.Next(4) > 0),
                Csi = Maybe(() => Math.Round(random.NextDouble() * 100, 4)),
            }
        );
        db.Responses.Add(response);
        foreach (var dimension in Rated.Where(_ => random.Next(6) > 0))
        {
            var scale = dimension == "clarity" && random.Next(2) == 0 ? 10 : 5;
            db.Scores.Add(
                new()
                {
                    ResponseId = response.ResponseId,
                    SubmittedAt = response.SubmittedAt,
                    Dimension = dimension,
                    // Halves too: a dimension may be rated by two questions.
                    Score =
                        dimension == "efficiency" ? 1 + (random.Next((2 * scale) - 1) / 2.0) : 1 + random.Next(scale),
                    Scale = scale,
                }
            );
        }
    }

    private T Sliced<T>(T fact)
        where T : Sliced =>
        fact with
        {
            Channel = One("app", "phone", "wechat", "store"),
            Category = One("complaint", "general_inquiry"),
            Urgency = One("normal", "urgent", "critical"),
            Region = One("east", "west", null),
            Store = One("SH-01", "SH-02", "BJ-01", null),
            Team = One("front-line", "product"),
            Agent = One("li.wei", "wang.fang", "zhao.min", null),
            Segment = One("vip", "regular"),
            Product = One("earphones", "phone", null),
            Type = One("complaint", "inquiry"),
            ComplaintLevel = One<int?>(1, 2, 3, null),
        };

    private DateTimeOffset Moment() => start.AddMinutes(random.Next(180 * 24 * 60));

    private T One<T>(params T[] of) => of[random.Next(of.Length)];

    private T? Maybe<T>(Func<T> value)
        where T : struct => random.Next(5) > 0 ? value() : null;
}
