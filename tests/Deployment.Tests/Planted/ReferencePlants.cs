using System.Text.Json.Nodes;
using CustomerFeedback.Deployment.Tests.Rules;
using static CustomerFeedback.Deployment.Tests.Planted.Plants;

namespace CustomerFeedback.Deployment.Tests.Planted;

public class ReferencePlants
{
    private const string Pod = "spec/template/spec";

    private static readonly Plants All = new()
    {
        ["Deployment survey: nobody makes the secret survey"] = Without("ExternalSecret survey"),
        ["Cluster postgres: the secret postgres-survey-app has no password"] = Set(
            "ExternalSecret postgres-survey-app",
            "spec/target/template/data/password",
            null
        ),
        ["User rabbitmq-survey: nobody makes the secret rabbitmq-survey"] = Without("ExternalSecret rabbitmq-survey"),
        ["ObjectStore postgres-backup: the secret postgres-backup has no KEY"] = Set(
            "ObjectStore postgres-backup",
            "spec/configuration/s3Credentials/accessKeyId/key",
            "KEY"
        ),
        ["TriggerAuthentication broker: the secret keda-broker has no hosts"] = Set(
            "TriggerAuthentication broker",
            "spec/secretTargetRef/0/key",
            "hosts"
        ),
        ["Ingress gateway: nobody makes the secret gateway-tls"] = Set(
            "Ingress gateway",
            "metadata/annotations/cert-manager.io~cluster-issuer",
            null
        ),
        ["nobody uses the secret keda-broker"] = Without("TriggerAuthentication broker"),
        ["Deployment survey: there is no ServiceAccount servey"] = Set(
            "Deployment survey",
            $"{Pod}/serviceAccountName",
            "servey"
        ),
        ["Deployment survey: there is no ConfigMap others"] = Set(
            "Deployment survey",
            $"{Pod}/containers/0/envFrom/0/configMapRef/name",
            "others"
        ),
        ["Cluster postgres: there is no ConfigMap sql"] = Set(
            "Cluster postgres",
            "spec/bootstrap/initdb/postInitSQLRefs/configMapRefs/0/name",
            "sql"
        ),
        ["Cluster postgres: there is no ObjectStore postgres-backup"] = Without("ObjectStore postgres-backup"),
        ["Database survey: there is no Cluster postgresql"] = Set("Database survey", "spec/cluster/name", "postgresql"),
        ["Vhost customerfeedback: there is no RabbitmqCluster rabbit"] = Set(
            "Vhost customerfeedback",
            "spec/rabbitmqClusterReference/name",
            "rabbit"
        ),
        ["Permission survey: there is no User survey"] = Set("Permission survey", "spec/userReference/name", "survey"),
        ["Permission survey: there is no Vhost feedback"] = Set("Permission survey", "spec/vhost", "feedback"),
        ["ExternalSecret survey: there is no SecretStore secret"] = Set(
            "ExternalSecret survey",
            "spec/secretStoreRef/name",
            "secret"
        ),
        ["SecretStore secrets: there is no ServiceAccount external-secrets"] = Without(
            "ServiceAccount external-secrets"
        ),
        ["ScaledObject survey: there is no TriggerAuthentication brokers"] = Set(
            "ScaledObject survey",
            "spec/triggers/1/authenticationRef/name",
            "brokers"
        ),
        ["Ingress gateway: there is no Service gateways"] = Set(
            "Ingress gateway",
            "spec/rules/0/http/paths/0/backend/service/name",
            "gateways"
        ),
        ["nobody uses ConfigMap lonely"] = With(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: lonely, namespace: customerfeedback}}"
        ),
        ["ExternalSecret survey: broker is only fetched, or only filled in"] = Set(
            "ExternalSecret survey",
            "spec/data/1",
            null
        ),
        ["ExternalSecret survey: more is only fetched, or only filled in"] = Set(
            "ExternalSecret survey",
            "spec/data/+",
            JsonNode.Parse("""{"secretKey":"more"}""")
        ),
        ["Service survey: not the pods of survey are behind it"] = Set(
            "Service survey",
            "spec/selector/app.kubernetes.io~name",
            "ticketing"
        ),
        ["Service gateway: not the pods of gateway are behind it"] = Set(
            "Service gateway",
            "spec/selector/app.kubernetes.io~name",
            null
        ),
        ["Service survey: its pods have no such port"] = Set("Service survey", "spec/ports/0/targetPort", "web"),
        ["Service survey: the gateway cannot see its pods"] = Set("Service survey", "spec/clusterIP", null),
        ["Deployment survey: does not select its own pods"] = Set(
            "Deployment survey",
            "spec/selector/matchLabels/app.kubernetes.io~name",
            "ticketing"
        ),
        ["Deployment survey: selects another's pods"] = Set(
            "Deployment survey",
            "spec/selector/matchLabels/app.kubernetes.io~name",
            null
        ),
        ["PodMonitor customerfeedback: does not see every host"] = Set(
            "PodMonitor customerfeedback",
            "spec/podMetricsEndpoints/0/port",
            "metrics"
        ),
        ["Service survey: is in another namespace"] = Set("Service survey", "metadata/namespace", "default"),
        ["Service survey: twice"] = With(
            "{apiVersion: v1, kind: Service, metadata: {name: survey, namespace: customerfeedback}}"
        ),
    };

    public static TheoryData<string> Faults => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Seen_red(string fault) => All.ShouldBeSeen(fault, ReferenceRule.Faults);
}
