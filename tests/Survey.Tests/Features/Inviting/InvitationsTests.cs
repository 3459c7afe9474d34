using System.Net;
using System.Net.Http.Json;
using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Intake;
using CustomerFeedback.Survey.Domain.Inviting;
using CustomerFeedback.Survey.Features.Inviting;
using CustomerFeedback.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.Survey.Tests.Features.Inviting;

public sealed class InvitationsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_minute_after_the_confirmation_the_customer_is_asked_once()
    {
        var confirmed = await world.Confirmed();
        await world.Confirm(confirmed);
        (await world.Invitation(confirmed.Number)).State.ShouldBe(InvitationState.Queued);
        world.Clock.Advance(TimeSpan.FromSeconds(59));
        (await world.Invitation(confirmed.Number)).State.ShouldBe(InvitationState.Queued);

        world.Clock.Advance(TimeSpan.FromSeconds(2));
        var sent = await world.Sent(confirmed.Number);

        sent.Channel.ShouldBe(Channel.Phone);
        sent.QuestionnaireVersion.ShouldBe(1);
        (sent.ExpiresAt - sent.SentAt).ShouldBe(TimeSpan.FromDays(14));
        var told = (await world.Events("number", confirmed.Number)).ShouldHaveSingleItem();
        told.Type.ShouldBe("SurveyInvited");
        told.Message.GetProperty("version").GetInt32().ShouldBe(1);
        told.Message.GetProperty("facts").GetProperty("team").GetString().ShouldBe("front-line");
        told.Message.ToString().ShouldNotContain("/s/");
    }

    [Fact]
    public async Task Two_rounds_at_once_send_one_invitation_each()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 20; i++)
            numbers.Add((await world.Confirmed()).Number);
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        var worker = world
            .Host.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>()
            .OfType<DispatchInvitations>()
            .Single();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => worker.SendDue(TestContext.Current.CancellationToken)));

        await using var db = world.Db();
        var asked = db.Invitations.Where(i => numbers.Contains(i.Number));
        await Eventually.That(async () => !await asked.AnyAsync(i => i.State == InvitationState.Queued));
        (await asked.Select(i => i.EventVersion).ToListAsync()).ShouldBe(Enumerable.Repeat(1, 20));
    }

    [Fact]
    public async Task Reopening_before_the_answer_withdraws_it_and_the_new_episode_has_its_own()
    {
        var confirmed = await world.Confirmed();
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        await world.Sent(confirmed.Number);

        await world.Reopen(confirmed);
        await world.Reopen(confirmed);

        var withdrawn = await world.Invitation(confirmed.Number);
        (withdrawn.State, withdrawn.Reason).ShouldBe((InvitationState.Cancelled, "reopened"));
        (await world.Events("number", confirmed.Number))
            .Select(e => e.Type)
            .ShouldBe(["SurveyInvited", "SurveyInvitationCancelled"]);

        await world.Confirm(confirmed with { Episode = 2, OccurredAt = world.Now });
        world.Clock.Advance(TimeSpan.FromSeconds(61));
        (await world.Sent(confirmed.Number)).Episode.ShouldBe(2);
    }

    [Fact]
    public async Task A_reopening_that_is_told_before_its_confirmation_wins()
    {
        var confirmed = Told.Confirmed(world.Now);
        await world.Know(Told.Customer(confirmed.CustomerId));
        await world.Reopen(confirmed);

        await world.Confirm(confirmed);

        var row = await world.Invitation(confirmed.Number);
        (row.State, row.Reason).ShouldBe((InvitationState.Cancelled, "reopened"));
    }

    [Fact]
    public async Task A_cancelled_ticket_is_asked_about_by_nobody_whatever_comes_first()
    {
        var (late, early) = (await world.Confirmed(), Told.Confirmed(world.Now));
        foreach (var ticket in new[] { late, early })
            await world.Take<WithdrawInvitationOnTicketCancelled>(
                (slice, ct) => slice.Withdraw(Told.Cancelled(ticket, world.Now), ct)
            );
        await world.Confirm(early);

        foreach (var ticket in new[] { late, early })
            (await world.Invitation(ticket.Number)).Reason.ShouldBe("ticket_cancelled");
    }

    [Theory]
    [InlineData("unreachable")]
    [InlineData("do_not_contact")]
    [InlineData("no_human_contact")]
    public async Task Whoever_may_not_be_asked_is_not_and_the_reason_is_told(string reason)
    {
        var silent = reason == "no_human_contact";
        var confirmed = Told.Confirmed(
            world.Now,
            confirmation: silent ? Confirmation.BySilence : Confirmation.Confirmed,
            contact: !silent
        );
        var wishes = reason == "do_not_contact" ? new[] { new DoNotContact(null, "survey", null, "crm") } : [];
        await world.Know(Told.Customer(confirmed.CustomerId, phone: reason != "unreachable", wishes: wishes));
        await world.Confirm(confirmed);

        world.Clock.Advance(TimeSpan.FromSeconds(61));

        await Eventually.That(async () =>
            (await world.Invitation(confirmed.Number)).State == InvitationState.Suppressed
        );
        (await world.Invitation(confirmed.Number)).Reason.ShouldBe(reason);
        var told = (await world.Events("number", confirmed.Number)).ShouldHaveSingleItem();
        told.Type.ShouldBe("SurveyInvitationSuppressed");
        told.Message.GetProperty("reason").GetString().ShouldBe(reason);
    }

    [Fact]
    public async Task Silence_after_somebody_had_spoken_with_the_customer_is_asked_about()
    {
        var confirmed = Told.Confirmed(world.Now, confirmation: Confirmation.BySilence, contact: true);
        await world.Know(Told.Customer(confirmed.CustomerId));
        await world.Confirm(confirmed);

        world.Clock.Advance(TimeSpan.FromSeconds(61));

        (await world.Sent(confirmed.Number)).Reason.ShouldBeNull();
    }

    [Fact]
    public async Task A_customer_who_is_told_later_is_waited_for()
    {
        var confirmed = Told.Confirmed(world.Now);
        await world.Confirm(confirmed);
        world.Clock.Advance(TimeSpan.FromSeconds(70));
        (await world.Invitation(confirmed.Number)).State.ShouldBe(InvitationState.Queued);

        await world.Know(Told.Customer(confirmed.CustomerId));
        world.Clock.Advance(TimeSpan.FromSeconds(10));

        (await world.Sent(confirmed.Number)).Channel.ShouldBe(Channel.Phone);
    }

    [Fact]
    public async Task Of_a_customers_versions_the_newest_counts_and_silence_keeps_the_wishes()
    {
        var id = Guid.CreateVersion7();
        DoNotContact[] wishes = [new(Channel.Phone, null, null, "crm")];
        await world.Know(Told.Customer(id, 3, email: true, wishes: wishes), Told.Customer(id, 2, phone: false));
        await world.Know(Told.Customer(id, 1));
        await world.Know(Told.Customer(id, 4, email: true));

        await using var db = world.Db();
        var row = await db.Customers.SingleAsync(c => c.CustomerId == id);

        row.Version.ShouldBe(4);
        var known = Contacts.Of(row);
        known.Wishes.ShouldHaveSingleItem().Way.ShouldBe(Way.Phone);
        ContactRules.Decide(known, Way.Phone, world.Now).Way.ShouldBe(Way.Email);
    }

    [Fact]
    public async Task An_agent_sends_it_now_and_only_once()
    {
        var confirmed = await world.Confirmed();

        using var sent = await world.Agent.PostAsJsonAsync("/v1/invitations", new { ticket = confirmed.Number });
        using var again = await world.Agent.PostAsJsonAsync("/v1/invitations", new { ticket = confirmed.Number });
        using var unknown = await world.Agent.PostAsJsonAsync("/v1/invitations", new { ticket = "R26-9999999" });

        sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        var view = await World.Json(sent);
        ((string)view["state"]!).ShouldBe("sent");
        ((string)view["url"]!).ShouldStartWith("/s/");
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string)(await World.Json(again))["code"]!).ShouldBe("already_invited");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        (await world.Events("number", confirmed.Number)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task By_hand_the_same_rules_hold_and_a_changed_mind_can_be_followed()
    {
        var confirmed = Told.Confirmed(world.Now);
        await world.Know(Told.Customer(confirmed.CustomerId, 1, wishes: [new(null, null, null, "crm")]));
        await world.Confirm(confirmed);

        using var refused = await world.Agent.PostAsJsonAsync("/v1/invitations", new { ticket = confirmed.Number });
        ((string)(await World.Json(refused))["reason"]!).ShouldBe("do_not_contact");
        await world.Know(Told.Customer(confirmed.CustomerId, 2, wishes: []));
        using var sent = await world.Agent.PostAsJsonAsync("/v1/invitations", new { ticket = confirmed.Number });

        sent.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await world.Events("number", confirmed.Number))
            .Select(e => e.Type)
            .ShouldBe(["SurveyInvitationSuppressed", "SurveyInvited"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task By_hand_nobody_is_asked_about_a_ticket_that_was_reopened_or_cancelled(bool reopened)
    {
        var confirmed = Told.Confirmed(world.Now);
        await world.Know(Told.Customer(confirmed.CustomerId, 1, wishes: [new(null, null, null, "crm")]));
        await world.Confirm(confirmed);
        using var refused = await world.Agent.PostAsJsonAsync("/v1/invitations", new { ticket = confirmed.Number });
        ((string)(await World.Json(refused))["code"]!).ShouldBe("suppressed");

        if (reopened)
            await world.Reopen(confirmed);
        else
            await world.Take<WithdrawInvitationOnTicketCancelled>(
                (slice, ct) => slice.Withdraw(Told.Cancelled(confirmed, world.Now), ct)
            );
        await world.Know(Told.Customer(confirmed.CustomerId, 2, wishes: []));

        using var past = await world.Agent.PostAsJsonAsync("/v1/invitations", new { ticket = confirmed.Number });
        past.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string)(await World.Json(past))["code"]!).ShouldBe("cancelled");
        (await world.Events("number", confirmed.Number)).Select(e => e.Type).ShouldBe(["SurveyInvitationSuppressed"]);
    }

    [Fact]
    public async Task Who_sees_the_link_and_who_sees_the_invitation()
    {
        var (url, _, row) = await world.Invited();
        var path = $"/v1/invitations?ticket={row.Number}";

        ((string?)(await World.Get(world.Integration, path))["items"]![0]!["url"]).ShouldBe(url);
        ((string?)(await World.Get(world.Agent, path))["items"]![0]!["url"]).ShouldBe(url);
        ((string?)(await World.Get(world.Analyst, path))["items"]![0]!["url"]).ShouldBeNull();
        (await World.Get(world.As("sun.li", ["agent"], "product-support"), path))["items"]!.AsArray().ShouldBeEmpty();
        (await World.Get(world.As("crm", ["integration"]), path))["items"]!.AsArray().ShouldBeEmpty();
        (await world.Customer.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await world.Agent.GetAsync("/v1/invitations")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Notifications_gets_the_link_of_an_open_invitation()
    {
        var (url, _, row) = await world.Invited("en");
        var service = world.As("notifications", ["service"]);
        var path = $"/internal/invitations/{row.Id}/link";

        var link = await World.Get(service, path);
        ((string)link["url"]!).ShouldBe(url);
        ((string)link["language"]!).ShouldBe("en");
        (await world.Agent.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await service.GetAsync($"/internal/invitations/{Guid.CreateVersion7()}/link")).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );

        world.Clock.Advance(TimeSpan.FromDays(15));
        (await service.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (
            (string)(await World.Get(world.Agent, $"/v1/invitations?ticket={row.Number}"))["items"]![0]!["state"]!
        ).ShouldBe("expired");
    }
}
