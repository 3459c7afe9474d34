using System.Globalization;
using CustomerFeedback.Local.Machine;

namespace CustomerFeedback.Local.Launch;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(int Replicas, bool Demo, int Port)
{
    public const string Usage = """
        dotnet run --project deploy/local [-- options]

          --replicas N   processes of the gateway and of each service (1)
          --port N       the gateway's port, or the next free one (8080)
          --no-demo      start the system without playing the story

        Servers of your own: LOCAL_POSTGRES (a superuser's connection string) and LOCAL_RABBITMQ (amqp://user:password@host:port/vhost).
        """;

    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options(Replicas: 1, Demo: true, Port: 8080);
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--no-demo" => options with { Demo = false },
                "--replicas" => options with { Replicas = Number(args, ++i, 1, 9) },
                "--port" => options with { Port = Number(args, ++i, 1, 65535) },
                _ => throw new LocalFailure($"Unknown option {args[i]}.\n\n{Usage}"),
            };
        }

        return options;
    }

    private static int Number(IReadOnlyList<string> args, int at, int least, int most) =>
        at < args.Count
        && int.TryParse(args[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : throw new LocalFailure($"{args[at - 1]} wants a number from {least} to {most}.\n\n{Usage}");
}
