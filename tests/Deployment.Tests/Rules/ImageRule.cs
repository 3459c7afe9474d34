using System.Text.RegularExpressions;
using CustomerFeedback.Deployment.Tests.Rendering;

namespace CustomerFeedback.Deployment.Tests.Rules;

/// <summary>It is certain what runs: a version everywhere, and in production the very bytes.</summary>
internal static partial class ImageRule
{
    public static IEnumerable<string> Faults(Overlay overlay)
    {
        var images = overlay.Workloads.SelectMany(
            w => w.Containers,
            (w, container) => (w, container.Text("image") ?? "")
        );
        foreach (var (workload, image) in images)
        {
            if (!image.Contains($"customerfeedback/{workload.Host}", StringComparison.Ordinal))
                yield return $"{workload}: {image} is another host's";
            if (overlay.Name == "production" ? !Digest().IsMatch(image) : !Version().IsMatch(image))
                yield return $"{workload}: {image} is not pinned";
        }

        foreach (var store in overlay.Of("Cluster", "RabbitmqCluster"))
        {
            var image = store.Spec.Text("imageName") ?? store.Spec.Text("image") ?? "";
            // The tag stays beside the digest: it tells people, and PostgreSQL's operator, the version.
            if (!Release().IsMatch(image) || (overlay.Name == "production" && !Digest().IsMatch(image)))
                yield return $"{store}: {image} is not pinned";
        }
    }

    /// <summary>PostgreSQL's releases have two numbers, RabbitMQ's three; fewer name whatever is newest.</summary>
    [GeneratedRegex(
        @"(postgresql:\d+\.\d+|rabbitmq:\d+\.\d+\.\d+)(-[a-z0-9.-]+)?(@sha256:[0-9a-f]{64})?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Release();

    [GeneratedRegex("@sha256:(?!0{64})[0-9a-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();

    [GeneratedRegex(
        "(:(?!latest$)[A-Za-z0-9][A-Za-z0-9._-]*|@sha256:[0-9a-f]{64})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Version();
}
