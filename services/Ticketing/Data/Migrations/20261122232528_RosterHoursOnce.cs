using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerFeedback.Ticketing.Data.Migrations
{
    /// <inheritdoc />
    public partial class RosterHoursOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.UpdateData(
                table: "staff",
                keyColumns: new[] { "id", "kind" },
                keyValues: new object[] { "around-the-clock", "roster" },
                column: "body",
                value: "{\"id\":\"around-the-clock\",\"zone\":\"Asia/Shanghai\",\"week\":{\"mon\":[\"00:00-24:00\"],\"tue\":[\"00:00-24:00\"],\"wed\":[\"00:00-24:00\"],\"thu\":[\"00:00-24:00\"],\"fri\":[\"00:00-24:00\"],\"sat\":[\"00:00-24:00\"],\"sun\":[\"00:00-24:00\"]},\"holidays\":[],\"workdays\":[],\"agents\":[\"li.wei\",\"wang.fang\",\"sun.li\",\"lin.yue\",\"zhou.jun\",\"xu.mei\",\"wu.xia\",\"he.ping\",\"zheng.hao\",\"gao.feng\",\"zhao.min\",\"chen.jie\"]}");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.UpdateData(
                table: "staff",
                keyColumns: new[] { "id", "kind" },
                keyValues: new object[] { "around-the-clock", "roster" },
                column: "body",
                value: "{\"id\":\"around-the-clock\",\"zone\":\"Asia/Shanghai\",\"week\":{\"mon\":[\"00:00-24:00\"],\"tue\":[\"00:00-24:00\"],\"wed\":[\"00:00-24:00\"],\"thu\":[\"00:00-24:00\"],\"fri\":[\"00:00-24:00\"],\"sat\":[\"00:00-24:00\"],\"sun\":[\"00:00-24:00\"]},\"holidays\":[],\"workdays\":[],\"agents\":[\"li.wei\",\"wang.fang\",\"sun.li\",\"lin.yue\",\"zhou.jun\",\"xu.mei\",\"wu.xia\",\"he.ping\",\"zheng.hao\",\"gao.feng\",\"zhao.min\",\"chen.jie\"],\"hours\":{\"id\":\"around-the-clock\",\"zone\":\"Asia/Shanghai\",\"week\":{\"mon\":[\"00:00-24:00\"],\"tue\":[\"00:00-24:00\"],\"wed\":[\"00:00-24:00\"],\"thu\":[\"00:00-24:00\"],\"fri\":[\"00:00-24:00\"],\"sat\":[\"00:00-24:00\"],\"sun\":[\"00:00-24:00\"]},\"holidays\":[],\"workdays\":[]}}");
        }
    }
}
