using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CustomerFeedback.Analytics.Data.Migrations;

/// <summary>What a job was asked for.</summary>
[DbContext(typeof(AnalyticsDbContext))]
[Migration("20261122190000_JobInput")]
internal sealed class JobInput : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE jobs ADD COLUMN input jsonb");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE jobs DROP COLUMN input");
}
