using CustomerFeedback.Contracts.Ticketing;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace CustomerFeedback.Intake.Features.Copying;

/// <summary>Keeps a copy of every published version of a policy: promises are computed with the highest, without asking anybody.</summary>
internal sealed class CopyPolicyOnSlaPolicyPublished(IntakeDbContext db) : IConsumer<SlaPolicyPublished>
{
    public Task Consume(ConsumeContext<SlaPolicyPublished> context) =>
        db.HandleOnce(
            context,
            async ct =>
            {
                var policy = context.Message;
                await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO sla_policies (policy_id, version, policy, published_at)
                    VALUES ({policy.PolicyId}, {policy.Version}, {policy.Policy.GetRawText()}::jsonb, {policy.PublishedAt})
                    ON CONFLICT DO NOTHING
                    """,
                    ct
                );
                await db.Database.ExecuteSqlRawAsync(RuleBook.RaiseRevision, ct);
            }
        );
}
