using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Inviting;
using MassTransit;

namespace CustomerFeedback.Survey.Features.Inviting;

/// <summary>It was not solved after all: nobody is asked about the episodes before, also where this is told first.</summary>
internal sealed class WithdrawInvitationOnTicketReopened(SurveyDbContext db, TimeProvider time)
    : IConsumer<TicketReopened>
{
    public Task Consume(ConsumeContext<TicketReopened> context) =>
        db.HandleOnce(context, ct => Withdraw(context.Message, ct));

    internal async Task Withdraw(TicketReopened reopened, CancellationToken ct)
    {
        await TicketTurns.Take(db, reopened.Number, reopened.Episode, cancelled: false, ct);
        await TicketTurns.Withdraw(
            db,
            reopened.Number,
            reopened.Episode,
            ContactRules.Reopened,
            Instants.Truncate(time.GetUtcNow()),
            ct
        );
    }
}
