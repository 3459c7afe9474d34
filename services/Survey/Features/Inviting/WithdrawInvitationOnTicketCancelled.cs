using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using MassTransit;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>Merged, spam or a duplicate: nobody is asked about it.</summary>
internal sealed class WithdrawInvitationOnTicketCancelled(SurveyDbContext db, TimeProvider time)
    : IConsumer<TicketCancelled>
{
    public Task Consume(ConsumeContext<TicketCancelled> context) =>
        db.HandleOnce(context, ct => Withdraw(context.Message, ct));

    internal async Task Withdraw(TicketCancelled cancelled, CancellationToken ct)
    {
        await TicketTurns.Take(db, cancelled.Number, episode: 1, cancelled: true, ct);
        await TicketTurns.Withdraw(
            db,
            cancelled.Number,
            int.MaxValue,
            ContactRules.TicketCancelled,
            Instants.Truncate(time.GetUtcNow()),
            ct
        );
    }
}
