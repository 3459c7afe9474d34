using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerFeedback.Ticketing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Collaborations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "subject",
                table: "sla_clocks",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "collaborations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "text", nullable: false),
                    asked_by = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answer_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_by = table.Column<string>(type: "text", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answer_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_collaborations", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_collaborations_department",
                table: "collaborations",
                columns: new[] { "department", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_collaborations_ticket",
                table: "collaborations",
                column: "ticket_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "collaborations");

            migrationBuilder.DropColumn(
                name: "subject",
                table: "sla_clocks");
        }
    }
}
