using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CustomerFeedback.Analytics.Data.Migrations;

/// <summary>Finds the running clocks that are past due, however many clocks there have been.</summary>
[DbContext(typeof(AnalyticsDbContext))]
[Migration("20261122063000_OverdueClocks")]
internal sealed class OverdueClocks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "CREATE INDEX clock_facts_running ON facts.clock_facts (due_at) WHERE state = 'running' AND NOT breached"
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP INDEX facts.clock_facts_running");
}
