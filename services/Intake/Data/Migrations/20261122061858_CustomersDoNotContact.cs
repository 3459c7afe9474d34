using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerFeedback.Intake.Data.Migrations
{
    /// <inheritdoc />
    public partial class CustomersDoNotContact : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<Guid>(
                name: "request_id",
                table: "personal_data_reads",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<string>(
                name: "purpose",
                table: "personal_data_reads",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "do_not_contact",
                table: "customers",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "purpose",
                table: "personal_data_reads");

            migrationBuilder.DropColumn(
                name: "do_not_contact",
                table: "customers");

            migrationBuilder.AlterColumn<Guid>(
                name: "request_id",
                table: "personal_data_reads",
                type: "uuid",
                nullable: false,
                defaultValue: Guid.Empty,
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);
        }
    }
}
