using CustomerFeedback.Analytics.Data;
using CustomerFeedback.Analytics.Data.Facts;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Analytics.Tests.Features.Querying;

/// <summary>Answers whose numbers are known: by app five promoters, by phone four, in the store forty mixed, all in October; in September forty in the store, half as good.</summary>
public sealed class Answered : IAsyncLifetime
{
    private static readonly DateTimeOffset October = new(2025, 10, 8, 4, 0, 0, TimeSpan.Zero);

    private TestDatabase<AnalyticsDbContext> database = null!;

    internal TestDatabase<AnalyticsDbContext> Database => database;

    internal ServiceHost<AnalyticsDbContext> Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        database = await Seeded.With(db =>
        {
            Promoters(db, "app", 5, October);
            Promoters(db, "phone", 4, October);
            for (var i = 0; i < 40; i++)
            {
                Response(db, "store", October, nps: i < 30 ? 10 : 3, overall: i < 32 ? 5 : 2);
                Response(db, "store", October.AddMonths(-1), nps: i < 15 ? 10 : 3, overall: i < 16 ? 5 : 2);
            }

            db.Tickets.Add(
                new()
                {
                    Number = "R26-0000001",
                    ReceivedAt = October,
                    Status = "new",
                    Channel = "app",
                }
            );
            return Task.CompletedTask;
        });
        Host = new(database, clock: new FakeClock());
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await database.DisposeAsync();
    }

    private static void Promoters(AnalyticsDbContext db, string channel, int n, DateTimeOffset at)
    {
        for (var i = 0; i < n; i++)
            Response(db, channel, at, nps: 10, overall: 5);
    }

    private static void Response(AnalyticsDbContext db, string channel, DateTimeOffset at, int nps, int overall)
    {
        var response = new ResponseFact
        {
            ResponseId = Guid.CreateVersion7(),
            SubmittedAt = at,
            Thread = "-",
            Questionnaire = "ticket-satisfaction",
            Mode = "online",
            Language = "zh-CN",
            Counted = true,
            Channel = channel,
            Nps = nps,
            Csi = 25 * (overall - 1),
        };
        db.Responses.Add(response);
        db.Scores.Add(
            new()
            {
                ResponseId = response.ResponseId,
                SubmittedAt = at,
                Dimension = "overall",
                Score = overall,
                Scale = 5,
            }
        );
    }
}
