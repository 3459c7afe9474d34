using System.Text.Json.Nodes;
using CustomerFeedback.Intake.Data;
using CustomerFeedback.TestKit;

namespace CustomerFeedback.Intake.Tests.Features.Accepting;

/// <summary>Who a request's customer is, and what others are told of it.</summary>
public class CustomersTests(IntakeHost intake) : IClassFixture<IntakeHost>
{
    private readonly HttpClient shop = intake.Shop();

    private static JsonObject From(string json) => ShopRequest.Example().With("customer", JsonNode.Parse(json));

    private async Task<Guid> CustomerOf(JsonObject body) =>
        await intake.Sql<Guid>(
            "SELECT customer_id FROM requests WHERE id = $1",
            (Guid)(await shop.Accepted(body))["id"]!
        );

    private async Task<List<JsonNode>> Announced(Guid customer)
    {
        var all = await intake.Sql<string[]>(
            "SELECT coalesce(array_agg(convert_from(body, 'UTF8') ORDER BY id), '{}') FROM messaging.outbox WHERE subject = $1",
            customer.ToString()
        );
        return [.. all.Select(body => JsonNode.Parse(body)!["message"]!)];
    }

    [Fact]
    public async Task An_external_id_is_the_customer()
    {
        var first = await CustomerOf(From("""{ "externalId": "E-1", "phone": "13711110001" }"""));
        var again = await CustomerOf(From("""{ "externalId": "E-1", "phone": "13711110002" }"""));
        var other = await CustomerOf(From("""{ "externalId": "E-2", "phone": "13711110002" }"""));

        again.ShouldBe(first);
        other.ShouldNotBe(first, "two numbers of the CRM are two customers, even on one telephone");
    }

    [Fact]
    public async Task Without_one_the_telephone_tells_however_it_is_written()
    {
        var first = await CustomerOf(From("""{ "name": "李雷", "phone": "137 2222 0001" }"""));
        var again = await CustomerOf(From("""{ "phone": "+86-137-2222-0001" }"""));
        var other = await CustomerOf(From("""{ "phone": "13722220002" }"""));

        again.ShouldBe(first);
        other.ShouldNotBe(first);
    }

    [Fact]
    public async Task Then_the_e_mail_address()
    {
        var first = await CustomerOf(From("""{ "email": "Han.Mei@example.com" }"""));
        var again = await CustomerOf(From("""{ "email": "han.mei@EXAMPLE.com", "phone": "13733330001" }"""));
        var called = await CustomerOf(From("""{ "phone": "13733330001" }"""));

        again.ShouldBe(first);
        called.ShouldBe(first, "the telephone was learned from the request before");
    }

    [Fact]
    public async Task A_caller_without_a_number_is_found_by_the_crms_record_of_the_telephone()
    {
        var known = await CustomerOf(From("""{ "externalId": "E-3", "phone": "13744440001" }"""));
        (await CustomerOf(From("""{ "phone": "13744440001" }"""))).ShouldBe(known);
    }

    [Fact]
    public async Task A_name_alone_is_a_new_customer_each_time()
    {
        var first = await CustomerOf(From("""{ "name": "王芳" }"""));
        (await CustomerOf(From("""{ "name": "王芳" }"""))).ShouldNotBe(first);
    }

    [Fact]
    public async Task Others_are_told_of_a_new_customer_and_of_changes_they_copy_only()
    {
        var body = """{ "externalId": "E-5", "name": "张伟", "phone": "13755550001" }""";
        var customer = await CustomerOf(From(body));
        await CustomerOf(From(body));
        await CustomerOf(From("""{ "externalId": "E-5" }"""));
        await CustomerOf(From("""{ "externalId": "E-5", "name": "张明" }"""));
        (await Announced(customer)).Count.ShouldBe(
            1,
            "the same again, silence, and a name behind the same mask are no news"
        );

        await CustomerOf(From("""{ "externalId": "E-5", "segment": "vip" }"""));
        await CustomerOf(From("""{ "externalId": "E-5", "email": "z@example.com" }"""));

        var told = await Announced(customer);
        told.Select(e => (int)e["version"]!).ShouldBe([1, 2, 3]);
        told.Select(e => (bool)e["customer"]!["isNew"]!).ShouldBe([true, false, false]);
        told.Select(e => (string)e["customer"]!["segment"]!).ShouldBe(["regular", "vip", "vip"]);
        ((bool)told[2]["customer"]!["reachability"]!["email"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_registry_knows_counts_where_the_request_is_silent()
    {
        await shop.Accepted(
            From("""{ "externalId": "E-6", "segment": "vip" }""").With("language", "en").With("urgency", "normal")
        );
        var second = await shop.Accepted(From("""{ "externalId": "E-6" }""").With("language", null));

        var shown = JsonNode.Parse(await shop.GetStringAsync($"/v1/requests/{second["number"]}"))!;
        ((string)shown["language"]!).ShouldBe("en");
        ((string)shown["customer"]!["segment"]!).ShouldBe("vip");
    }

    [Fact]
    public async Task A_company_makes_an_enterprise()
    {
        var answer = await shop.Accepted(From("""{ "company": "测试有限公司" }"""));
        var shown = JsonNode.Parse(await shop.GetStringAsync($"/v1/requests/{answer["number"]}"))!;
        ((string)shown["customer"]!["type"]!).ShouldBe("enterprise");
        ((string)shown["customer"]!["company"]!).ShouldBe("测试***");
    }

    [Fact]
    public async Task First_requests_that_race_are_of_one_customer()
    {
        var customers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => CustomerOf(From("""{ "phone": "13766660001" }""")))
        );
        customers.Distinct().Count().ShouldBe(1);
        (await Announced(customers[0])).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Requests_that_race_to_change_one_customer_are_all_taken()
    {
        await shop.Accepted(From("""{ "externalId": "E-7", "phone": "13777770000" }"""));
        await using var other = new ServiceHost<IntakeDbContext>(intake.Database, clock: intake.Clock);
        HttpClient[] replicas = [shop, other.Client(TestTokens.For("shop-system", roles: ["integration"]))];

        var answers = await Task.WhenAll(
            Enumerable
                .Range(1, 300)
                .Select(i => replicas[i % 2].Send(From($$"""{ "externalId": "E-7", "phone": "1377777{{i:0000}}" }""")))
        );

        answers.CountBy(answer => (int)answer.StatusCode).ShouldBe([new(201, 300)]);
        var customer = await intake.Sql<Guid>("SELECT id FROM customers WHERE external_id = 'E-7'");
        var told = (await Announced(customer)).Select(e => (int)e["version"]!).Order().ToList();
        told.ShouldBe(Enumerable.Range(1, told.Count), "each change has a version of its own");
    }
}
