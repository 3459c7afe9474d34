using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Features.Inviting;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Survey.Tests;

/// <summary>A real host on a database of its own, with a clock that moves when told to.</summary>
public sealed class World : IAsyncLifetime
{
    private TestDatabase<SurveyDbContext> _database = null!;

    public FakeClock Clock { get; } = new();
    internal ServiceHost<SurveyDbContext> Host { get; private set; } = null!;
    internal HttpClient Customer { get; private set; } = null!;
    internal HttpClient Agent { get; private set; } = null!;
    internal HttpClient Lead { get; private set; } = null!;
    internal HttpClient Analyst { get; private set; } = null!;
    internal HttpClient Integration { get; private set; } = null!;

    public DateTimeOffset Now => Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.For<SurveyDbContext>();
        Host = new(
            _database,
            clock: Clock,
            settings: new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Survey:OfficialContact"] = "service@example.com",
            }
        );
        Customer = Host.Client();
        Agent = As("li.wei", ["agent"], "front-line");
        Lead = As("wang.fang", ["lead"], "front-line");
        Analyst = As("ana", ["analyst"]);
        Integration = As("shop", ["integration"]);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal HttpClient As(string subject, IReadOnlyList<string> roles, params string[] teams) =>
        Host.Client(TestTokens.For(subject, roles, teams));

    internal SurveyDbContext Db() => _database.Context();

    /// <summary>Runs a slice as the bus does, in its own scope and one transaction.</summary>
    internal async Task Take<TSlice>(Func<TSlice, CancellationToken, Task> work)
        where TSlice : notnull
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SurveyDbContext>();
        var slice = scope.ServiceProvider.GetRequiredService<TSlice>();
        await db.InTransaction(ct => work(slice, ct), TestContext.Current.CancellationToken);
    }

    internal Task Confirm(ResolutionConfirmed confirmed) =>
        Take<PlanInvitationOnResolutionConfirmed>((slice, ct) => slice.Plan(confirmed, ct));

    internal Task Reopen(ResolutionConfirmed confirmed, int episode = 2) =>
        Take<WithdrawInvitationOnTicketReopened>(
            (slice, ct) => slice.Withdraw(Told.Reopened(confirmed, episode, Now), ct)
        );

    internal Task Know(params CustomerUpserted[] customers) =>
        Take<CopyCustomerOnCustomerUpserted>((slice, ct) => slice.Copy(customers, ct));

    /// <summary>A confirmed ticket whose customer can be reached; not sent yet.</summary>
    internal async Task<ResolutionConfirmed> Confirmed(string language = "zh-CN", string? store = "SH-01")
    {
        var confirmed = Told.Confirmed(Now, language: language, store: store);
        await Know(Told.Customer(confirmed.CustomerId));
        await Confirm(confirmed);
        return confirmed;
    }

    /// <summary>The same, sent: the link's path.</summary>
    internal async Task<string> Link(string language = "zh-CN") => (await Invited(language)).Url;

    internal async Task<(string Url, string Token, InvitationRow Row)> Invited(string language = "zh-CN")
    {
        var confirmed = await Confirmed(language);
        Clock.Advance(TimeSpan.FromSeconds(61));
        var row = await Sent(confirmed.Number);
        var url = InvitationView.LinkOf(Host.Services.GetRequiredService<LinkTokens>(), row.Id);
        return (url, url["/s/".Length..], row);
    }

    internal Task<InvitationRow> Sent(string number) =>
        Eventually.Gives(async () =>
        {
            var row = await Invitation(number);
            if (row.SentAt is not null)
                return row;
            Clock.Advance(TimeSpan.FromMilliseconds(500)); // its net: it may have looked a moment too early
            return null;
        });

    internal async Task<InvitationRow> Invitation(string number)
    {
        await using var db = Db();
        return await db.Invitations.AsNoTracking().Where(i => i.Number == number).OrderBy(i => i.Episode).LastAsync();
    }

    internal static async Task<JsonNode> Get(HttpClient by, string path) =>
        JsonNode.Parse(await by.GetStringAsync(path))!;

    internal static async Task<JsonNode> Json(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    internal Task<HttpResponseMessage> Submit(
        string token,
        object answers,
        string language = "zh-CN",
        int? seconds = 40
    ) =>
        Customer.PostAsJsonAsync(
            $"/v1/survey-links/{token}/response",
            new
            {
                answers,
                language,
                durationSeconds = seconds,
            }
        );

    /// <summary>What was announced with this value in this member, in the order of versions.</summary>
    internal async Task<List<(string Type, JsonElement Message)>> Events(string member, string value)
    {
        await using var db = Db();
        var rows = await db.Set<OutboxRow>().AsNoTracking().ToListAsync();
        return
        [
            .. rows.Select(row => (row.Type.Split(':')[^1], JsonElement.Parse(row.Body).GetProperty("message")))
                .Where(e => e.Item2.TryGetProperty(member, out var found) && found.ToString() == value)
                .OrderBy(e => e.Item2.GetProperty("version").GetInt32()),
        ];
    }
}

/// <summary>Events as the other services tell them.</summary>
internal static class Told
{
    private static int _count;

    public static ResolutionConfirmed Confirmed(
        DateTimeOffset at,
        int episode = 1,
        string language = "zh-CN",
        Confirmation confirmation = Confirmation.Confirmed,
        bool contact = true,
        string? store = "SH-01",
        string? number = null,
        Subcategory subcategory = Subcategory.Other,
        string team = "front-line"
    )
    {
        var n = Interlocked.Increment(ref _count);
        return new(
            Guid.CreateVersion7(),
            number ?? $"R26-{Environment.ProcessId % 1000:000}{n:0000}",
            7,
            Guid.CreateVersion7(),
            episode,
            confirmation,
            contact,
            new(
                RequestType.Complaint,
                Category.Complaint,
                subcategory,
                3,
                Urgency.Normal,
                Complex: false,
                Channel.WebChat,
                Segment.Vip,
                language,
                ServiceStage.AfterSale,
                "earphones",
                "east",
                store,
                team,
                "li.wei"
            ),
            at,
            RecordedBy: "shop"
        );
    }

    public static TicketReopened Reopened(ResolutionConfirmed confirmed, int episode, DateTimeOffset at) =>
        new(confirmed.TicketId, confirmed.Number, 9, confirmed.CustomerId, episode, TicketStatus.Closed, at);

    public static TicketCancelled Cancelled(ResolutionConfirmed confirmed, DateTimeOffset at) =>
        new(confirmed.TicketId, confirmed.Number, 9, confirmed.CustomerId, "spam", "li.wei", at);

    public static CustomerUpserted Customer(
        Guid id,
        int version = 1,
        bool phone = true,
        bool email = false,
        Channel? preferred = null,
        IReadOnlyList<DoNotContact>? wishes = null
    ) =>
        new(
            id,
            version,
            new(
                id,
                "C-1",
                CustomerType.Individual,
                Segment.Vip,
                IsNew: false,
                "张*",
                "138****1234",
                "zh-CN",
                preferred,
                new(phone, email, Wechat: false, App: false),
                wishes
            ),
            TimeProvider.System.GetUtcNow()
        );
}
