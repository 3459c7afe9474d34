using CustomerFeedback.Ticketing.Domain;

namespace CustomerFeedback.Ticketing.Tests.Domain;

/// <summary>The product's command table, written down a second time in the product's own words.</summary>
public sealed class CommandTableTests
{
    private const string Open = "new assigned in_progress waiting_customer waiting_collaboration";
    private const string Handled = "assigned in_progress waiting_customer waiting_collaboration";

    // command | allowed in | ends in: "=" unchanged, "a->b" moves a to b and leaves the others, else a state
    private static readonly (string Command, string From, string To)[] Product =
    [
        ("assign", Open, "new->assigned"),
        ("transfer", Open, "new->assigned"),
        ("claim", Open, "new->assigned"),
        ("hand_back", Open, "assigned->new"),
        ("contact_reached", Handled + " resolved", "assigned->in_progress"),
        ("contact_attempted", Handled + " resolved", "="),
        ("excuse_contact", Handled, "="),
        ("handling_opinion", Handled, "assigned->in_progress"),
        ("plan", Handled, "assigned->in_progress"),
        ("agree_on_plan", Handled, "="),
        ("take_step", Handled + " resolved", "="),
        ("answer", Handled, "assigned->in_progress"),
        ("progress", Handled, "assigned->in_progress"),
        ("pause_for_customer", "in_progress", "waiting_customer"),
        ("pause_for_others", "in_progress", "waiting_collaboration"),
        ("resume", "waiting_customer waiting_collaboration", "in_progress"),
        ("resolve", Handled, "resolved"),
        ("confirm_solved", "resolved", "closed"),
        ("confirm_not_solved", "resolved closed", "in_progress"),
        ("remind", "resolved", "="),
        ("close_by_silence", "resolved", "closed"),
        ("merge", Open + " resolved cancelled", "cancelled"),
        ("spam", Open + " resolved cancelled", "cancelled"),
        ("duplicate", Open + " resolved cancelled", "cancelled"),
        ("reclassify", Open + " resolved", "="),
        ("comment", Open + " resolved closed", "="),
        ("tag", Open + " resolved closed", "="),
        ("watch", Open + " resolved closed", "="),
        ("link", Open + " resolved closed", "="),
        ("split", Open + " resolved closed cancelled", "="),
        ("collaborate", Open + " resolved closed", "="),
        ("answer_collaboration", Open + " resolved closed", "="),
        ("visit", Open + " resolved closed", "="),
        ("acknowledge_escalation", Open + " resolved closed", "="),
        ("mobilise", Open, "="),
        ("summarise_case", Open + " resolved closed", "="),
    ];

    public static TheoryData<string, string> EveryCommandInEveryState()
    {
        var data = new TheoryData<string, string>();
        foreach (var command in Enum.GetValues<Command>())
        {
            foreach (var status in Enum.GetValues<TicketStatus>())
                data.Add(Refusal.Spell(command), Refusal.Spell(status));
        }

        return data;
    }

    [Theory, MemberData(nameof(EveryCommandInEveryState))]
    public void Every_command_in_every_state_does_what_the_product_says(string command, string status)
    {
        var row = Product.Single(row => row.Command == command);
        var expected = row.From.Split(' ').Contains(status) ? Ends(row.To, status) : null;

        var after = Read<TicketStatus>(status).After(Read<Command>(command), summaryMissing: false, confirmed: false);

        (after is { } next ? Refusal.Spell(next) : null).ShouldBe(expected);
    }

    [Fact]
    public void A_case_without_its_summary_stays_resolved_when_it_is_confirmed() =>
        TicketStatus
            .Resolved.After(Command.ConfirmSolved, summaryMissing: true, confirmed: false)
            .ShouldBe(TicketStatus.Resolved);

    [Fact]
    public void The_summary_closes_only_what_waits_for_nothing_else()
    {
        TicketStatus
            .Resolved.After(Command.SummariseCase, summaryMissing: false, confirmed: true)
            .ShouldBe(TicketStatus.Closed);
        TicketStatus
            .InProgress.After(Command.SummariseCase, summaryMissing: false, confirmed: true)
            .ShouldBe(TicketStatus.InProgress);
    }

    [Fact]
    public void A_refusal_names_the_state_and_what_it_allows()
    {
        var refusal = Refusal.NotIn(TicketStatus.Cancelled, Command.Resolve);

        refusal.Code.ShouldBe("illegal_transition");
        refusal.Detail.ShouldContain("cancelled");
        refusal.Allowed.ShouldBe([Command.Merge, Command.Spam, Command.Duplicate, Command.Split]);
    }

    private static string Ends(string to, string from) =>
        to == "=" ? from
        : to.Split("->") is [var before, var after] ? (from == before ? after : from)
        : to;

    private static T Read<T>(string word)
        where T : struct, Enum => Enum.GetValues<T>().Single(value => Refusal.Spell(value) == word);
}
