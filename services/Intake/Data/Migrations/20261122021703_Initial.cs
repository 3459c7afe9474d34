using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CustomerFeedback.Intake.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "messaging");

            migrationBuilder.CreateSequence(
                name: "request_numbers");

            migrationBuilder.CreateTable(
                name: "classification_rules",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    rules = table.Column<string>(type: "jsonb", nullable: false),
                    put_by = table.Column<string>(type: "text", nullable: false),
                    put_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_classification_rules", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    type = table.Column<string>(type: "text", nullable: false),
                    segment = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    preferred_channel = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<byte[]>(type: "bytea", nullable: true),
                    company = table.Column<byte[]>(type: "bytea", nullable: true),
                    phone = table.Column<byte[]>(type: "bytea", nullable: true),
                    email = table.Column<byte[]>(type: "bytea", nullable: true),
                    phone_index = table.Column<byte[]>(type: "bytea", nullable: true),
                    email_index = table.Column<byte[]>(type: "bytea", nullable: true),
                    masked_name = table.Column<string>(type: "text", nullable: true),
                    masked_phone = table.Column<string>(type: "text", nullable: true),
                    masked_email = table.Column<string>(type: "text", nullable: true),
                    first_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    event_version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_customers", x => x.id);
                });

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
                name: "personal_data_reads",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    read_by = table.Column<string>(type: "text", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_personal_data_reads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "request_texts",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    request_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    what = table.Column<string>(type: "text", nullable: true),
                    when = table.Column<string>(type: "text", nullable: true),
                    where = table.Column<string>(type: "text", nullable: true),
                    expectation = table.Column<string>(type: "text", nullable: true),
                    attributes = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_request_texts", x => new { x.customer_id, x.request_id });
                });

            migrationBuilder.CreateTable(
                name: "requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    recorded_by = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    urgency = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    segment = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    subcategory = table.Column<string>(type: "text", nullable: false),
                    complaint_level = table.Column<short>(type: "smallint", nullable: true),
                    emotion = table.Column<string>(type: "text", nullable: false),
                    service_stage = table.Column<string>(type: "text", nullable: true),
                    rule_id = table.Column<string>(type: "text", nullable: false),
                    rules_version = table.Column<int>(type: "integer", nullable: false),
                    confidence = table.Column<double>(type: "double precision", nullable: false),
                    decided_by = table.Column<string>(type: "jsonb", nullable: false),
                    product = table.Column<string>(type: "text", nullable: true),
                    product_version = table.Column<string>(type: "text", nullable: true),
                    order_ref = table.Column<string>(type: "text", nullable: true),
                    region = table.Column<string>(type: "text", nullable: true),
                    store = table.Column<string>(type: "text", nullable: true),
                    policy_id = table.Column<string>(type: "text", nullable: false),
                    policy_version = table.Column<int>(type: "integer", nullable: false),
                    calendar_id = table.Column<string>(type: "text", nullable: false),
                    calendar_version = table.Column<int>(type: "integer", nullable: false),
                    promises = table.Column<string>(type: "jsonb", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "received"),
                    status_version = table.Column<int>(type: "integer", nullable: false, defaultValue: 0),
                    team = table.Column<string>(type: "text", nullable: true),
                    team_version = table.Column<int>(type: "integer", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_requests", x => x.id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85);

            migrationBuilder.CreateTable(
                name: "rule_book",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_rule_book", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sla_calendars",
                columns: table => new
                {
                    calendar_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    calendar = table.Column<string>(type: "jsonb", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sla_calendars", x => new { x.calendar_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "sla_policies",
                columns: table => new
                {
                    policy_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    policy = table.Column<string>(type: "jsonb", nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sla_policies", x => new { x.policy_id, x.version });
                });

            migrationBuilder.InsertData(
                table: "classification_rules",
                columns: new[] { "version", "put_at", "put_by", "rules" },
                values: new object[] { 1, new DateTimeOffset(new DateTime(2026, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), "seed", "[{\"id\":\"sub-suggestion-by-type\",\"match\":{\"type\":[\"suggestion\"]},\"set\":{\"category\":\"general_inquiry\",\"subcategory\":\"suggestion\"},\"confidence\":0.9},{\"id\":\"emergency-outage\",\"match\":{\"type\":[\"inquiry\",\"after_sales\"],\"urgency\":[\"critical\"],\"anyWords\":[\"服务中断\",\"服务不可用\",\"服务中止\",\"服務中斷\",\"全线中断\",\"业务中断\",\"停服\",\"断网\",\"断服\",\"瘫痪\",\"癱瘓\",\"outage\",\"service interruption\",\"service unavailable\",\"is down\",\"are down\",\"went down\",\"all down\",\"offline\"]},\"set\":{\"category\":\"emergency_support\",\"subcategory\":\"service_outage\"},\"confidence\":0.95,\"note\":\"Nobody can be served: the duty supervisor gathers people within the hour.\"},{\"id\":\"emergency-system-failure\",\"match\":{\"type\":[\"inquiry\",\"after_sales\"],\"urgency\":[\"critical\"],\"anyWords\":[\"系统故障\",\"系统崩溃\",\"系统异常\",\"系统出错\",\"系統故障\",\"系統崩潰\",\"宕机\",\"宕機\",\"死机\",\"崩溃\",\"大面积\",\"无法登录\",\"无法访问\",\"打不开\",\"system failure\",\"system error\",\"crash*\",\"cannot log in\",\"can't log in\",\"unable to log in\",\"data loss\",\"breakdown\"]},\"set\":{\"category\":\"emergency_support\",\"subcategory\":\"system_failure\"},\"confidence\":0.95},{\"id\":\"complaint-by-words\",\"match\":{\"type\":[\"inquiry\",\"after_sales\"],\"anyWords\":[\"我要投诉\",\"要投诉\",\"投诉你们\",\"必须投诉\",\"正式投诉\",\"我要投訴\",\"want to complain\",\"formal complaint\",\"file a complaint\",\"make a complaint\",\"complain about\",\"complaining about\"]},\"set\":{\"category\":\"complaint\"},\"confidence\":0.8,\"note\":\"A complaint sent as something else.\"},{\"id\":\"level-1-core-experience\",\"match\":{\"anyWords\":[\"受伤\",\"人身安全\",\"安全事故\",\"起火\",\"着火\",\"爆炸\",\"漏电\",\"触电\",\"中毒\",\"欺诈\",\"诈骗\",\"隐私泄露\",\"信息泄露\",\"数据泄露\",\"数据丢失\",\"资金损失\",\"重大损失\",\"重大失误\",\"重大服务失误\",\"完全无法使用\",\"彻底无法使用\",\"起诉\",\"律师函\",\"消费者协会\",\"消协\",\"12315\",\"受傷\",\"觸電\",\"injur*\",\"caught fire\",\"on fire\",\"explod*\",\"explosion\",\"electric shock\",\"unsafe\",\"fraud*\",\"data breach\",\"leaked my\",\"lost all\",\"completely unusable\",\"lawsuit\",\"my lawyer\",\"legal action\"]},\"set\":{\"complaintLevel\":1},\"confidence\":0.9,\"note\":\"Core experience hurt: safety, money, data, law, or nothing works at all.\"},{\"id\":\"level-3-slight\",\"match\":{\"anyWords\":[\"轻微\",\"小问题\",\"小瑕疵\",\"不影响使用\",\"有点小\",\"輕微\",\"小問題\",\"minor\",\"slight*\",\"not a big deal\",\"small issue\",\"cosmetic\"]},\"set\":{\"complaintLevel\":3},\"confidence\":0.8},{\"id\":\"level-2-partly\",\"match\":{\"anyWords\":[\"漏发\",\"少发\",\"发错\",\"错发\",\"破损\",\"损坏\",\"坏了\",\"质量问题\",\"延迟\",\"延误\",\"拖延\",\"迟迟\",\"超时\",\"一直没有\",\"多次\",\"反复\",\"再次\",\"仍未\",\"还没解决\",\"没有解决\",\"未解决\",\"推诿\",\"态度恶劣\",\"态度差\",\"退款未到\",\"漏發\",\"少發\",\"損壞\",\"延誤\",\"missing\",\"wrong item\",\"damaged\",\"broken\",\"defective\",\"delayed\",\"overdue\",\"repeatedly\",\"several times\",\"still not\",\"not resolved\",\"unresolved\",\"no one answers\",\"rude*\",\"not refunded\"]},\"set\":{\"complaintLevel\":2},\"confidence\":0.75,\"note\":\"Part of the experience hurt: something missing, late, broken, or asked for again and again.\"},{\"id\":\"sub-service-outage\",\"match\":{\"anyWords\":[\"服务中断\",\"服务不可用\",\"停服\",\"断网\",\"瘫痪\",\"服務中斷\",\"outage\",\"service interruption\",\"service unavailable\"]},\"set\":{\"subcategory\":\"service_outage\"},\"confidence\":0.85},{\"id\":\"sub-system-failure\",\"match\":{\"anyWords\":[\"系统故障\",\"系统崩溃\",\"系统异常\",\"系统出错\",\"系統故障\",\"宕机\",\"死机\",\"闪退\",\"崩溃\",\"报错\",\"无法登录\",\"登录不上\",\"打不开\",\"白屏\",\"system failure\",\"system error\",\"crash*\",\"error message\",\"cannot log in\",\"can't log in\",\"won't open\"]},\"set\":{\"subcategory\":\"system_failure\"},\"confidence\":0.8},{\"id\":\"sub-service-attitude\",\"match\":{\"anyWords\":[\"服务态度\",\"态度\",\"不耐烦\",\"没礼貌\",\"不礼貌\",\"辱骂\",\"敷衍\",\"推诿\",\"挂电话\",\"態度\",\"不耐煩\",\"attitude\",\"rude*\",\"impolite\",\"hung up\",\"unfriendly\",\"dismissive\"]},\"set\":{\"subcategory\":\"service_attitude\"},\"confidence\":0.85},{\"id\":\"sub-return-or-exchange\",\"match\":{\"anyWords\":[\"退货\",\"换货\",\"退换\",\"退款\",\"退钱\",\"七天无理由\",\"退貨\",\"換貨\",\"return\",\"returns\",\"returning\",\"exchange\",\"refund*\",\"money back\"]},\"set\":{\"subcategory\":\"return_or_exchange\"},\"confidence\":0.85},{\"id\":\"sub-logistics\",\"match\":{\"anyWords\":[\"物流\",\"快递\",\"配送\",\"发货\",\"漏发\",\"少发\",\"发错\",\"错发\",\"丢件\",\"签收\",\"包裹\",\"运单\",\"快遞\",\"發貨\",\"漏發\",\"少發\",\"logistics\",\"courier\",\"delivery\",\"deliver*\",\"shipping\",\"shipment\",\"parcel\",\"package\",\"missing item\",\"wrong item\",\"tracking number\"]},\"set\":{\"subcategory\":\"logistics\"},\"confidence\":0.85},{\"id\":\"sub-order-change\",\"match\":{\"anyWords\":[\"修改订单\",\"改订单\",\"订单修改\",\"取消订单\",\"修改地址\",\"改地址\",\"换地址\",\"修改收货\",\"改期\",\"修改訂單\",\"取消訂單\",\"change my order\",\"change the order\",\"modify my order\",\"cancel my order\",\"cancel the order\",\"change the address\",\"change my address\",\"reschedule\"]},\"set\":{\"subcategory\":\"order_change\"},\"confidence\":0.9},{\"id\":\"sub-product-quality\",\"match\":{\"anyWords\":[\"质量\",\"次品\",\"瑕疵\",\"破损\",\"损坏\",\"坏了\",\"故障\",\"不工作\",\"不能用\",\"没声音\",\"充不上电\",\"開裂\",\"开裂\",\"掉色\",\"異常\",\"品質\",\"質量\",\"quality\",\"defect*\",\"broken\",\"damaged\",\"faulty\",\"not working\",\"doesn't work\",\"stopped working\",\"malfunction*\"]},\"set\":{\"subcategory\":\"product_quality\"},\"confidence\":0.8},{\"id\":\"sub-timeliness\",\"match\":{\"anyWords\":[\"太慢\",\"很慢\",\"慢\",\"延迟\",\"延误\",\"拖延\",\"等了\",\"等太久\",\"迟迟\",\"超时\",\"没人回复\",\"没有回复\",\"无人处理\",\"不及时\",\"太久\",\"延誤\",\"沒有回覆\",\"slow\",\"delay*\",\"late\",\"waiting\",\"waited\",\"no reply\",\"no response\",\"takes too long\",\"overdue\"]},\"set\":{\"subcategory\":\"timeliness\"},\"confidence\":0.75},{\"id\":\"sub-policy\",\"match\":{\"anyWords\":[\"政策\",\"规则\",\"条款\",\"保修期\",\"质保期\",\"会员\",\"积分\",\"优惠\",\"活动规则\",\"发票\",\"隐私政策\",\"規則\",\"條款\",\"發票\",\"policy\",\"policies\",\"terms\",\"warranty period\",\"membership\",\"loyalty points\",\"discount\",\"invoice\"]},\"set\":{\"subcategory\":\"policy\"},\"confidence\":0.75},{\"id\":\"sub-product-feature\",\"match\":{\"anyWords\":[\"功能\",\"怎么用\",\"如何使用\",\"使用方法\",\"怎么设置\",\"如何设置\",\"说明书\",\"参数\",\"规格\",\"兼容\",\"配对\",\"连接蓝牙\",\"支持吗\",\"如何連接\",\"怎麼用\",\"feature*\",\"how to\",\"how do i\",\"how can i\",\"set up\",\"setup\",\"manual\",\"specification*\",\"compatible\",\"pair\",\"pairing\",\"does it support\"]},\"set\":{\"subcategory\":\"product_feature\"},\"confidence\":0.75},{\"id\":\"business-handling-by-words\",\"match\":{\"type\":[\"inquiry\",\"after_sales\"],\"anyWords\":[\"修改订单\",\"改订单\",\"订单修改\",\"取消订单\",\"修改地址\",\"改地址\",\"修改收货\",\"申请退货\",\"申请换货\",\"申请退款\",\"我要退货\",\"我要换货\",\"我要退款\",\"想退货\",\"想换货\",\"想退款\",\"报修\",\"预约维修\",\"开发票\",\"补发票\",\"修改訂單\",\"取消訂單\",\"申請退貨\",\"change my order\",\"change the order\",\"cancel my order\",\"cancel the order\",\"change my address\",\"want to return\",\"would like to return\",\"return my order\",\"want a refund\",\"request a refund\",\"want to exchange\",\"book a repair\",\"need an invoice\"]},\"set\":{\"category\":\"business_handling\"},\"confidence\":0.85},{\"id\":\"after-sales-by-type\",\"match\":{\"type\":[\"after_sales\"]},\"set\":{\"category\":\"business_handling\"},\"confidence\":0.7},{\"id\":\"inquiry-by-type\",\"match\":{\"type\":[\"inquiry\"]},\"set\":{\"category\":\"general_inquiry\"},\"confidence\":0.6},{\"id\":\"emotion-upset\",\"match\":{\"anyWords\":[\"愤怒\",\"气愤\",\"生气\",\"气死\",\"太差\",\"垃圾\",\"骗子\",\"骗人\",\"忍无可忍\",\"非常失望\",\"太失望\",\"无语\",\"坑人\",\"恶劣\",\"受够\",\"再也不\",\"不可接受\",\"无法接受\",\"差评\",\"欺骗\",\"憤怒\",\"生氣\",\"騙子\",\"惡劣\",\"！！\",\"!!\",\"angry\",\"furious\",\"outrag*\",\"unacceptable\",\"terrible\",\"horrible\",\"awful\",\"worst\",\"ridiculous\",\"disgust*\",\"fed up\",\"disappointed\",\"scam*\",\"never again\",\"sick of\"]},\"set\":{\"emotion\":\"upset\"},\"confidence\":0.8,\"note\":\"The agent sees a soothing hint first.\"},{\"id\":\"stage-after-sale-by-type\",\"match\":{\"type\":[\"after_sales\"]},\"set\":{\"serviceStage\":\"after_sale\"},\"confidence\":0.9},{\"id\":\"stage-after-sale\",\"match\":{\"anyWords\":[\"售后\",\"维修\",\"退货\",\"换货\",\"退款\",\"保修\",\"收到货\",\"签收后\",\"用了\",\"售後\",\"維修\",\"退貨\",\"換貨\",\"after-sales\",\"repair*\",\"warranty\",\"return\",\"refund*\",\"stopped working\",\"after i bought\"]},\"set\":{\"serviceStage\":\"after_sale\"},\"confidence\":0.75},{\"id\":\"stage-in-sale\",\"match\":{\"anyWords\":[\"下单\",\"付款\",\"支付\",\"订单\",\"发货\",\"配送\",\"物流\",\"快递\",\"下單\",\"訂單\",\"發貨\",\"checkout\",\"payment\",\"pay\",\"my order\",\"shipping\",\"delivery\",\"shipment\"]},\"set\":{\"serviceStage\":\"in_sale\"},\"confidence\":0.7},{\"id\":\"stage-pre-sale\",\"match\":{\"anyWords\":[\"想买\",\"想购买\",\"购买前\",\"报价\",\"价格\",\"多少钱\",\"有货吗\",\"有现货\",\"试用\",\"報價\",\"價格\",\"before buying\",\"thinking of buying\",\"quote\",\"price\",\"how much\",\"in stock\",\"free trial\"]},\"set\":{\"serviceStage\":\"pre_sale\"},\"confidence\":0.7}]" });

            migrationBuilder.InsertData(
                table: "rule_book",
                columns: new[] { "id", "revision" },
                values: new object[] { 1, 1L });

            migrationBuilder.InsertData(
                table: "sla_calendars",
                columns: new[] { "calendar_id", "version", "calendar", "published_at" },
                values: new object[] { "always", 1, "{\"id\":\"always\",\"zone\":\"UTC\",\"week\":{\"mon\":[\"00:00-24:00\"],\"tue\":[\"00:00-24:00\"],\"wed\":[\"00:00-24:00\"],\"thu\":[\"00:00-24:00\"],\"fri\":[\"00:00-24:00\"],\"sat\":[\"00:00-24:00\"],\"sun\":[\"00:00-24:00\"]},\"holidays\":[],\"workdays\":[]}", new DateTimeOffset(new DateTime(2026, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)) });

            migrationBuilder.InsertData(
                table: "sla_policies",
                columns: new[] { "policy_id", "version", "policy", "published_at" },
                values: new object[] { "default", 1, "{\"id\":\"default\",\"order\":1000,\"match\":{\"type\":null,\"category\":null,\"complaintLevel\":null,\"urgency\":null,\"segment\":null,\"channel\":null,\"team\":null},\"calendar\":\"always\",\"targets\":{\"first_contact\":{\"normal\":\"PT1H\",\"urgent\":\"PT15M\",\"critical\":\"PT15M\"},\"emergency_mobilisation\":{\"normal\":\"PT1H\",\"urgent\":\"PT1H\",\"critical\":\"PT1H\"},\"solution_plan\":{\"normal\":\"PT2H\",\"urgent\":\"PT2H\",\"critical\":\"PT2H\"},\"complaint_response\":{\"normal\":\"PT4H\",\"urgent\":\"PT4H\",\"critical\":\"PT4H\"},\"progress_update\":{\"simple\":\"PT2H\",\"complex\":\"PT24H\",\"cap\":\"PT48H\"},\"resolution\":{\"normal\":\"PT72H\",\"urgent\":\"PT24H\",\"critical\":\"PT8H\"},\"survey_dispatch\":{\"normal\":\"PT2H\",\"urgent\":\"PT2H\",\"critical\":\"PT2H\"},\"complaint_follow_up\":{\"normal\":\"PT24H\",\"urgent\":\"PT24H\",\"critical\":\"PT24H\"},\"feedback_follow_up\":{\"normal\":\"PT72H\",\"urgent\":\"PT72H\",\"critical\":\"PT72H\"}},\"warnAt\":[0.5,0.8],\"escalation\":[{\"at\":1,\"to\":\"assignee\"},{\"after\":\"PT30M\",\"to\":\"lead\"},{\"after\":\"PT1H\",\"to\":\"manager\"},{\"after\":\"PT2H\",\"to\":\"duty\"}],\"pauseOn\":{\"resolution\":[\"waiting_customer\"],\"progress_update\":[\"customer_scheduled\"]}}", new DateTimeOffset(new DateTime(2026, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)) });

            migrationBuilder.CreateIndex(
                name: "ix_customers_email",
                table: "customers",
                column: "email_index");

            migrationBuilder.CreateIndex(
                name: "ix_customers_phone",
                table: "customers",
                column: "phone_index");

            migrationBuilder.CreateIndex(
                name: "ux_customers_external_id",
                table: "customers",
                column: "external_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_customers_unnumbered_email",
                table: "customers",
                column: "email_index",
                unique: true,
                filter: "external_id IS NULL AND phone_index IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_customers_unnumbered_phone",
                table: "customers",
                column: "phone_index",
                unique: true,
                filter: "external_id IS NULL");

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
                name: "ix_personal_data_reads_customer",
                table: "personal_data_reads",
                columns: new[] { "customer_id", "read_at" });

            migrationBuilder.CreateIndex(
                name: "ix_requests_customer",
                table: "requests",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_requests_natural_key",
                table: "requests",
                columns: new[] { "recorded_by", "source", "external_id" },
                unique: true,
                filter: "external_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_requests_number",
                table: "requests",
                column: "number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "classification_rules");

            migrationBuilder.DropTable(
                name: "customers");

            migrationBuilder.DropTable(
                name: "idempotency_keys",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "parked_messages",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "personal_data_reads");

            migrationBuilder.DropTable(
                name: "request_texts");

            migrationBuilder.DropTable(
                name: "requests");

            migrationBuilder.DropTable(
                name: "rule_book");

            migrationBuilder.DropTable(
                name: "sla_calendars");

            migrationBuilder.DropTable(
                name: "sla_policies");

            migrationBuilder.DropSequence(
                name: "request_numbers");
        }
    }
}
