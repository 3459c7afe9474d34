using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerFeedback.Ticketing.Data.Migrations
{
    /// <inheritdoc />
    public partial class WorkingDays : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.InsertData(
                table: "sla_calendars",
                columns: new[] { "calendar_id", "version", "body", "published_at", "published_by" },
                values: new object[] { "working-days", 1, "{\"id\":\"working-days\",\"zone\":\"Asia/Shanghai\",\"week\":{\"mon\":[\"00:00-24:00\"],\"tue\":[\"00:00-24:00\"],\"wed\":[\"00:00-24:00\"],\"thu\":[\"00:00-24:00\"],\"fri\":[\"00:00-24:00\"]},\"holidays\":[],\"workdays\":[]}", new DateTimeOffset(new DateTime(2026, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), "seed" });

            migrationBuilder.UpdateData(
                table: "sla_policies",
                keyColumns: new[] { "policy_id", "version" },
                keyValues: new object[] { "default", 1 },
                column: "body",
                value: "{\"id\":\"default\",\"order\":1000,\"match\":{\"type\":null,\"category\":null,\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"team\":null},\"calendar\":\"always\",\"targets\":{\"first_contact\":{\"normal\":\"PT1H\",\"urgent\":\"PT15M\",\"critical\":\"PT15M\"},\"emergency_mobilisation\":{\"normal\":\"PT1H\",\"urgent\":\"PT1H\",\"critical\":\"PT1H\"},\"solution_plan\":{\"normal\":\"PT2H\",\"urgent\":\"PT2H\",\"critical\":\"PT2H\"},\"complaint_response\":{\"normal\":\"PT4H\",\"urgent\":\"PT4H\",\"critical\":\"PT4H\"},\"progress_update\":{\"simple\":\"PT2H\",\"complex\":\"PT24H\",\"cap\":\"PT48H\"},\"resolution\":{\"normal\":\"PT72H\",\"urgent\":\"PT24H\",\"critical\":\"PT8H\"},\"survey_dispatch\":{\"normal\":\"PT2H\",\"urgent\":\"PT2H\",\"critical\":\"PT2H\"},\"complaint_follow_up\":{\"normal\":\"PT24H\",\"urgent\":\"PT24H\",\"critical\":\"PT24H\"},\"feedback_follow_up\":{\"normal\":\"PT72H\",\"urgent\":\"PT72H\",\"critical\":\"PT72H\",\"calendar\":\"working-days\"}},\"warnAt\":[0.5,0.8],\"escalation\":[{\"at\":1,\"to\":\"assignee\"},{\"after\":\"PT30M\",\"to\":\"lead\"},{\"after\":\"PT1H\",\"to\":\"manager\"},{\"after\":\"PT2H\",\"to\":\"duty\"}],\"pauseOn\":{\"resolution\":[\"waiting_customer\"],\"progress_update\":[\"customer_scheduled\"]}}");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DeleteData(
                table: "sla_calendars",
                keyColumns: new[] { "calendar_id", "version" },
                keyValues: new object[] { "working-days", 1 });

            migrationBuilder.UpdateData(
                table: "sla_policies",
                keyColumns: new[] { "policy_id", "version" },
                keyValues: new object[] { "default", 1 },
                column: "body",
                value: "{\"id\":\"default\",\"order\":1000,\"match\":{\"type\":null,\"category\":null,\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"team\":null},\"calendar\":\"always\",\"targets\":{\"first_contact\":{\"normal\":\"PT1H\",\"urgent\":\"PT15M\",\"critical\":\"PT15M\"},\"emergency_mobilisation\":{\"normal\":\"PT1H\",\"urgent\":\"PT1H\",\"critical\":\"PT1H\"},\"solution_plan\":{\"normal\":\"PT2H\",\"urgent\":\"PT2H\",\"critical\":\"PT2H\"},\"complaint_response\":{\"normal\":\"PT4H\",\"urgent\":\"PT4H\",\"critical\":\"PT4H\"},\"progress_update\":{\"simple\":\"PT2H\",\"complex\":\"PT24H\",\"cap\":\"PT48H\"},\"resolution\":{\"normal\":\"PT72H\",\"urgent\":\"PT24H\",\"critical\":\"PT8H\"},\"survey_dispatch\":{\"normal\":\"PT2H\",\"urgent\":\"PT2H\",\"critical\":\"PT2H\"},\"complaint_follow_up\":{\"normal\":\"PT24H\",\"urgent\":\"PT24H\",\"critical\":\"PT24H\"},\"feedback_follow_up\":{\"normal\":\"PT72H\",\"urgent\":\"PT72H\",\"critical\":\"PT72H\"}},\"warnAt\":[0.5,0.8],\"escalation\":[{\"at\":1,\"to\":\"assignee\"},{\"after\":\"PT30M\",\"to\":\"lead\"},{\"after\":\"PT1H\",\"to\":\"manager\"},{\"after\":\"PT2H\",\"to\":\"duty\"}],\"pauseOn\":{\"resolution\":[\"waiting_customer\"],\"progress_update\":[\"customer_scheduled\"]}}");
        }
    }
}
