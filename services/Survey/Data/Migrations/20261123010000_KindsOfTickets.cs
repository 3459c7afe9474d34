using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CustomerFeedback.Survey.Data.Migrations;

/// <summary>What is told late of a ticket's kind must not undo what was told since.</summary>
[DbContext(typeof(SurveyDbContext))]
[Migration("20261123010000_KindsOfTickets")]
public partial class KindsOfTickets : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<int>("kind_version", "tickets", "integer", nullable: false, defaultValue: 0);

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.DropColumn("kind_version", "tickets");
}
