using CustomerFeedback.Contracts.Survey;
using CustomerFeedback.Messaging;
using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Survey.Data;
using CustomerFeedback.Survey.Domain.Answers;
using CustomerFeedback.Survey.Features.Recovery;
using QuestionType = CustomerFeedback.Survey.Domain.Questionnaires.QuestionType;

namespace CustomerFeedback.Survey.Features.Answering;

/// <summary>Takes a response in, once per personal link: the answers, what the others are told, and the call for help where one is needed.</summary>
internal sealed class Acceptance(SurveyDbContext db, RecoveryBook book, RelaySignal relay, TimeProvider time)
{
    internal sealed record Accepted(Guid Id, DateTimeOffset SubmittedAt, IReadOnlyList<string> Flags);

    /// <summary>Null where somebody else was faster, or the link was withdrawn meanwhile.</summary>
    public async Task<Accepted?> Take(
        Asked asked,
        AnswerSheet sheet,
        string language,
        int? seconds,
        CancellationToken ct
    )
    {
        var now = Instants.Truncate(time.GetUtcNow());
        var flags = QualityFlags.Of(sheet, seconds is { } s ? TimeSpan.FromSeconds(s) : null, language);
        var completed = Completed(asked, sheet, language, seconds, flags, now);
        var rules = await book.Find(db, asked.RulesVersion, ct);
        var recovery = rules.Decide(sheet, completed.Facts is { } facts ? Words.Of(facts.Subcategory) : null);
        List<OutboxRow> events = [OutboxRow.For(completed, completed.ResponseId.ToString())];
        if (recovery is not null)
            events.Add(
                OutboxRow.For(
                    RecoveryCall.Of(completed, recovery, asked.RulesVersion, sheet),
                    completed.ResponseId.ToString()
                )
            );

        var row = new ResponseRow
        {
            Id = completed.ResponseId,
            InvitationId = asked.InvitationId,
            StoreLinkId = asked.StoreLinkId,
            QuestionnaireId = completed.QuestionnaireId,
            QuestionnaireVersion = completed.QuestionnaireVersion,
            CustomerId = completed.CustomerId,
            Number = completed.Number,
            Episode = completed.Episode,
            Mode = completed.Mode,
            Language = language,
            Store = completed.Store,
            Facts = asked.Facts,
            Answers = StoredJson.Write(
                sheet.Answers.ToDictionary(a => a.Key, a => WithoutWords(sheet, a.Key, a.Value))
            ),
            DurationSeconds = seconds,
            Flags = [.. flags],
            RecoveryDepartment = recovery?.Department,
            SubmittedAt = now,
        };
        var words = sheet
            .Answers.Where(a => IsWords(sheet, a.Key, a.Value))
            .ToDictionary(a => a.Key, a => a.Value.Text);
        if (!await db.Store(row, words.Count == 0 ? null : StoredJson.Write(words), events, ct))
            return null;
        if (db.Database.CurrentTransaction is null)
            relay.Wake();
        else
            db.AfterCommit(relay.Wake); // the idempotency filter's transaction
        return new(row.Id, now, flags);
    }

    private static SurveyCompleted Completed(
        Asked asked,
        AnswerSheet sheet,
        string language,
        int? seconds,
        IReadOnlyList<string> flags,
        DateTimeOffset now
    )
    {
        var facts = asked.TicketFacts();
        return new(
            Guid.CreateVersion7(),
            1,
            asked.InvitationId,
            sheet.Questionnaire.Id,
            asked.Version,
            asked.CustomerId,
            asked.Number,
            asked.Episode,
            asked.Mode,
            language,
            asked.Store ?? facts?.Store,
            facts,
            sheet.Answers(),
            seconds,
            flags,
            Pilot: false,
            now
        );
    }

    // A date is a fact like a number; everything else in words is the customer's own.
    private static bool IsWords(AnswerSheet sheet, string question, Answer answer) =>
        answer.Text is not null && sheet.Questionnaire.Find(question)!.Type is not QuestionType.Date;

    private static Answer WithoutWords(AnswerSheet sheet, string question, Answer answer) =>
        IsWords(sheet, question, answer) ? answer with { Text = null } : answer;
}
