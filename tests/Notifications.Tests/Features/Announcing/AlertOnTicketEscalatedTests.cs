using CustomerFeedback.Contracts;
using CustomerFeedback.Notifications.Features.Announcing;

namespace CustomerFeedback.Notifications.Tests.Features.Announcing;

/// <summary>One instant, one person, one alert: the breach itself tells whoever holds the ticket.</summary>
public sealed class AlertOnTicketEscalatedTests(NotificationsWorld world) : IClassFixture<NotificationsWorld>
{
    [Theory]
    [InlineData("at:1", "li.wei", false)]
    [InlineData("at:1", "wang.fang", true)]
    [InlineData("at:0.8", "li.wei", true)]
    [InlineData("after:PT30M", "li.wei", true)]
    [InlineData("on:nothing-we-know", "li.wei", true)]
    public void The_step_at_the_breach_does_not_tell_the_assignee_again(string step, string recipient, bool told)
    {
        var escalated = Announced.Escalated(recipient) with { Step = step, To = EscalationTarget.Assignee };

        world.Slice<AlertOnTicketEscalated>().Alert(escalated).Any().ShouldBe(told);
    }
}
