using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Survey.Features.FollowingUp;

namespace CustomerFeedback.Survey.Tests.Features.FollowingUp;

/// <summary>A resolved complaint, its follow-up, and what is done with it.</summary>
public abstract class FollowUpStory(World world) : IClassFixture<World>
{
    protected World Here { get; } = world;

    protected static readonly object Good = new
    {
        efficiency = 4,
        fairness = 5,
        attitude = 5,
        overall = 5,
        solved = true,
        nps = 9,
    };

    protected HttpClient Interviewer => Here.As("he.jing", ["interviewer"]);

    /// <summary>A complaint of somebody who can be called, told as resolved.</summary>
    protected async Task<TicketResolved> Resolved(
        int episode = 1,
        Category category = Category.Complaint,
        IReadOnlyList<DoNotContact>? wishes = null
    )
    {
        var like = Told.Confirmed(Here.Now, episode);
        var resolved = new TicketResolved(
            like.TicketId,
            like.Number,
            6,
            like.CustomerId,
            episode,
            FirstContactResolution: false,
            "li.wei",
            "front-line",
            Here.Now,
            like.Facts with
            {
                Category = category,
            }
        );
        await Here.Know(Told.Customer(like.CustomerId, wishes: wishes));
        await Tell(resolved);
        return resolved;
    }

    protected Task Tell(TicketResolved resolved) =>
        Here.Take<PlanFollowUpOnTicketResolved>((slice, ct) => slice.Plan(resolved, ct));

    protected Task Tell(TicketResolved resolved, Category category, DateTimeOffset? resolvedAt, int version = 8) =>
        Here.Take<ReviseFollowUpOnTicketClassified>(
            (slice, ct) =>
                slice.Revise(
                    new(
                        resolved.TicketId,
                        resolved.Number,
                        version,
                        resolved.Facts! with
                        {
                            Category = category,
                        },
                        "wang.fang",
                        Here.Now,
                        resolved.CustomerId,
                        resolved.Episode,
                        resolvedAt
                    ),
                    ct
                )
        );

    protected async Task<JsonNode> Called(string number) =>
        (await World.Get(Interviewer, $"/v1/follow-ups?ticket={number}"))["items"]!.AsArray().ShouldHaveSingleItem()!;

    protected async Task<string[]> Events(string number) =>
        [
            .. (await Here.Events("number", number))
                .Where(e => e.Type.StartsWith("FollowUp", StringComparison.Ordinal))
                .Select(e => e.Type),
        ];

    protected Task<HttpResponseMessage> Call(JsonNode task, object how) =>
        Interviewer.PostAsJsonAsync($"/v1/follow-ups/{task["id"]}/attempts", how);

    protected Task<HttpResponseMessage> KeyIn(JsonNode task, object what) =>
        Interviewer.PostAsJsonAsync($"/v1/follow-ups/{task["id"]}/response", what);

    protected async Task<(string State, string? Reason)> Standing(TicketResolved resolved)
    {
        var task = await Called(resolved.Number);
        return ((string)task["state"]!, (string?)task["reason"]);
    }
}
