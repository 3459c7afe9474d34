using System;
using CustomerFeedback.Survey.Data;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CustomerFeedback.Survey.Data.Migrations;

/// <summary>What is published stays as it is, by the database's own word; and the questionnaire and rules of the first day.</summary>
[DbContext(typeof(SurveyDbContext))]
[Migration("20261122060300_BuiltInQuestionnaires")]
internal sealed class BuiltInQuestionnaires : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE FUNCTION refuse_change_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'retired'
                   AND (NEW.id, NEW.version, NEW.body, NEW.published_at) = (OLD.id, OLD.version, OLD.body, OLD.published_at) THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'a published questionnaire never changes';
            END $$;
            CREATE TRIGGER published_never_changes BEFORE UPDATE OR DELETE ON questionnaires
                FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION refuse_change_of_published();
            """
        );
        migrationBuilder.Sql(
            Seeds.Questionnaire("ticket-satisfaction", new Guid("019b7680-4800-7000-8000-000000000001"))
        );
        migrationBuilder.Sql(Seeds.RecoveryRules(1));
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "DROP TRIGGER published_never_changes ON questionnaires; DROP FUNCTION refuse_change_of_published(); DELETE FROM questionnaires; DELETE FROM recovery_rules;"
        );
}
