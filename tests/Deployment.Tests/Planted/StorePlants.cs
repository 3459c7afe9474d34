using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;
using static CustomerFeedback.Deployment.Tests.Planted.Plants;

namespace CustomerFeedback.Deployment.Tests.Planted;

/// <summary>Of the database, the broker and how many of us they bear.</summary>
public class StorePlants
{
    private const string Database = "spec/target/template/data/ConnectionStrings__Database";
    private const string Broker = "spec/target/template/data/ConnectionStrings__Broker";
    private const string Rights = "spec/permissions";

    private static readonly Plants OfDatabase = new()
    {
        ["survey: there is no database survey that survey_owner owns"] = Set(
            "Database survey",
            "spec/owner",
            "survey_app"
        ),
        ["survey: the secret survey is not for survey_app"] = Set(
            "ExternalSecret survey",
            Database,
            "Username=survey_owner;Database=survey"
        ),
        ["survey: the secret survey-migration is not for survey_owner"] = Set(
            "ExternalSecret survey-migration",
            Database,
            "Username=survey_owner;Database=intake"
        ),
        ["survey: the secret survey does not check the server's name"] = Set(
            "ExternalSecret survey",
            Database,
            "Username=survey_app;Database=survey;SSL Mode=Require"
        ),
        ["survey: the secret postgres-survey-app does not give survey_app its password"] = Set(
            "ExternalSecret postgres-survey-app",
            "spec/target/template/data/username",
            "survey"
        ),
        ["survey: the secret survey has another password than postgres-survey-app"] = Set(
            "ExternalSecret survey",
            "spec/data/0/remoteRef/property",
            "intake_app"
        ),
        ["survey: survey_owner is not made, or its password is not the one in postgres-survey-owner"] = Set(
            "Cluster postgres",
            "spec/managed/roles/4/passwordSecret/name",
            "survey"
        ),
        ["survey: Deployment survey comes with the secret survey-migration"] = Set(
            "Deployment survey",
            "spec/template/spec/volumes/2/secret/secretName",
            "survey-migration"
        ),
        ["survey: its roles do not get into its database"] = Set("Cluster postgres", "spec/postgresql/pg_hba/2", null),
        ["ticketing: its roles do not get into its database"] = Set(
            "Cluster postgres",
            "spec/postgresql/pg_hba/1",
            "hostssl ticketing ticketing_owner,ticketing_app all scram-sha-256" // no second login
        ),
        ["PostgreSQL: others get in, or get into others' databases"] = Set(
            "Cluster postgres",
            "spec/postgresql/pg_hba/5",
            "host all all all md5"
        ),
        ["survey_app may do too much"] = Set("Cluster postgres", "spec/managed/roles/5/createdb", true),
        ["survey_app has another's rights, or not its own"] = Set(
            "Cluster postgres",
            "spec/managed/roles/5/inRoles",
            new JsonArray("survey_owner")
        ),
        ["survey_app_2 has another's rights, or not its own"] = Set(
            "Cluster postgres",
            "spec/managed/roles/+",
            JsonNode.Parse("""{"name":"survey_app_2","login":true,"inRoles":["survey_owner"]}""")
        ),
        ["PostgreSQL: fewer than three instances have no quorum"] = Set("Cluster postgres", "spec/instances", 2),
        ["PostgreSQL: what is acknowledged is on one machine only"] = Set(
            "Cluster postgres",
            "spec/postgresql/synchronous/dataDurability",
            "preferred"
        ),
        ["PostgreSQL: changes are not archived"] = Set("Cluster postgres", "spec/plugins/0/isWALArchiver", false),
    };

