using CustomerFeedback.Deployment.Tests.Rules;
using static CustomerFeedback.Deployment.Tests.Planted.Plants;

namespace CustomerFeedback.Deployment.Tests.Planted;

public class PodSecurityPlants
{
    private const string Pod = "spec/template/spec";
    private const string Host = $"{Pod}/containers/0";

    private static readonly Plants All = new()
    {
        ["Deployment intake: hostNetwork is on"] = Set("Deployment intake", $"{Pod}/hostNetwork", true),
        ["Deployment intake: hostPID is on"] = Set("Deployment intake", $"{Pod}/hostPID", true),
        ["Job survey-migration: hostIPC is on"] = Set("Job survey-migration", $"{Pod}/hostIPC", true),
        ["Deployment gateway: the service account's token is mounted"] = Set(
            "Deployment gateway",
            $"{Pod}/automountServiceAccountToken",
            true
        ),
        ["Deployment gateway: services are written into the environment"] = Set(
            "Deployment gateway",
            $"{Pod}/enableServiceLinks",
            null
        ),
        ["Deployment gateway: volume tmp is of a kind that is not allowed"] = Set(
            "Deployment gateway",
            $"{Pod}/volumes/0/hostPath",
            "/var"
        ),
        ["Deployment gateway: /tmp is no emptyDir"] = Set("Deployment gateway", $"{Pod}/volumes/0/emptyDir", null),
        ["Deployment gateway: a container has no /tmp of its own"] = Set(
            "Deployment gateway",
            $"{Host}/volumeMounts/0",
            null
        ),
        ["Deployment survey: host may run as root"] = Set(
            "Deployment survey",
            $"{Pod}/securityContext/runAsNonRoot",
            false
        ),
        ["Deployment survey: host runs as no certain user, or as root"] = Set(
            "Deployment survey",
            $"{Pod}/securityContext/runAsUser",
            0
        ),
        ["Deployment survey: host has no seccomp profile"] = Set(
            "Deployment survey",
            $"{Pod}/securityContext/seccompProfile",
            null
        ),
        ["Deployment survey: wait-for-migration may gain privileges"] = Set(
            "Deployment survey",
            $"{Pod}/initContainers/0/securityContext",
            null
        ),
        ["Deployment survey: host is privileged"] = Set(
            "Deployment survey",
            $"{Host}/securityContext/privileged",
            true
        ),
        ["Deployment survey: host keeps capabilities"] = Set(
            "Deployment survey",
            $"{Host}/securityContext/capabilities/drop/0",
            "NET_RAW"
        ),
        ["Deployment survey: host adds capabilities"] = Set(
            "Deployment survey",
            $"{Host}/securityContext/capabilities/add",
            new System.Text.Json.Nodes.JsonArray("SYS_ADMIN")
        ),
        ["Deployment survey: host may write to its root file system"] = Set(
            "Deployment survey",
            $"{Host}/securityContext/readOnlyRootFilesystem",
            false
        ),
        ["Deployment survey: host takes a port of the node"] = Set("Deployment survey", $"{Host}/ports/0/hostPort", 80),
        ["Deployment survey: host mounts /proc unmasked"] = Set(
            "Deployment survey",
            $"{Host}/securityContext/procMount",
            "Unmasked"
        ),
        ["ServiceAccount survey: its token is mounted"] = Set(
            "ServiceAccount survey",
            "automountServiceAccountToken",
            null
        ),
        ["Namespace customerfeedback: Pod Security is not enforced"] = Set(
            "Namespace customerfeedback",
            "metadata/labels/pod-security.kubernetes.io~enforce",
            "baseline"
        ),
    };

    public static TheoryData<string> Faults => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Seen_red(string fault) => All.ShouldBeSeen(fault, PodSecurityRule.Faults);
}
