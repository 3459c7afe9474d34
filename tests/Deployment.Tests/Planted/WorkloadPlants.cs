using CustomerFeedback.Deployment.Tests.Rules;
using static CustomerFeedback.Deployment.Tests.Planted.Plants;

namespace CustomerFeedback.Deployment.Tests.Planted;

public class WorkloadPlants
{
    private const string Pod = "spec/template/spec";
    private const string Host = $"{Pod}/containers/0";

    private static readonly Plants All = new()
    {
        ["Deployment intake: host has no limits of memory"] = Set(
            "Deployment intake",
            $"{Host}/resources/limits/memory",
            null
        ),
        ["Deployment intake: wait-for-migration has no requests of cpu"] = Set(
            "Deployment intake",
            $"{Pod}/initContainers/0/resources/requests/cpu",
            null
        ),
        ["Job intake-migration: host has no requests of memory"] = Set(
            "Job intake-migration",
            $"{Host}/resources/requests",
            null
        ),
        ["Deployment intake: livenessProbe does not ask /livez of the management port"] = Set(
            "Deployment intake",
            $"{Host}/livenessProbe/httpGet/path",
            "/readyz"
        ),
        ["Deployment intake: readinessProbe does not ask /readyz of the management port"] = Set(
            "Deployment intake",
            $"{Host}/readinessProbe/httpGet/port",
            "http"
        ),
        ["Deployment intake: startupProbe does not ask /startupz of the management port"] = Set(
            "Deployment intake",
            $"{Host}/startupProbe",
            null
        ),
        ["Deployment intake: an update takes a pod before there is another"] = Set(
            "Deployment intake",
            "spec/strategy/rollingUpdate/maxUnavailable",
            1
        ),
        ["Deployment intake: not spread over topology.kubernetes.io/zone"] = Set(
            "Deployment intake",
            $"{Pod}/topologySpreadConstraints/0",
            null
        ),
        ["Deployment intake: not spread over kubernetes.io/hostname"] = Set(
            "Deployment intake",
            $"{Pod}/topologySpreadConstraints/1",
            null
        ),
        ["Deployment intake: spread with pods that it is not one of"] = Set(
            "Deployment intake",
            $"{Pod}/topologySpreadConstraints/1/labelSelector/matchLabels/app.kubernetes.io~component",
            "migration"
        ),
        ["Deployment intake: no disruption budget, or not the one, takes one pod at a time"] = Without(
            "PodDisruptionBudget intake"
        ),
        ["Deployment survey: no disruption budget, or not the one, takes one pod at a time"] = Set(
            "PodDisruptionBudget survey",
            "spec/selector/matchLabels/app.kubernetes.io~name",
            "sruvey"
        ),
        ["Deployment gateway: one replica is none"] = Set("HorizontalPodAutoscaler gateway", "spec/minReplicas", 1),
        ["Deployment intake: it is killed before it has stopped, which takes up to 00:00:30"] = Set(
            "Deployment intake",
            $"{Pod}/terminationGracePeriodSeconds",
            30
        ),
        ["Deployment intake: it is killed before it has stopped, which takes up to 00:00:45"] = Set(
            "Deployment intake",
            $"{Host}/lifecycle/preStop/sleep/seconds",
            15
        ),
        ["Deployment intake: it drains for 00:00:00, which is nothing or all the time it has"] = Set(
            "Deployment intake",
            $"{Host}/env/0",
            System.Text.Json.Nodes.JsonNode.Parse("""{"name":"Drain__Delay","value":"00:00:00"}""")
        ),
        ["Deployment intake: it drains for 00:00:30, which is nothing or all the time it has"] = Set(
            "Deployment intake",
            $"{Host}/env/0",
            System.Text.Json.Nodes.JsonNode.Parse("""{"name":"Drain__Delay","value":"00:00:30"}""")
        ),
    };

    public static TheoryData<string> Faults => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Seen_red(string fault) => All.ShouldBeSeen(fault, WorkloadRule.Faults);
}
