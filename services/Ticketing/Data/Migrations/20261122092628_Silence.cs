using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerFeedback.Ticketing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Silence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "reminded_at",
                table: "tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_tickets_silent",
                table: "tickets",
                column: "resolved_at",
                filter: "status = 'resolved' AND confirmation IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_unreminded",
                table: "tickets",
                column: "resolved_at",
                filter: "status = 'resolved' AND confirmation IS NULL AND reminded_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_tickets_silent",
                table: "tickets");

            migrationBuilder.DropIndex(
                name: "ix_tickets_unreminded",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "reminded_at",
                table: "tickets");
        }
    }
}
