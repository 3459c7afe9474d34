using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rules;
using static CustomerFeedback.Deployment.Tests.Planted.Plants;

namespace CustomerFeedback.Deployment.Tests.Planted;

public class SecretPlants
{
    private const string Host = "spec/template/spec/containers/0";

    // Made up here, and put together so that no scan of the tree takes them for real.
    private static readonly string Random = "dGhpcyBpcyBub3Q" + "gYSBzZWNyZXQgYXQ" + "gYWxsIDQyNzE5Mw";
    private static readonly string Hex = "9f86d081884c7d65" + "9a2feaa0c55ad015" + "a3bf4f1b";

    private static readonly Plants All = new()
    {
        ["Secret survey: secrets come from the store"] = With(
            "{apiVersion: v1, kind: Secret, metadata: {name: survey}}"
        ),
        ["Deployment survey: Links__Keys__k1 is a secret and not a file"] = Set(
            "Deployment survey",
            $"{Host}/env/+",
            Json("""{"name":"Links__Keys__k1","value":"x"}""")
        ),
        ["Deployment survey: ConnectionStrings__Broker is a secret and not a file"] = Set(
            "Deployment survey",
            $"{Host}/env/+",
            Json("""{"name":"ConnectionStrings__Broker","value":"x"}""")
        ),
        ["Deployment intake: Pii__IndexKey is a secret and not a file"] = Set(
            "Deployment intake",
            $"{Host}/env/+",
            Json("""{"name":"Pii__IndexKey","value":"x"}""")
        ),
        ["Deployment survey: a secret is put into the environment"] = Set(
            "Deployment survey",
            $"{Host}/env/+",
            Json("""{"name":"A","valueFrom":{"secretKeyRef":{"name":"survey","key":"password"}}}""")
        ),
        ["Job survey-migration: a secret is put into the environment"] = Set(
            "Job survey-migration",
            $"{Host}/envFrom/+",
            Json("""{"secretRef":{"name":"survey"}}""")
        ),
        ["Deployment survey: a key that is added to its secret is not mounted"] = Set(
            "Deployment survey",
            "spec/template/spec/volumes/2/secret/items",
            Json("""[{"key":"Links__Keys__k1","path":"Links__Keys__k1"}]""")
        ),
        ["ConfigMap postgres-bootstrap/data/a: dGhpcy... looks like a secret"] = Set(
            "ConfigMap postgres-bootstrap",
            "data/a",
            Random
        ),
        ["Deployment survey/spec/template/spec/containers/0/env/1/value: 9f86d0... looks like a secret"] = Set(
            "Deployment survey",
            $"{Host}/env/+",
            Json($$"""{"name":"A","value":"{{Hex}}"}""")
        ),
        ["ExternalSecret survey/spec/target/template/data/a: summer... looks like a secret"] = Set(
            "ExternalSecret survey",
            "spec/target/template/data/a",
            "Host=postgres-rw;Password=summer26;Database=a"
        ),
        ["ExternalSecret survey/spec/target/template/data/b: summer... looks like a secret"] = Set(
            "ExternalSecret survey",
            "spec/target/template/data/b",
            "amqp://survey:summer26@rabbitmq:5672/a"
        ),
    };

    public static TheoryData<string> Faults => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Seen_red(string fault) => All.ShouldBeSeen(fault, SecretRule.Faults);

    private static JsonNode? Json(string text) => JsonNode.Parse(text);
}
