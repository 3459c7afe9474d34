using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace CustomerFeedback.Ticketing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "messaging");

            migrationBuilder.CreateTable(
                name: "agent_activity",
                columns: table => new
                {
                    agent = table.Column<string>(type: "text", nullable: false),
                    last_assigned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agent_activity", x => x.agent);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "bytea", nullable: false),
                    request_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    headers = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "messaging",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    consumer = table.Column<string>(type: "text", nullable: false),
                    handled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbox", x => new { x.message_id, x.consumer });
                });

            migrationBuilder.CreateTable(
                name: "notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    parts = table.Column<string>(type: "jsonb", nullable: true),
                    grams = table.Column<int[]>(type: "integer[]", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    headers = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: true),
                    queue = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    lease_owner = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_epoch = table.Column<int>(type: "integer", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_outbox", x => x.id);
                })
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_cost_delay", 0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_scale_factor", 0.0)
                .Annotation("Npgsql:StorageParameter:autovacuum_vacuum_threshold", 5000);

            migrationBuilder.CreateTable(
                name: "parked_messages",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    queue = table.Column<string>(type: "text", nullable: false),
                    dedupe_key = table.Column<string>(type: "text", nullable: false),
                    message_id = table.Column<string>(type: "text", nullable: true),
                    type = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    headers = table.Column<string>(type: "jsonb", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    first_seen = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    last_seen = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    replayed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_parked_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "routing_rules",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_routing_rules", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "sla_calendars",
                columns: table => new
                {
                    calendar_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    published_by = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sla_calendars", x => new { x.calendar_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "sla_clocks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ticket_id = table.Column<Guid>(type: "uuid", nullable: false),
                    clock = table.Column<string>(type: "text", nullable: false),
                    episode = table.Column<int>(type: "integer", nullable: false),
                    policy_id = table.Column<string>(type: "text", nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    calendar_id = table.Column<string>(type: "text", nullable: false),
                    calendar_version = table.Column<int>(type: "integer", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    breached_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_step_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    entries = table.Column<string>(type: "jsonb", nullable: false),
                    fired = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sla_clocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sla_policies",
                columns: table => new
                {
                    policy_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    body = table.Column<string>(type: "jsonb", nullable: false),
                    published_by = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sla_policies", x => new { x.policy_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "sla_steps",
                columns: table => new
                {
                    clock_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    fired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sla_steps", x => new { x.clock_id, x.step });
                });

            migrationBuilder.CreateTable(
                name: "staff",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    body = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_staff", x => new { x.kind, x.id });
                });

            migrationBuilder.CreateTable(
                name: "tickets",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_by = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    subcategory = table.Column<string>(type: "text", nullable: false),
                    complaint_level = table.Column<int>(type: "integer", nullable: true),
                    urgency = table.Column<string>(type: "text", nullable: false),
                    complex = table.Column<bool>(type: "boolean", nullable: false),
                    emotion = table.Column<string>(type: "text", nullable: false),
                    team = table.Column<string>(type: "text", nullable: false),
                    assignee = table.Column<string>(type: "text", nullable: true),
                    accountable_owner = table.Column<string>(type: "text", nullable: true),
                    episode = table.Column<int>(type: "integer", nullable: false),
                    confirmation = table.Column<string>(type: "text", nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    episode_started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    first_contact_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    opinion_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    plan_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    summary_written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    pause_reason = table.Column<string>(type: "text", nullable: true),
                    resume_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    breached = table.Column<bool>(type: "boolean", nullable: false),
                    nearest_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    row_version = table.Column<int>(type: "integer", nullable: false),
                    event_version = table.Column<int>(type: "integer", nullable: false),
                    entries = table.Column<int>(type: "integer", nullable: false),
                    classified_by_confidence = table.Column<double>(type: "double precision", nullable: false),
                    classified_by_overridden_by = table.Column<string>(type: "text", nullable: true),
                    classified_by_rule_id = table.Column<string>(type: "text", nullable: false),
                    classified_by_rules_version = table.Column<int>(type: "integer", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    customer_external_id = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "text", nullable: false),
                    masked_name = table.Column<string>(type: "text", nullable: true),
                    masked_phone = table.Column<string>(type: "text", nullable: true),
                    order_ref = table.Column<string>(type: "text", nullable: true),
                    preferred_channel = table.Column<string>(type: "text", nullable: true),
                    product = table.Column<string>(type: "text", nullable: true),
                    product_version = table.Column<string>(type: "text", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    region = table.Column<string>(type: "text", nullable: true),
                    segment = table.Column<string>(type: "text", nullable: false),
                    service_stage = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    store = table.Column<string>(type: "text", nullable: true),
                    type = table.Column<string>(type: "text", nullable: false),
                    routed_rule_id = table.Column<string>(type: "text", nullable: false),
                    routed_rules_version = table.Column<int>(type: "integer", nullable: false),
                    routed_skills = table.Column<string[]>(type: "text[]", nullable: false),
                    routed_to = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_tickets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "timeline",
                columns: table => new
                {
                    ticket_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    episode = table.Column<int>(type: "integer", nullable: false),
                    details = table.Column<string>(type: "jsonb", nullable: false),
                    note_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_timeline", x => new { x.ticket_id, x.seq });
                });

            migrationBuilder.InsertData(
                table: "routing_rules",
                columns: new[] { "version", "at", "by", "rules" },
                values: new object[] { 1, new DateTimeOffset(new DateTime(2026, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), "seed", "[{\"id\":\"emergency\",\"when\":{\"type\":null,\"category\":\"emergency_support\",\"subcategory\":null,\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"source\":null,\"product\":null,\"language\":null,\"region\":null,\"matchesEverything\":false},\"team\":\"duty\",\"to\":\"duty\",\"skills\":null},{\"id\":\"complaint-severe\",\"when\":{\"type\":null,\"category\":\"complaint\",\"subcategory\":null,\"complaintLevel\":1,\"urgency\":null,\"segment\":null,\"channel\":null,\"source\":null,\"product\":null,\"language\":null,\"region\":null,\"matchesEverything\":false},\"team\":\"front-line\",\"to\":\"manager\",\"skills\":null},{\"id\":\"complaint-partly\",\"when\":{\"type\":null,\"category\":\"complaint\",\"subcategory\":null,\"complaintLevel\":2,\"urgency\":null,\"segment\":null,\"channel\":null,\"source\":null,\"product\":null,\"language\":null,\"region\":null,\"matchesEverything\":false},\"team\":\"front-line\",\"to\":\"lead\",\"skills\":null},{\"id\":\"complaint-slight\",\"when\":{\"type\":null,\"category\":\"complaint\",\"subcategory\":null,\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"source\":null,\"product\":null,\"language\":null,\"region\":null,\"matchesEverything\":false},\"team\":\"front-line\",\"to\":\"agent\",\"skills\":null},{\"id\":\"business-product\",\"when\":{\"type\":null,\"category\":\"business_handling\",\"subcategory\":\"product_feature\",\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"source\":null,\"product\":null,\"language\":null,\"region\":null,\"matchesEverything\":false},\"team\":\"product-support\",\"to\":\"agent\",\"skills\":null},{\"id\":\"business-quality\",\"when\":{\"type\":null,\"category\":\"business_handling\",\"subcategory\":\"product_quality\",\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"source\":null,\"product\":null,\"language\":null,\"region\":null,\"matchesEverything\":false},\"team\":\"product-support\",\"to\":\"agent\",\"skills\":null},{\"id\":\"business-system\",\"when\":{\"type\":null,\"category\":\"business_handling\",\"subcategory\":\"system_failure\",\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"source\":null,\"product\":null,\"language\":null,\"region\":null,\"matchesEverything\":false},\"team\":\"product-support\",\"to\":\"agent\",\"skills\":null},{\"id\":\"business\",\"when\":{\"type\":null,\"category\":\"business_handling\",\"subcategory\":null,\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"source\":null,\"product\":null,\"language\":null,\"region\":null,\"matchesEverything\":false},\"team\":\"order-service\",\"to\":\"agent\",\"skills\":null},{\"id\":\"everything-else\",\"when\":{\"type\":null,\"category\":null,\"subcategory\":null,\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"source\":null,\"product\":null,\"language\":null,\"region\":null,\"matchesEverything\":true},\"team\":\"front-line\",\"to\":\"agent\",\"skills\":null}]" });

            migrationBuilder.InsertData(
                table: "sla_calendars",
                columns: new[] { "calendar_id", "version", "body", "published_at", "published_by" },
                values: new object[] { "always", 1, "{\"id\":\"always\",\"zone\":\"UTC\",\"week\":{\"mon\":[\"00:00-24:00\"],\"tue\":[\"00:00-24:00\"],\"wed\":[\"00:00-24:00\"],\"thu\":[\"00:00-24:00\"],\"fri\":[\"00:00-24:00\"],\"sat\":[\"00:00-24:00\"],\"sun\":[\"00:00-24:00\"]},\"holidays\":[],\"workdays\":[]}", new DateTimeOffset(new DateTime(2026, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), "seed" });

            migrationBuilder.InsertData(
                table: "sla_policies",
                columns: new[] { "policy_id", "version", "body", "published_at", "published_by" },
                values: new object[] { "default", 1, "{\"id\":\"default\",\"order\":1000,\"match\":{\"type\":null,\"category\":null,\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"team\":null},\"calendar\":\"always\",\"targets\":{\"first_contact\":{\"normal\":\"PT1H\",\"urgent\":\"PT15M\",\"critical\":\"PT15M\"},\"emergency_mobilisation\":{\"normal\":\"PT1H\",\"urgent\":\"PT1H\",\"critical\":\"PT1H\"},\"solution_plan\":{\"normal\":\"PT2H\",\"urgent\":\"PT2H\",\"critical\":\"PT2H\"},\"complaint_response\":{\"normal\":\"PT4H\",\"urgent\":\"PT4H\",\"critical\":\"PT4H\"},\"progress_update\":{\"simple\":\"PT2H\",\"complex\":\"PT24H\",\"cap\":\"PT48H\"},\"resolution\":{\"normal\":\"PT72H\",\"urgent\":\"PT24H\",\"critical\":\"PT8H\"},\"survey_dispatch\":{\"normal\":\"PT2H\",\"urgent\":\"PT2H\",\"critical\":\"PT2H\"},\"complaint_follow_up\":{\"normal\":\"PT24H\",\"urgent\":\"PT24H\",\"critical\":\"PT24H\"},\"feedback_follow_up\":{\"normal\":\"PT72H\",\"urgent\":\"PT72H\",\"critical\":\"PT72H\"}},\"warnAt\":[0.5,0.8],\"escalation\":[{\"at\":1,\"to\":\"assignee\"},{\"after\":\"PT30M\",\"to\":\"lead\"},{\"after\":\"PT1H\",\"to\":\"manager\"},{\"after\":\"PT2H\",\"to\":\"duty\"}],\"pauseOn\":{\"resolution\":[\"waiting_customer\"],\"progress_update\":[\"customer_scheduled\"]}}", new DateTimeOffset(new DateTime(2026, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), "seed" });

            migrationBuilder.InsertData(
                table: "staff",
                columns: new[] { "id", "kind", "body", "version" },
                values: new object[,]
                {
                    { "chen.jie", "agent", "{\"id\":\"chen.jie\",\"name\":\"陈杰\",\"role\":\"duty\",\"teams\":[\"duty\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "gao.feng", "agent", "{\"id\":\"gao.feng\",\"name\":\"高峰\",\"role\":\"lead\",\"teams\":[\"technical\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "he.ping", "agent", "{\"id\":\"he.ping\",\"name\":\"何平\",\"role\":\"lead\",\"teams\":[\"complaints\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "li.wei", "agent", "{\"id\":\"li.wei\",\"name\":\"李伟\",\"role\":\"agent\",\"teams\":[\"front-line\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "lin.yue", "agent", "{\"id\":\"lin.yue\",\"name\":\"林悦\",\"role\":\"lead\",\"teams\":[\"product-support\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "sun.li", "agent", "{\"id\":\"sun.li\",\"name\":\"孙丽\",\"role\":\"agent\",\"teams\":[\"product-support\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "wang.fang", "agent", "{\"id\":\"wang.fang\",\"name\":\"王芳\",\"role\":\"lead\",\"teams\":[\"front-line\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "wu.xia", "agent", "{\"id\":\"wu.xia\",\"name\":\"吴霞\",\"role\":\"agent\",\"teams\":[\"complaints\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "xu.mei", "agent", "{\"id\":\"xu.mei\",\"name\":\"徐梅\",\"role\":\"lead\",\"teams\":[\"order-service\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "zhao.min", "agent", "{\"id\":\"zhao.min\",\"name\":\"赵敏\",\"role\":\"manager\",\"teams\":[],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "zheng.hao", "agent", "{\"id\":\"zheng.hao\",\"name\":\"郑浩\",\"role\":\"agent\",\"teams\":[\"technical\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "zhou.jun", "agent", "{\"id\":\"zhou.jun\",\"name\":\"周军\",\"role\":\"agent\",\"teams\":[\"order-service\"],\"skills\":[],\"capacity\":null,\"active\":true}", 1 },
                    { "around-the-clock", "roster", "{\"id\":\"around-the-clock\",\"zone\":\"Asia/Shanghai\",\"week\":{\"mon\":[\"00:00-24:00\"],\"tue\":[\"00:00-24:00\"],\"wed\":[\"00:00-24:00\"],\"thu\":[\"00:00-24:00\"],\"fri\":[\"00:00-24:00\"],\"sat\":[\"00:00-24:00\"],\"sun\":[\"00:00-24:00\"]},\"holidays\":[],\"workdays\":[],\"agents\":[\"li.wei\",\"wang.fang\",\"sun.li\",\"lin.yue\",\"zhou.jun\",\"xu.mei\",\"wu.xia\",\"he.ping\",\"zheng.hao\",\"gao.feng\",\"zhao.min\",\"chen.jie\"],\"hours\":{\"id\":\"around-the-clock\",\"zone\":\"Asia/Shanghai\",\"week\":{\"mon\":[\"00:00-24:00\"],\"tue\":[\"00:00-24:00\"],\"wed\":[\"00:00-24:00\"],\"thu\":[\"00:00-24:00\"],\"fri\":[\"00:00-24:00\"],\"sat\":[\"00:00-24:00\"],\"sun\":[\"00:00-24:00\"]},\"holidays\":[],\"workdays\":[]}}", 1 },
                    { "complaints", "team", "{\"id\":\"complaints\",\"name\":{\"zh-CN\":\"投诉处理\",\"en\":\"Complaints\"},\"active\":true}", 1 },
                    { "duty", "team", "{\"id\":\"duty\",\"name\":{\"zh-CN\":\"值班\",\"en\":\"Duty\"},\"active\":true}", 1 },
                    { "front-line", "team", "{\"id\":\"front-line\",\"name\":{\"zh-CN\":\"一线客服\",\"en\":\"Front line\"},\"active\":true}", 1 },
                    { "order-service", "team", "{\"id\":\"order-service\",\"name\":{\"zh-CN\":\"订单服务\",\"en\":\"Order service\"},\"active\":true}", 1 },
                    { "product-support", "team", "{\"id\":\"product-support\",\"name\":{\"zh-CN\":\"产品支持\",\"en\":\"Product support\"},\"active\":true}", 1 },
                    { "technical", "team", "{\"id\":\"technical\",\"name\":{\"zh-CN\":\"技术支持\",\"en\":\"Technical support\"},\"active\":true}", 1 }
                });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_keys_created_at",
                schema: "messaging",
                table: "idempotency_keys",
                column: "created_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_handled_at",
                schema: "messaging",
                table: "inbox",
                column: "handled_at")
                .Annotation("Npgsql:IndexMethod", "brin");

            migrationBuilder.CreateIndex(
                name: "ix_notes_customer",
                table: "notes",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_notes_grams",
                table: "notes",
                column: "grams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_notes_ticket",
                table: "notes",
                column: "ticket_id");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_locked_until",
                schema: "messaging",
                table: "outbox",
                column: "locked_until");

            migrationBuilder.CreateIndex(
                name: "ix_parked_messages_replayed_at",
                schema: "messaging",
                table: "parked_messages",
                column: "replayed_at");

            migrationBuilder.CreateIndex(
                name: "ux_parked_messages_queue_key",
                schema: "messaging",
                table: "parked_messages",
                columns: new[] { "queue", "dedupe_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sla_clocks_next_step",
                table: "sla_clocks",
                column: "next_step_at",
                filter: "next_step_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_sla_clocks_ticket",
                table: "sla_clocks",
                column: "ticket_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_seq",
                table: "staff",
                columns: new[] { "kind", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_tickets_assignee",
                table: "tickets",
                columns: new[] { "assignee", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tickets_desk",
                table: "tickets",
                column: "assignee",
                filter: "assignee IS NOT NULL AND status IN ('new', 'assigned', 'in_progress', 'waiting_customer', 'waiting_collaboration')");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_recorded_by",
                table: "tickets",
                columns: new[] { "recorded_by", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tickets_resume_at",
                table: "tickets",
                column: "resume_at",
                filter: "resume_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_status",
                table: "tickets",
                columns: new[] { "status", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tickets_team",
                table: "tickets",
                columns: new[] { "team", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_tickets_waiting",
                table: "tickets",
                column: "team",
                filter: "assignee IS NULL AND status IN ('new', 'assigned', 'in_progress', 'waiting_customer', 'waiting_collaboration')");

            migrationBuilder.CreateIndex(
                name: "ux_tickets_number",
                table: "tickets",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_tickets_request_id",
                table: "tickets",
                column: "request_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agent_activity");

            migrationBuilder.DropTable(
                name: "idempotency_keys",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "notes");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "parked_messages",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "routing_rules");

            migrationBuilder.DropTable(
                name: "sla_calendars");

            migrationBuilder.DropTable(
                name: "sla_clocks");

            migrationBuilder.DropTable(
                name: "sla_policies");

            migrationBuilder.DropTable(
                name: "sla_steps");

            migrationBuilder.DropTable(
                name: "staff");

            migrationBuilder.DropTable(
                name: "tickets");

            migrationBuilder.DropTable(
                name: "timeline");
        }
    }
}
