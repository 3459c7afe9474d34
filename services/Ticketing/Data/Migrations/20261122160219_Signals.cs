using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerFeedback.Ticketing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Signals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "heard_at",
                table: "tickets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset[]>(
                name: "recent_pauses",
                table: "tickets",
                type: "timestamp with time zone[]",
                nullable: false,
                defaultValue: new DateTimeOffset[0]);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "heard_at",
                table: "tickets");

            migrationBuilder.DropColumn(
                name: "recent_pauses",
                table: "tickets");
        }
    }
}
