using CustomerFeedback.Contracts;
using CustomerFeedback.Contracts.Notifications;
using CustomerFeedback.Messaging;
using CustomerFeedback.Notifications.Data;
using CustomerFeedback.Notifications.Domain;
using CustomerFeedback.Notifications.Features.Announcing;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Notifications.Tests.Features.Sending;

/// <summary>From an event to the provider, with real listeners for the services that are asked on the way.</summary>
public sealed class CourierTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    private async Task<DeliveryRow> Sent(DeliveryRow row)
    {
        await world.Enqueue(row);
        await world.Send();
        return await world.Row(row.Id);
    }

    [Fact]
    public async Task An_accepted_request_is_acknowledged_with_its_number_and_the_promised_time()
    {
        var request = Announced.Request("zh-CN", Announced.FirstContact);
        var row = world.Slice<AcknowledgeOnRequestReceived>().Acknowledge(request);

        var sent = await Sent(row);

        sent.State.ShouldBe(DeliveryState.Delivered);
        (sent.Channel, sent.Adapter, sent.MaskedRecipient, sent.Attempts).ShouldBe(("phone", "log", "138****1234", 1));
        sent.EndedAt.ShouldBe(world.Clock.GetUtcNow());
        var message = world.Provider.Only(row.Id);
        message.To.ShouldBe("13800001234");
        message.Text.ShouldBe(
            $"您好，您的请求已受理，编号 {request.Number}。我们的工作人员会在 2026-11-21 09:15 (UTC+8) 前与您联系。"
        );
        world.Neighbours.Asked.ShouldContain((Neighbours.Contacts, "Bearer a-token"));
        var asked = world.Neighbours.Questions.Single(question => (Guid)question["customer"]! == row.CustomerId);
        ((string)asked["purpose"]!, (string)asked["channel"]!).ShouldBe(("notification", "app"));

        var (type, told) = (await world.Events(row.Id)).ShouldHaveSingleItem();
        type.ShouldBe("NotificationDelivered");
        ((string)told["template"]!).ShouldBe("request-accepted");
        ((string)told["recipient"]!).ShouldBe("customer");
        ((string)told["channel"]!).ShouldBe("phone");
        told.ToJsonString().ShouldNotContain("13800001234");
    }

    [Fact]
    public async Task English_and_a_request_without_a_promise()
    {
        var row = world.Slice<AcknowledgeOnRequestReceived>().Acknowledge(Announced.Request("en-US"));
        (await Sent(row)).Language.ShouldBe("en");
        world.Provider.Only(row.Id).Text.ShouldContain("as soon as we can");
    }

    [Fact]
    public async Task The_survey_link_and_the_status_link_are_asked_for_at_the_moment_of_sending()
    {
        var invited = world.Slice<SendLinkOnSurveyInvited>().Send(Announced.Invited("en"));
        var resolved = world.Slice<AskConfirmationOnTicketResolved>().Ask(Announced.Resolved());
        await Sent(invited);
        await Sent(resolved);
        world
            .Provider.Only(invited.Id)
            .Text.ShouldContain("https://feedback.example.com/s/a-survey-token (valid until");
        world.Provider.Only(resolved.Id).Text.ShouldContain("https://feedback.example.com/status/a-status-token");
        world.Provider.Only(resolved.Id).Language.ShouldBe("zh-CN");

        // Nothing of it is kept: neither address nor link.
        await using var db = world.Database.Context();
        var kept = await db
            .Database.SqlQuery<string>($"SELECT string_agg(d::text, '') AS \"Value\" FROM deliveries d")
            .SingleAsync();
        kept.ShouldNotContain("13800001234");
        kept.ShouldNotContain("-token");
    }

    [Fact]
    public async Task Who_was_given_a_ticket_gets_a_summary_as_it_is_when_it_is_sent()
    {
        var assigned = Announced.Assigned();
        var row = world.Slice<AlertOnTicketAssigned>().Alert(assigned).ShouldHaveSingleItem();
        world.Neighbours.Answers[$"/internal/tickets/{assigned.Number}/briefing"] = (
            200,
            Neighbours.Briefing(
                "upset",
                new { clock = "first_contact", dueAt = Announced.Then.AddMinutes(15) },
                new { clock = "resolution", dueAt = (DateTimeOffset?)null }
            )
        );

        (await Sent(row)).State.ShouldBe(DeliveryState.Delivered);

        var message = world.Provider.Only(row.Id);
        (message.To, message.Channel).ShouldBe(("li.wei", "alert"));
        message.Subject.ShouldBe($"新工单：{assigned.Number}（紧急）");
        message.Text.ShouldBe(
            $"客户情绪激动：先致歉并倾听。工单 {assigned.Number} 已分配给您。客户：张*（VIP 客户）。问题：投诉 / 物流，二级（部分体验受损），紧急。时限：\n首次联系 2026-11-21 09:15 (UTC+8)\n解决 暂停中"
        );
    }

    [Fact]
    public async Task Who_took_a_ticket_or_lost_it_again_is_told_nothing()
    {
        world.Slice<AlertOnTicketAssigned>().Alert(Announced.Assigned(kind: "claimed")).ShouldBeEmpty();
        world.Slice<AlertOnTicketAssigned>().Alert(Announced.Assigned(assignee: null)).ShouldBeEmpty();

        var assigned = Announced.Assigned();
        var row = world.Slice<AlertOnTicketAssigned>().Alert(assigned).ShouldHaveSingleItem();
        world.Neighbours.Answers[$"/internal/tickets/{assigned.Number}/briefing"] = (409, new { code = "reassigned" });
        var settled = await Sent(row);
        (settled.State, settled.Reason).ShouldBe((DeliveryState.Suppressed, "reassigned"));
        world.Provider.Sent.ShouldNotContain(message => message.Id == row.Id);
    }

    [Fact]
    public async Task A_token_that_was_exchanged_opens_the_next_door_without_a_restart()
    {
        var before = await File.ReadAllTextAsync(world.Neighbours.TokenFile, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            world.Neighbours.TokenFile,
            "a-young-token",
            TestContext.Current.CancellationToken
        );
        await Sent(world.Slice<AcknowledgeOnRequestReceived>().Acknowledge(Announced.Request("en-US")));
        world.Neighbours.Asked.ShouldContain((Neighbours.Contacts, "Bearer a-young-token"));
        await File.WriteAllTextAsync(world.Neighbours.TokenFile, before, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Who_does_not_want_to_be_contacted_or_cannot_be_is_not_written_to()
    {
        foreach (var reason in (string[])["do_not_contact", "unreachable"])
        {
            var row = world.Slice<SendLinkOnSurveyInvited>().Send(Announced.Invited());
            world.Neighbours.Refusals[row.CustomerId!.Value] = reason;
            var settled = await Sent(row);
            (settled.State, settled.Reason, settled.Attempts).ShouldBe((DeliveryState.Suppressed, reason, 0));
            world.Provider.Sent.ShouldNotContain(message => message.Id == row.Id);
            var (type, told) = (await world.Events(row.Id)).ShouldHaveSingleItem();
            type.ShouldBe("NotificationFailed");
            ((string)told["reason"]!).ShouldBe(reason);
        }
    }

    [Fact]
    public async Task Intake_is_asked_once_for_all_that_a_worker_has_taken()
    {
        var rows = Enumerable.Range(0, 5).Select(_ => world.Slice<SendLinkOnSurveyInvited>().Send(Announced.Invited()));
        DeliveryRow[] mixed =
        [
            .. rows,
            world.Slice<AlertOnSlaBreached>().Alert(Announced.Breached()).ShouldHaveSingleItem(),
        ];
        world.Neighbours.Refusals[mixed[2].CustomerId!.Value] = "unreachable";
        var before = world.Neighbours.Asked.Count(asked => asked.Path == Neighbours.Contacts);
        await world.Enqueue(mixed);
        await world.Send();

        world.Neighbours.Asked.Count(asked => asked.Path == Neighbours.Contacts).ShouldBe(before + 1);
        foreach (var row in mixed)
            (await world.Row(row.Id)).State.ShouldBe(
                row == mixed[2] ? DeliveryState.Suppressed : DeliveryState.Delivered
            );
    }

    [Fact]
    public async Task A_link_that_has_been_withdrawn_is_not_sent()
    {
        var row = world.Slice<SendLinkOnSurveyInvited>().Send(Announced.Invited());
        world.Neighbours.Answers[$"/internal/invitations/{row.InvitationId}/link"] = (410, new { code = "cancelled" });
        (await Sent(row)).Reason.ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_service_that_does_not_answer_only_delays()
    {
        var row = world.Slice<AskConfirmationOnTicketResolved>().Ask(Announced.Resolved());
        world.Neighbours.IntakeAnswers = false;
        for (var i = 0; i < 12; i++)
        {
            var waiting = await Sent(row);
            (waiting.State, waiting.Reason, waiting.Attempts).ShouldBe((DeliveryState.Queued, "intake_unavailable", 0));
            world.Clock.AdvanceTo(waiting.NextTryAt!.Value);
        }
        (await world.Events(row.Id)).ShouldBeEmpty();

        world.Neighbours.IntakeAnswers = true;
        (await Sent(row)).State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task A_provider_that_fails_is_tried_with_growing_pauses_under_one_id_and_given_up_at_last()
    {
        var row = world.Slice<AlertOnSlaBreached>().Alert(Announced.Breached()).ShouldHaveSingleItem();
        world.Provider.Answer = message =>
            message.Id == row.Id ? new Verdict.TryAgain("timeout") : new Verdict.Delivered();
        List<double> pauses = [];
        var waiting = await Sent(row);
        while (waiting.State == DeliveryState.Queued)
        {
            pauses.Add((waiting.NextTryAt!.Value - world.Clock.GetUtcNow()).TotalSeconds);
            world.Clock.AdvanceTo(waiting.NextTryAt.Value);
            waiting = await Sent(row);
        }

        pauses.ShouldBe([10, 20, 40, 80, 160, 320, 640]);
        (waiting.State, waiting.Reason, waiting.Attempts).ShouldBe((DeliveryState.Failed, "timeout", 8));
        world.Provider.Sent.Count(message => message.Id == row.Id).ShouldBe(8);
        world.Provider.Sent.First(message => message.Id == row.Id).To.ShouldBe("li.wei");
        ((string)(await world.Events(row.Id)).ShouldHaveSingleItem().Message["reason"]!).ShouldBe("timeout");
    }

    [Fact]
    public async Task In_the_quiet_hours_of_its_recipient_an_alert_waits_until_they_end()
    {
        var now = world.Clock.GetUtcNow();
        var end = now.AddHours(9);
        DeliveryRow[] held =
        [
            .. world.Slice<AlertOnTicketEscalated>().Alert(Announced.Escalated() with { NotifyFrom = end }),
            .. world.Slice<AlertOnSlaBreached>().Alert(Announced.Breached() with { NotifyFrom = end }),
        ];
        foreach (var row in held)
        {
            var kept = await Sent(row);
            (kept.State, kept.Attempts, kept.NextTryAt).ShouldBe((DeliveryState.Queued, 0, end));
        }

        // An end that is over holds nothing back.
        var late = world
            .Slice<AlertOnTicketEscalated>()
            .Alert(Announced.Escalated() with { NotifyFrom = now.AddHours(-1) });
        (await Sent(late.ShouldHaveSingleItem())).State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task What_a_dead_worker_had_is_taken_over_after_its_lease_and_the_dead_one_writes_nothing_down()
    {
        var row = world.Slice<AlertOnTicketEscalated>().Alert(Announced.Escalated()).ShouldHaveSingleItem();
        await world.Enqueue(row);
        var now = world.Clock.GetUtcNow();
        var lease = TimeSpan.FromMinutes(2);
        await using var db = world.Database.Context();
        var ct = TestContext.Current.CancellationToken;
        var dead = (await db.Claim(100, now, lease, ct)).Single(taken => taken.Id == row.Id);
        dead.State.ShouldBe(DeliveryState.Sending);
        (await db.Claim(100, now.AddMinutes(1), lease, ct)).ShouldNotContain(taken => taken.Id == row.Id);

        var taken = (await db.Claim(100, now.AddMinutes(2), lease, ct)).Single(taken => taken.Id == row.Id);
        taken.Claims.ShouldBe(2);
        var delivered = new Settlement(DeliveryState.Delivered, null, 1, null);
        (await db.Settle(dead, delivered, null, null, null, null, now, Told(dead), ct)).ShouldBeFalse();
        (await world.Events(row.Id)).ShouldBeEmpty();
        (await db.Settle(taken, delivered, null, null, null, null, now, Told(taken), ct)).ShouldBeTrue();
        (await world.Events(row.Id)).ShouldHaveSingleItem();

        OutboxRow Told(DeliveryRow by) =>
            OutboxRow.For(
                new NotificationDelivered(
                    by.Id,
                    1,
                    by.Template,
                    "log",
                    Channel.Unknown,
                    by.Recipient,
                    null,
                    null,
                    1,
                    now
                ),
                $"{by.Id}"
            );
    }

    [Fact]
    public async Task The_same_message_is_stored_once_and_sent_once_by_many_workers()
    {
        var breached = Announced.Breached();
        var rows = Enumerable.Range(0, 5).SelectMany(_ => world.Slice<AlertOnSlaBreached>().Alert(breached)).ToArray();
        await Task.WhenAll(rows.Select(row => world.Enqueue(row)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Send()));
        world.Provider.Sent.Count(message => message.Text.Contains(breached.Number)).ShouldBe(1);
        world.Slice<AlertOnSlaBreached>().Alert(Announced.Breached(assignee: null)).ShouldBeEmpty();
    }
}
