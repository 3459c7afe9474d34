using CustomerFeedback.Intake.Data;
using CustomerFeedback.Messaging;
using Npgsql;

namespace CustomerFeedback.Intake.Features.Accepting;

/// <summary>Stores many submissions in one transaction; where that fails, each in one of its own, so that none suffers for another.</summary>
internal sealed class AcceptBatch(
    AcceptDatabase database,
    RuleBook rules,
    AcceptTools tools,
    RelaySignal relay,
    TimeProvider clock,
    ILogger<AcceptBatch> log
)
{
    /// <summary>
    /// Racing duplicates find each other at a unique index, or at a customer; the second look finds the winner, and holds whom it finds. A bad
    /// connection is followed by a new one.
    /// </summary>
    private const int Attempts = 4;

    /// <summary>Answers every submission, one way or another.</summary>
    public async Task Run(IReadOnlyList<Submission> submissions)
    {
        if (submissions.Count == 1)
        {
            await RunAlone(submissions);
            return;
        }

        try
        {
            await Store(submissions);
        }
        catch (Exception e) when (!IsOutage(e))
        {
            log.BatchSplit(submissions.Count, (e as PostgresException)?.SqlState ?? e.GetType().Name);
            foreach (var submission in submissions)
                await RunAlone([submission]);
        }
        catch (Exception e)
        {
            Fail(submissions, e);
        }
    }

    private async Task RunAlone(IReadOnlyList<Submission> one)
    {
        var left = Attempts;
        while (true)
        {
            try
            {
                await Store(one, takesTurns: left < Attempts);
                return;
            }
            catch (PostgresException e) when (IsRace(e) && --left > 0)
            {
                log.SubmissionRaced(e.SqlState, e.ConstraintName);
            }
            catch (Exception e)
            {
                Fail(one, e);
                return;
            }
        }
    }

    private async Task Store(IReadOnlyList<Submission> submissions, bool takesTurns = false)
    {
        using var span = AcceptMetrics.Storing(submissions);
        try
        {
            await InTransaction(submissions, takesTurns);
        }
        catch (Exception e) when (LeavesStatementsInDoubt(e))
        {
            // The client may take a statement for prepared whose text it never sent: whoever came next on that connection would be refused, for ever.
            database.Source.Clear();
            throw;
        }
    }

    private async Task InTransaction(IReadOnlyList<Submission> submissions, bool takesTurns)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var known = await AcceptLookup.Ask(connection, Questions(submissions, takesTurns), CancellationToken.None);
        var book = await rules.At(known.Revision, connection, CancellationToken.None);

        var plan = new AcceptPlan(tools, known, book);
        var outcomes = new Outcome[submissions.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = plan.Decide(submissions[i]);

        if (!plan.ChangesNothing)
        {
            plan.Finish(clock.GetUtcNow());
            await AcceptWrite.Rows(plan, transaction);
            relay.Wake();
        }

        for (var i = 0; i < outcomes.Length; i++)
            submissions[i].Answer(outcomes[i]);
    }

    private AcceptQuestions Questions(IReadOnlyList<Submission> submissions, bool takesTurns)
    {
        var ask = new AcceptQuestions { Numbers = submissions.Count, TakesTurns = takesTurns };
        foreach (var submission in submissions)
        {
            if (submission.Key is { } key)
                ask.Keys.Add(key);
            if (submission.NaturalKey is { } natural)
                ask.NaturalKeys.Add(natural);

            var customer = submission.Request.Customer;
            if (customer.Id is { } id)
            {
                ask.Ids.Add(id);
                continue;
            }

            if (customer.ExternalId is { } externalId)
            {
                ask.ExternalIds.Add(externalId);
                continue;
            }

            if (tools.Index.Phone(customer.Phone?.Canonical) is { } phone)
                ask.Phones.Add(phone);
            if (tools.Index.Email(customer.Email?.Canonical) is { } email)
                ask.Emails.Add(email);
        }

        return ask;
    }

    private void Fail(IReadOnlyList<Submission> submissions, Exception cause)
    {
        // Nothing came back from the database, so nothing is known: the client repeats, and its key finds what was stored.
        var outage = IsOutage(cause);
        if (outage)
            log.DatabaseUnavailable(submissions.Count, cause);
        else
            log.SubmissionFailed(submissions.Count, cause);

        foreach (var submission in submissions)
        {
            if (outage)
                submission.Answer(new Outcome.Unavailable());
            else
                submission.Fail(cause);
        }
    }

    private static bool IsRace(PostgresException e) =>
        e.SqlState
            is PostgresErrorCodes.UniqueViolation
                or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.SerializationFailure
                or PostgresErrorCodes.InvalidSqlStatementName
                or AcceptWrite.CustomerMoved;

    /// <summary>We failed while a statement was being written, or the server does not know one that we take for prepared.</summary>
    private static bool LeavesStatementsInDoubt(Exception e) =>
        e is PostgresException told
            ? told.SqlState == PostgresErrorCodes.InvalidSqlStatementName
            : e is not NpgsqlException;

    private static bool IsOutage(Exception e) =>
        e is PostgresException told ? told.IsTransient && !IsRace(told) : e is NpgsqlException;
}
