using CustomerFeedback.Architecture.Tests.Rules;

namespace CustomerFeedback.Architecture.Tests;

public class TreeTests
{
    [Fact]
    public void The_top_level_is_exactly_the_listed_one() => TreeRule.TopLevelFaults(House.Files).ShouldBeEmpty();

    [Fact]
    public void No_folder_or_file_has_a_name_that_anything_fits() => TreeRule.EmptyNamed(House.Files).ShouldBeEmpty();

    [Fact]
    public void A_test_of_a_slice_or_a_rule_lies_where_its_subject_lies() =>
        TreeRule.Unmirrored(House.Files).ShouldBeEmpty();

    [Fact]
    public void The_services_are_those_that_the_rules_know() =>
        House
            .Files.Select(file => file.Split('/'))
            .Where(parts => parts is ["services", not ("Platform" or "adr"), _, ..])
            .Select(parts => parts[1])
            .Distinct()
            .ShouldBe(House.Services, ignoreOrder: true);

    [Fact]
    public void Seen_red_a_stranger_at_the_top_and_a_missing_part_are_reported() =>
        TreeRule
            .TopLevelFaults([
                ".ci/run",
                "services/Intake/Program.cs",
                "gateway/Program.cs",
                "contracts/Words.cs",
                "deploy/local/Program.cs",
                "tests/TestKit/FakeClock.cs",
                "Directory.Build.props",
                "CustomerFeedback.sln",
                "global.json",
                "src/Program.cs",
                "NOTES.md",
            ])
            .ShouldBe(["src is not of the top level", "NOTES.md is not of the top level", "README.md is missing"]);

    [Theory]
    [InlineData("services/Intake/Common/Text.cs")]
    [InlineData("services/Platform/Shared/Text.cs")]
    [InlineData("gateway/Core/Text.cs")]
    [InlineData("services/Intake/Features/Helpers/Text.cs")]
    [InlineData("tests/utils/Text.cs")]
    [InlineData("services/Survey/Models/Survey.cs")]
    [InlineData("contracts/Dtos/Survey.cs")]
    [InlineData("services/Survey/Interfaces/ISurvey.cs")]
    [InlineData("deploy/local/Extensions/Text.cs")]
    [InlineData("services/Intake/Helpers.cs")]
    [InlineData("tests/Extensions.Tests/Text.cs")]
    public void Seen_red_a_name_that_anything_fits_is_reported(string path) =>
        TreeRule.EmptyNamed([path, "services/Intake/Features/CommonSense.cs"]).ShouldBe([path]);

    [Fact]
    public void Seen_red_a_test_away_from_its_subject_or_from_any_folder_of_its_service_is_reported() =>
        TreeRule
            .Unmirrored([
                "services/Intake/Features/Accepting/AcceptRequest.cs",
                "services/Intake/Domain/Ticket.Opening.cs",
                "services/Intake/Domain/Sla/Clock.cs",
                "tests/Intake.Tests/IntakeHostTests.cs",
                "tests/Intake.Tests/Features/Scenarios.cs",
                "tests/Intake.Tests/Features/Accepting/AcceptRequestTests.cs",
                "tests/Intake.Tests/Features/Accepting/RepeatedRequestTests.cs",
                "tests/Intake.Tests/Domain/TicketTests.cs",
                "tests/Intake.Tests/Domain/Sla/ClockTests.cs",
                "tests/Intake.Tests/Features/AcceptRequestTests.cs",
                "tests/Intake.Tests/Domain/AcceptRequestTests.cs",
                "tests/Intake.Tests/Features/Refusing/MalformedRequestTests.cs",
                "tests/Survey.Tests/Domain/Sla/ClockTests.cs",
            ])
            .ShouldBe([
                "tests/Intake.Tests/Features/AcceptRequestTests.cs mirrors nothing",
                "tests/Intake.Tests/Domain/AcceptRequestTests.cs mirrors nothing",
                "tests/Intake.Tests/Features/Refusing/MalformedRequestTests.cs mirrors nothing",
                "tests/Survey.Tests/Domain/Sla/ClockTests.cs mirrors nothing",
            ]);
}
