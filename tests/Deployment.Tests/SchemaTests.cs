using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rendering;
using CustomerFeedback.Deployment.Tests.Rules;

namespace CustomerFeedback.Deployment.Tests;

public class SchemaTests
{
    [Fact]
    public async Task Every_document_of_every_place_has_the_shape_that_its_kind_has()
    {
        // In one go: most of the time is the compiler's start.
        List<Manifest> manifests = [.. Overlay.All.SelectMany(overlay => overlay.Manifests)];
        manifests.Count.ShouldBeGreaterThan(200);
        (await SchemaRule.Faults(manifests)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Seen_red_a_wrong_type_an_unknown_field_and_an_unknown_kind_are_reported()
    {
        var planted = Overlay
            .Production.With("Deployment", "intake", d => d["spec"]!["minReadySeconds"] = "soon")
            .With("Service", "gateway", s => s["spec"]!["clusterIp"] = "None")
            .With(
                "Job",
                "survey-migration",
                j => j["spec"]!["template"]!["spec"]!["containers"]![0]!["imagePulPolicy"] = "Never"
            )
            .With("ScaledObject", "survey", s => s["spec"]!["maxReplicas"] = 3)
            .With("ExternalSecret", "survey", s => s["spec"]!["targets"] = new JsonObject())
            .With("PodMonitor", "postgres", m => m["spec"]!["namespaceSelectors"] = new JsonObject())
            .With("Cluster", "postgres", c => c["spec"]!["instance"] = 3)
            .With("Database", "survey", d => d["spec"]!["owners"] = "survey_owner")
            .With("ScheduledBackup", "postgres-nightly", b => b["spec"]!["schedule"] = "0 18 * * *")
            .With("ObjectStore", "postgres-backup", o => o["spec"]!["retentionPolicy"] = "a month")
            .With("RabbitmqCluster", "rabbitmq", r => r["spec"]!["replicas"] = "three")
            .With("Vhost", "customerfeedback", v => v["spec"]!.AsObject().Remove("rabbitmqClusterReference"))
            .With("User", "rabbitmq-survey", u => u["spec"]!["password"] = "x")
            .With("Permission", "survey", p => p["spec"]!["permissions"]!["reads"] = ".*")
            .And("{apiVersion: v1, kind: Servise, metadata: {name: a}}")
            .And("{apiVersion: example.com/v1, kind: Cluster, metadata: {name: b}}");

        var faults = await SchemaRule.Faults(planted.Manifests);

        string[] expected =
        [
            "Deployment intake: data/spec/minReadySeconds must be integer",
            "Service gateway: Object literal may only specify known properties, and '\"clusterIp\"'",
            "Job survey-migration: Object literal may only specify known properties, and '\"imagePulPolicy\"'",
            "ScaledObject survey: Object literal may only specify known properties, and '\"maxReplicas\"'",
            "ExternalSecret survey: Object literal may only specify known properties, and '\"targets\"'",
            "PodMonitor postgres: Object literal may only specify known properties, and '\"namespaceSelectors\"'",
            "Cluster postgres: /spec must NOT have additional properties instance",
            "Database survey: /spec must NOT have additional properties owners",
            "ScheduledBackup postgres-nightly: /spec/schedule must match pattern",
            "ObjectStore postgres-backup: /spec/retentionPolicy must match pattern",
            "RabbitmqCluster rabbitmq: /spec/replicas must be integer",
            "Vhost customerfeedback: /spec must have required property 'rabbitmqClusterReference'",
            "User rabbitmq-survey: /spec must NOT have additional properties password",
            "Permission survey: /spec/permissions must NOT have additional properties reads",
            "Servise a: no schema of v1/Servise is known",
            "Cluster b: no schema of example.com/v1/Cluster is known",
        ];
        foreach (var start in expected)
            faults.ShouldContain(fault => fault.StartsWith(start, StringComparison.Ordinal), start);
    }
}
