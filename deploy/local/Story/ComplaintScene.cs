using System.Text.Json;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Story;

/// <summary>An urgent complaint in Chinese: handled, not solved, reopened, solved, closed with its case summary.</summary>
internal static class ComplaintScene
{
    /// <returns>The number of the request.</returns>
    public static async Task<string> Play(Cast cast)
    {
        cast.Tell.Scene(
            "An urgent complaint in Chinese (张伟, VIP): the first solution is rejected, the second one holds"
        );
        var externalId = $"demo-{cast.Run}-complaint";
        var accepted = await cast.Request(
            "张伟 complains in the app: his order came short of an item",
            externalId,
            new
            {
                source = "shop",
                externalId,
                channel = "app",
                type = "complaint",
                urgency = "urgent",
                language = "zh-CN",
                customer = new
                {
                    externalId = "demo-zhang-wei",
                    name = "张伟",
                    phone = "13800001234",
                    segment = "vip",
                },
                subject = "订单漏发",
                description = new
                {
                    what = $"订单 {cast.Run} 少发一件",
                    when = "昨天",
                    expectation = "今天补发",
                },
                product = "earphones",
                orderRef = cast.Run,
                serviceStage = "after_sale",
                region = "east",
            }
        );
        Tell.Look("张伟's own page, in Chinese", cast.Api.Address(accepted.StatusUrl));
        var number = accepted.Number;
        await cast.Ticket(number);
        await cast.Handle(
            "wang.fang calls him",
            "lead",
            number,
            "contacts",
            new
            {
                channel = "phone",
                outcome = "reached",
                note = "致歉，核对订单",
            }
        );
        await cast.Handle(
            "wang.fang tells him what will be done",
            "lead",
            number,
            "responses",
            new { kind = "handling_opinion", text = "今天补发漏掉的一件，并赠送优惠券。" }
        );
        await Clocks(cast, number);
        await cast.Handle(
            "wang.fang resolves the ticket",
            "lead",
            number,
            "resolutions",
            new { solution = "已补发", firstContactResolution = false }
        );

        using var browser = new Browser(cast.Gateway, "zh-CN", cast.Stop);
        await cast.Tell.Step(
            "张伟 rejects on his page: nothing has arrived",
            () =>
                browser.Submit(
                    accepted.StatusUrl,
                    "/confirmation",
                    ("solved", "false"),
                    ("note", "还没有收到补发的商品")
                ),
            Browser.Headline
        );
        await cast.Tell.Step(
            "the ticket is open again",
            () =>
                cast.Api.Until(
                    "The second episode",
                    async () =>
                        await cast.Api.Find("lead", $"/v1/tickets/{number}") is { } t
                        && t.Body.GetProperty("episode").GetInt32() == 2
                            ? t
                            : null
                ),
            ticket => Cast.Describe(ticket.Body)
        );
        await cast.Handle(
            "wang.fang calls him again",
            "lead",
            number,
            "contacts",
            new
            {
                channel = "phone",
                outcome = "reached",
                note = "核实物流",
            }
        );
        await cast.Handle(
            "wang.fang tells him what will be done now",
            "lead",
            number,
            "responses",
            new { kind = "handling_opinion", text = "改用当日达重新补发。" }
        );
        await cast.Handle(
            "wang.fang resolves it again",
            "lead",
            number,
            "resolutions",
            new { solution = "当日达补发，客户已签收", firstContactResolution = false }
        );
        await cast.Tell.Step(
            "张伟 confirms on his page: solved",
            () => browser.Submit(accepted.StatusUrl, "/confirmation", ("solved", "true"), ("note", "收到了，谢谢")),
            Browser.Headline
        );
        await cast.Handle(
            "wang.fang writes the case summary that a complaint needs before it is closed",
            "lead",
            number,
            "case-summary",
            new
            {
                cause = "拣货时漏扫一件",
                fiveWhys = (string[])["漏发一件", "拣货单漏扫", "扫码枪电量不足", "没有交接检查", "流程未规定"],
                wentWell = "当天联系客户",
                improve = "交接时检查设备",
            }
        );
        await cast.Closed(number, "lead", episode: 2);
        return number;
    }

    private static async Task Clocks(Cast cast, string number)
    {
        var sla = await cast.Tell.Step(
            "the clocks know it",
            () => cast.Api.Get("lead", $"/v1/tickets/{number}/sla"),
            answer =>
                string.Join(
                    ", ",
                    answer
                        .GetProperty("clocks")
                        .EnumerateArray()
                        .Select(clock => $"{Cast.Text(clock, "clock")} {Cast.Text(clock, "state")}")
                )
        );
        foreach (var name in (string[])["first_contact", "complaint_response"])
        {
            if (!sla.GetProperty("clocks").EnumerateArray().Any(clock => IsMet(clock, name)))
                throw new LocalRunException($"The clock {name} is not met.");
        }
    }

    private static bool IsMet(JsonElement clock, string name) =>
        Cast.Text(clock, "clock") == name && Cast.Text(clock, "state") == "met";
}
