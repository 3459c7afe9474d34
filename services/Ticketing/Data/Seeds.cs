using CustomerFeedback.Ticketing.Domain;
using CustomerFeedback.Ticketing.Domain.Routing;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>The teams, people and rules of the first day: an organisation that works at once and that administrators then make their own.</summary>
internal static class Seeds
{
    private static readonly Team[] Teams =
    [
        Named("front-line", "一线客服", "Front line"),
        Named("product-support", "产品支持", "Product support"),
        Named("order-service", "订单服务", "Order service"),
        Named("complaints", "投诉处理", "Complaints"),
        Named("technical", "技术支持", "Technical support"),
        Named("duty", "值班", "Duty"),
    ];

    private static readonly Agent[] Agents =
    [
        new("li.wei", "李伟", StaffRole.Agent, ["front-line"], []),
        new("wang.fang", "王芳", StaffRole.Lead, ["front-line"], []),
        new("sun.li", "孙丽", StaffRole.Agent, ["product-support"], []),
        new("lin.yue", "林悦", StaffRole.Lead, ["product-support"], []),
        new("zhou.jun", "周军", StaffRole.Agent, ["order-service"], []),
        new("xu.mei", "徐梅", StaffRole.Lead, ["order-service"], []),
        new("wu.xia", "吴霞", StaffRole.Agent, ["complaints"], []),
        new("he.ping", "何平", StaffRole.Lead, ["complaints"], []),
        new("zheng.hao", "郑浩", StaffRole.Agent, ["technical"], []),
        new("gao.feng", "高峰", StaffRole.Lead, ["technical"], []),
        new("zhao.min", "赵敏", StaffRole.Manager, [], []),
        new("chen.jie", "陈杰", StaffRole.Duty, ["duty"], []),
    ];

    private static readonly RosterSpec AroundTheClock = new(
        "around-the-clock",
        "Asia/Shanghai",
        new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }.ToDictionary(
            day => day,
            IReadOnlyList<string> (_) => ["00:00-24:00"]
        ),
        [],
        [],
        [.. Agents.Select(agent => agent.Id)]
    );

    /// <summary>The severest complaints go to the most senior people; the order of levels is data, turn it round here or by PUT.</summary>
    internal static readonly RoutingRule[] FirstRules =
    [
        new("emergency", new(Category: Category.EmergencySupport), "duty", StaffRole.Duty),
        // What a survey brings goes by its topic; the service's own falls through to the rules of everybody.
        new("feedback-product", FromSurvey("product"), "product-support"),
        new("feedback-logistics", FromSurvey("logistics"), "order-service"),
        new("complaint-severe", new(Category: Category.Complaint, ComplaintLevel: 1), "front-line", StaffRole.Manager),
        new("complaint-partly", new(Category: Category.Complaint, ComplaintLevel: 2), "front-line", StaffRole.Lead),
        new("complaint-slight", new(Category: Category.Complaint), "front-line"),
        new(
            "business-product",
            new(Category: Category.BusinessHandling, Subcategory: Subcategory.ProductFeature),
            "product-support"
        ),
        new(
            "business-quality",
            new(Category: Category.BusinessHandling, Subcategory: Subcategory.ProductQuality),
            "product-support"
        ),
        new(
            "business-system",
            new(Category: Category.BusinessHandling, Subcategory: Subcategory.SystemFailure),
            "product-support"
        ),
        new("business", new(Category: Category.BusinessHandling), "order-service"),
        new("everything-else", new(), "front-line"),
    ];

    public static IEnumerable<StaffRow> Staff =>
        [
            .. Teams.Select(team => Row(StaffDocuments.Team, team.Id, team)),
            .. Agents.Select(agent => Row(StaffDocuments.Agent, agent.Id, agent)),
            Row(StaffDocuments.Roster, AroundTheClock.Id, AroundTheClock),
        ];

    public static RoutingRulesRow Rules =>
        new()
        {
            Version = 1,
            Rules = StaffDocuments.Write(FirstRules),
            By = "seed",
            At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };

    private static RoutingMatch FromSurvey(string department) =>
        new(Source: "survey", Attributes: new Dictionary<string, string> { ["department"] = department });

    private static Team Named(string id, string chinese, string english) =>
        new(id, new Dictionary<string, string> { ["zh-CN"] = chinese, ["en"] = english });

    private static StaffRow Row<T>(string kind, string id, T document) =>
        new()
        {
            Kind = kind,
            Id = id,
            Version = 1,
            Body = StaffDocuments.Write(document),
        };
}
