using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CustomerFeedback.Ticketing.Data.Migrations;

/// <summary>What is in the timeline stays as it was written: not even this service can change it.</summary>
[DbContext(typeof(TicketingDbContext))]
[Migration("20261201000000_AppendOnlyTimeline")]
internal sealed class AppendOnlyTimeline : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the timeline is append-only';
            END $$;
            CREATE TRIGGER timeline_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON timeline
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TRIGGER timeline_is_append_only ON timeline; DROP FUNCTION refuse_change();");
}