    private static readonly Plants OfBroker = new()
    {
        ["survey may not write CustomerFeedback.Contracts.Survey:SurveyInvited"] = Set(
            "Permission survey",
            $"{Rights}/write",
            "^survey-"
        ),
        ["survey may not configure survey-plan-invitation-on-resolution-confirmed_error"] = Set(
            "Permission survey",
            $"{Rights}/configure",
            "confirmed$"
        ),
        ["survey may not read CustomerFeedback.Contracts.Ticketing:TicketResolved"] = Set(
            "Permission survey",
            $"{Rights}/read",
            "^survey-"
        ),
        ["survey may read intake-keep-history, which is another's"] = Set("Permission survey", $"{Rights}/read", ".*"),
        ["survey may publish CustomerFeedback.Contracts.Ticketing:TicketClosed, which is another's"] = Set(
            "Permission survey",
            $"{Rights}/write",
            "Contracts|^survey-"
        ),
        ["migration may not configure analytics-store-events"] = Set(
            "Permission migration",
            $"{Rights}/configure",
            "Contracts"
        ),
        ["migration may not bind analytics-store-events"] = Set("Permission migration", $"{Rights}/write", "^survey-"),
        ["migration may not bind to CustomerFeedback.Contracts.Ticketing:TicketClosed"] = Set(
            "Permission migration",
            $"{Rights}/read",
            "-"
        ),
        ["migration may publish CustomerFeedback.Contracts.Ticketing:TicketClosed"] = Set(
            "Permission migration",
            $"{Rights}/write",
            ".*"
        ),
        ["the secret survey does not lead survey to the broker"] = Set(
            "ExternalSecret survey",
            Broker,
            "amqp://intake:{{ .broker }}@rabbitmq:5672/customerfeedback"
        ),
        ["User rabbitmq-survey may more than its permissions say"] = Set(
            "User rabbitmq-survey",
            "spec/tags",
            new JsonArray("administrator")
        ),
        ["User rabbitmq-survey gets another's name"] = Set(
            "ExternalSecret rabbitmq-survey",
            "spec/target/template/data/username",
            "intake"
        ),
        ["RabbitMQ: fewer than three nodes have no quorum"] = Set("RabbitmqCluster rabbitmq", "spec/replicas", 1),
        ["RabbitMQ: queues are on one machine only"] = Set(
            "RabbitmqCluster rabbitmq",
            "spec/rabbitmq/additionalConfig",
            "a = b"
        ),
    };

    private static readonly Plants OfScaling = new()
    {
        ["Deployment survey: not one autoscaler"] = Without("ScaledObject survey"),
        ["Deployment survey: its number is said twice, here and by an autoscaler"] = Set(
            "Deployment survey",
            "spec/replicas",
            2
        ),
        ["ScaledObject survey: scales nothing"] = Set("ScaledObject survey", "spec/scaleTargetRef/name", "servey"),
        ["ScaledObject survey: does not scale"] = Set("ScaledObject survey", "spec/maxReplicaCount", 2),
        ["ScaledObject survey: shrinks when its queues cannot be asked"] = Set(
            "ScaledObject survey",
            "spec/fallback/behavior",
            null
        ),
        ["ScaledObject survey: a fallback is for averages only"] = Set(
            "ScaledObject survey",
            "spec/triggers/1/metricType",
            "Value"
        ),
        ["ScaledObject survey: survey-of-nothing is no queue of its service"] = Set(
            "ScaledObject survey",
            "spec/triggers/1/metadata/queueName",
            "survey-of-nothing"
        ),
        ["ScaledObject survey: intake-keep-history is no queue of its service"] = Set(
            "ScaledObject survey",
            "spec/triggers/1/metadata/queueName",
            "intake-keep-history"
        ),
    };

    public static TheoryData<string> DatabaseFaults => [.. OfDatabase.Keys];
    public static TheoryData<string> BrokerFaults => [.. OfBroker.Keys];
    public static TheoryData<string> ScalingFaults => [.. OfScaling.Keys];

    [Theory]
    [MemberData(nameof(DatabaseFaults))]
    public void Seen_red_of_the_database(string fault) => OfDatabase.ShouldBeSeen(fault, DatabaseRule.Faults);

    [Theory]
    [MemberData(nameof(BrokerFaults))]
    public void Seen_red_of_the_broker(string fault) => OfBroker.ShouldBeSeen(fault, BrokerRule.Faults);

    [Theory]
    [MemberData(nameof(ScalingFaults))]
    public void Seen_red_of_scaling(string fault) => OfScaling.ShouldBeSeen(fault, ScalingRule.Faults);

    [Fact]
    public void A_second_login_of_the_same_rights_is_no_fault() =>
        DatabaseRule
            .Faults(
                Set(
                    "Cluster postgres",
                    "spec/managed/roles/+",
                    JsonNode.Parse("""{"name":"survey_app_2","login":true,"inRoles":["survey_app"]}""")
                )(Overlay.Production)
            )
            .ShouldBeEmpty();

    [Theory]
    [InlineData("ScaledObject survey", "spec/maxReplicaCount", 40)]
    [InlineData("Deployment survey", "spec/minReadySeconds", 1)]
    [InlineData("Cluster postgres", "spec/postgresql/parameters/max_connections", 600)]
    public void Seen_red_more_connections_may_be_wanted_than_there_are(string document, string path, int value) =>
        ConnectionRule.Faults(Set(document, path, value)(Overlay.Production)).ShouldHaveSingleItem();

    [Fact]
    public void Seen_red_a_larger_pool_counts_in_every_replica()
    {
        var needed = ConnectionRule.Needed(Overlay.Production);
        var larger = Set("ExternalSecret survey", Database, "Maximum Pool Size=26")(Overlay.Production);
        // Four at most, one that an update starts, two that have not stopped yet; ten more each.
        ConnectionRule.Needed(larger).ShouldBe(needed + (7 * 10));
    }
}
