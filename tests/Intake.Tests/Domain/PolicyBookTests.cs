using CustomerFeedback.Intake.Domain;
using CustomerFeedback.WorkingTime;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerFeedback.Intake.Tests.Domain;

public class PolicyBookTests
{
    private static readonly DateTimeOffset Friday = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero); // 17:30 in Shanghai

    private static readonly WorkCalendar Office = WorkCalendar.TryCreate(
        new(
            "office",
            "Asia/Shanghai",
            new[] { "mon", "tue", "wed", "thu", "fri" }.ToDictionary(
                day => day,
                IReadOnlyList<string> (_) => ["09:00-12:00", "13:30-18:00"]
            ),
            [new(new DateOnly(2026, 11, 23), "closed", null)],
            []
        ),
        out _
    )!;

    private static readonly Dictionary<string, VersionedCalendar> Calendars = new()
    {
        ["always"] = new(1, WorkCalendar.AlwaysOpen),
        ["office"] = new(4, Office),
    };

    private static SlaPolicy Policy(
        string id,
        int order,
        PolicyMatch? match = null,
        string calendar = "always",
        double hours = 1
    ) =>
        new(
            id,
            2,
            order,
            match ?? new(null, null, null, null, null, null, NamesMore: false),
            calendar,
            new Dictionary<PromisedClock, PerUrgency>
            {
                [PromisedClock.FirstContact] = new(TimeSpan.FromHours(hours), TimeSpan.FromMinutes(15), null),
                [PromisedClock.ComplaintResponse] = new(TimeSpan.FromHours(4), TimeSpan.FromHours(4), null),
            }
        );

    private static Promises Promise(
        IncomingRequest request,
        Classification classification,
        params SlaPolicy[] policies
    ) => new PolicyBook(policies, Calendars).Promise(request, classification, Segment.Regular, Friday);

    [Fact]
    public void A_complaint_is_promised_two_times_and_others_one()
    {
        var policy = Policy("default", 1);
        Promise(Given.Request(), Given.Classified(Category.Complaint, 3), policy)
            .Times.ShouldBe([
                new(PromisedClock.FirstContact, Friday.AddHours(1)),
                new(PromisedClock.ComplaintResponse, Friday.AddHours(4)),
            ]);
        Promise(Given.Request(urgency: Urgency.Urgent), Given.Classified(), policy)
            .Times.ShouldBe([new(PromisedClock.FirstContact, Friday.AddMinutes(15))]);
    }

    [Fact]
    public void What_the_policy_does_not_set_is_not_promised() =>
        Promise(Given.Request(urgency: Urgency.Critical), Given.Classified(), Policy("default", 1))
            .Times.ShouldBeEmpty();

    [Fact]
    public void Working_hours_and_holidays_count()
    {
        var promises = Promise(Given.Request(), Given.Classified(), Policy("default", 1, calendar: "office"));

        // Half an hour on Friday, Monday is a holiday, half an hour on Tuesday.
        promises.Times[0].DueAt.ShouldBe(new(2026, 11, 24, 1, 30, 0, TimeSpan.Zero));
        promises.Policy.ShouldBe(new("default", 2, "office", 4));
    }

    [Fact]
    public void The_lowest_order_that_matches_decides()
    {
        var vip = new PolicyMatch(null, null, null, null, ["vip"], null, NamesMore: false);
        var app = new PolicyMatch(["inquiry"], null, null, null, null, ["app", "web"], NamesMore: false);
        var book = new[] { Policy("default", 100), Policy("vip", 1, vip), Policy("app", 2, app) };

        Promise(Given.Request(), Given.Classified(), book).Policy.PolicyId.ShouldBe("app");
        Promise(Given.Request(channel: Channel.Phone), Given.Classified(), book).Policy.PolicyId.ShouldBe("default");
    }

    [Theory]
    [InlineData(2, "level")]
    [InlineData(3, "default")]
    [InlineData(null, "default")]
    public void A_level_is_compared_as_a_word(int? level, string expected)
    {
        var match = new PolicyMatch(null, ["complaint"], ["1", "2"], null, null, null, NamesMore: false);
        var category = level is null ? Category.GeneralInquiry : Category.Complaint;
        Promise(Given.Request(), Given.Classified(category, level), Policy("level", 1, match), Policy("default", 2))
            .Policy.PolicyId.ShouldBe(expected);
    }

    [Fact]
    public void A_policy_of_a_team_never_matches_at_intake()
    {
        var team = new PolicyMatch(null, null, null, null, null, null, NamesMore: true);
        Promise(Given.Request(), Given.Classified(), Policy("team", 1, team), Policy("default", 2))
            .Policy.PolicyId.ShouldBe("default");
    }

    [Fact]
    public void Where_nothing_matches_the_default_holds()
    {
        var never = new PolicyMatch(["complaint"], null, null, null, null, null, NamesMore: false);
        Promise(Given.Request(), Given.Classified(), Policy("default", 1, never)).Policy.PolicyId.ShouldBe("default");
    }

    [Fact]
    public void A_policy_whose_calendar_has_not_arrived_waits_for_it() =>
        Promise(Given.Request(), Given.Classified(), Policy("new", 1, calendar: "unknown"), Policy("default", 2))
            .Policy.PolicyId.ShouldBe("default");

    [Fact]
    public void The_working_time_until_a_promise_is_its_target() =>
        Prop.ForAll(
                Gen.Choose(1, 200).ToArbitrary(),
                hours =>
                {
                    var policy = Policy("default", 1, calendar: "office", hours: hours);
                    var due = Promise(Given.Request(), Given.Classified(), policy).Times[0].DueAt;
                    Office.Between(Friday, due).ShouldBe(TimeSpan.FromHours(hours));
                }
            )
            .QuickCheckThrowOnFailure();
}
