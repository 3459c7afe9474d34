using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerFeedback.Intake.Tests.Features.Customers;

/// <summary>The registry as systems and people write and read it.</summary>
public class CustomersTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private static int next;
    private readonly HttpClient crm = intake.Shop("crm");

    private static string NewId() => $"CRM-{Interlocked.Increment(ref next)}";

    private static JsonObject ZhangWei() =>
        new()
        {
            ["name"] = "张伟",
            ["phone"] = "138 0000 1234",
            ["email"] = "zhang.wei@example.com",
            ["segment"] = "vip",
            ["preferredChannel"] = "email",
        };

    private async Task<HttpResponseMessage> Put(string path, JsonNode body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await crm.SendAsync(request);
    }

    private static JsonArray Wishes(params JsonObject[] wishes) => [.. wishes];

    private static JsonObject Never(string purpose) => new() { ["purpose"] = purpose, ["source"] = "crm" };

    private async Task<Guid> Created(string id, JsonObject? customer = null)
    {
        var answer = await Put($"/v1/customers/{id}", customer ?? ZhangWei());
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (Guid)(await answer.Json())["id"]!;
    }

    private async Task<List<JsonNode>> Announced(Guid customer)
    {
        var all = await intake.Sql<string[]>(
            "SELECT coalesce(array_agg(convert_from(body, 'UTF8') ORDER BY id), '{}') FROM messaging.outbox WHERE subject = $1",
            customer.ToString()
        );
        return [.. all.Select(body => JsonNode.Parse(body)!["message"]!)];
    }

    [Fact]
    public async Task An_unknown_customer_is_created_and_replaced_by_whoever_has_seen_the_current_version()
    {
        var id = NewId();
        var created = await Put($"/v1/customers/{id}", ZhangWei());
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        created.Headers.Location!.ToString().ShouldBe($"/v1/customers/{id}");
        created.Headers.ETag!.Tag.ShouldBe("\"1\"");

        var changed = ZhangWei().With("segment", "regular").With("email", null);
        (await Put($"/v1/customers/{id}", changed)).StatusCode.ShouldBe((HttpStatusCode)428);
        (await Put($"/v1/customers/{id}", changed, "\"7\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var replaced = await Put($"/v1/customers/{id}", changed, "\"1\"");
        replaced.StatusCode.ShouldBe(HttpStatusCode.OK);
        replaced.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var shown = await replaced.Json();
        ((string)shown["segment"]!).ShouldBe("regular");
        shown["email"].ShouldBeNull();

        // The same again is no news.
        (await Put($"/v1/customers/{id}", changed, "*")).Headers.ETag!.Tag.ShouldBe("\"2\"");
        var told = await Announced((Guid)shown["id"]!);
        told.Select(e => ((int)e["version"]!, (string)e["customer"]!["segment"]!))
            .ShouldBe([(1, "vip"), (2, "regular")]);
        told.ShouldAllBe(e => !e.ToJsonString().Contains("1234\"") || e.ToJsonString().Contains("138****1234"));
    }

    [Fact]
    public async Task Personal_data_is_masked_without_the_scope_and_its_reading_written_down()
    {
        var id = NewId();
        var customer = await Created(id);
        var masked = JsonNode.Parse(await crm.GetStringAsync($"/v1/customers/{id}"))!;
        ((string)masked["name"]!).ShouldBe("张*");
        ((string)masked["phone"]!).ShouldBe("138****1234");
        ((bool)masked["masked"]!).ShouldBeTrue();

        var lead = intake.As("wang.fang", "lead", scopes: ["pii:read"]);
        var clear = JsonNode.Parse(await lead.GetStringAsync($"/v1/customers/{id}"))!;
        ((string)clear["name"]!).ShouldBe("张伟");
        ((string)clear["phone"]!).ShouldBe("13800001234");
        (
            await intake.Sql<string>(
                "SELECT string_agg(read_by || ' ' || purpose, ',') FROM personal_data_reads WHERE customer_id = $1",
                customer
            )
        ).ShouldBe("wang.fang customer");

        (await crm.GetAsync("/v1/customers/nobody")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await intake.Host.Client().GetAsync($"/v1/customers/{id}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await intake.As("lin.tao", "analyst").GetAsync($"/v1/customers/{id}")).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task What_is_wrong_is_told_all_at_once()
    {
        var answer = await Put(
            $"/v1/customers/{NewId()}",
            new JsonObject
            {
                ["externalId"] = "other",
                ["phone"] = "?",
                ["segment"] = "gold",
            }
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json())["errors"]!
            .AsArray()
            .Select(e => (string)e!["code"]!)
            .ShouldBe(["other_id", "unknown_value", "invalid_phone"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_request_finds_the_customer_that_the_crm_has_put_and_two_puts_at_once_make_one()
    {
        var id = NewId();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Put($"/v1/customers/{id}", ZhangWei())));
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers
            .Where(a => a.StatusCode != HttpStatusCode.Created)
            .ShouldAllBe(a => a.StatusCode == (HttpStatusCode)428);

        await crm.Accepted(ShopRequest.Example().With("customer", new JsonObject { ["externalId"] = id }));
        (await intake.Sql<long>("SELECT count(*) FROM customers WHERE external_id = $1", id)).ShouldBe(1);
    }

    [Fact]
    public async Task Wishes_not_to_be_contacted_are_kept_told_and_survive_further_requests()
    {
        var id = NewId();
        var customer = await Created(id);
        var first = await Put($"/v1/customers/{id}/do-not-contact", Wishes(Never("survey")));
        first.StatusCode.ShouldBe(HttpStatusCode.OK, await first.Content.ReadAsStringAsync());
        first.Headers.ETag!.Tag.ShouldBe("\"2\"");

        (await Put($"/v1/customers/{id}/do-not-contact", Wishes())).StatusCode.ShouldBe((HttpStatusCode)428);
        var until = new JsonObject { ["channel"] = "phone", ["until"] = "2026-12-01T00:00:00+08:00" };
        var second = await Put($"/v1/customers/{id}/do-not-contact", Wishes(Never("survey"), until), "\"2\"");
        var kept = (await second.Json())["doNotContact"]!.AsArray();
        ((string)kept[1]!["until"]!).ShouldBe("2026-11-30T16:00:00Z");
        ((string)kept[1]!["source"]!).ShouldBe("crm");

        var accepted = await crm.Accepted(
            ShopRequest.Example().With("customer", new JsonObject { ["externalId"] = id, ["phone"] = "13900005678" })
        );
        var told = await intake.Sql<string>(
            "SELECT convert_from(body, 'UTF8') FROM messaging.outbox WHERE subject = $1",
            (string)accepted["id"]!
        );
        var wishes = JsonNode.Parse(told)!["message"]!["customer"]!["doNotContact"]!.AsArray();
        wishes.Select(w => (string?)w!["purpose"]).ShouldBe(["survey", null]);
        (await Announced(customer)).Count.ShouldBe(4);

        (await Put("/v1/customers/nobody/do-not-contact", Wishes())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var wrong = await Put(
            $"/v1/customers/{id}/do-not-contact",
            Wishes(new JsonObject { ["channel"] = "pigeon", ["purpose"] = "What?" }),
            "*"
        );
        (await wrong.Json())["errors"]!
            .AsArray()
            .Select(e => (string)e!["pointer"]!)
            .ShouldBe(["/0/channel", "/0/purpose"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_sending_service_gets_the_address_in_the_clear_unless_the_customer_does_not_want_it()
    {
        var id = NewId();
        var customer = await Created(id);
        var sender = intake.As("notifications", "service");
        (await Contact(customer, "phone")).ShouldBe(("phone", "13800001234", null));
        (await Contact(customer)).Channel.ShouldBe("email");
        (
            await intake.Sql<long>(
                "SELECT count(*) FROM personal_data_reads WHERE customer_id = $1 AND purpose = 'contact:survey' AND read_by = 'notifications'",
                customer
            )
        ).ShouldBe(2);

        await Put($"/v1/customers/{id}/do-not-contact", Wishes(Never("survey")));
        (await Contact(customer)).ShouldBe((null, null, "do_not_contact"));
        (await Contact(customer, purpose: "notification")).Refusal.ShouldBeNull();

        var silent = await Created(NewId(), new JsonObject { ["name"] = "无名" });
        (await Contact(silent)).Refusal.ShouldBe("unreachable");
        (await Contact(Guid.CreateVersion7())).Refusal.ShouldBe("not_found");

        // Many at once, answered in their order; nothing is written down where no address is given out.
        var answers = await Answers(Of(silent), Of(customer, "phone", "notification"));
        ((string)answers[0]!["refusal"]!).ShouldBe("unreachable");
        ((string)answers[1]!["name"]!).ShouldBe("张伟");
        ((string)answers[1]!["language"]!).ShouldBe("zh-CN");
        (await intake.Sql<long>("SELECT count(*) FROM personal_data_reads WHERE customer_id = $1", silent)).ShouldBe(0);

        var wrong = await Ask(Of(customer, purpose: ""));
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await wrong.Json())["errors"]![0]!["pointer"]!).ShouldBe("/0/purpose");
        (await sender.PostAsJsonAsync("/internal/contacts", new JsonArray((JsonNode?)null))).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await Ask([.. Enumerable.Repeat(0, 201).Select(_ => Of(customer))])).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest
        );
        (await crm.PostAsJsonAsync("/internal/contacts", new JsonArray())).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );

        static JsonNode Of(Guid customer, string? channel = null, string purpose = "survey") =>
            new JsonObject
            {
                ["customer"] = customer,
                ["channel"] = channel,
                ["purpose"] = purpose,
            };

        Task<HttpResponseMessage> Ask(params JsonNode[] questions) =>
            sender.PostAsJsonAsync("/internal/contacts", new JsonArray(questions));

        async Task<JsonArray> Answers(params JsonNode[] questions) =>
            JsonNode.Parse(await (await Ask(questions)).Content.ReadAsStringAsync())!.AsArray();

        async Task<(string? Channel, string? Address, string? Refusal)> Contact(
            Guid customer,
            string? channel = null,
            string purpose = "survey"
        )
        {
            var answer = (await Answers(Of(customer, channel, purpose))).ShouldHaveSingleItem()!;
            return ((string?)answer["channel"], (string?)answer["address"], (string?)answer["refusal"]);
        }
    }
}
