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
        var words = new Queue<string>(args);
        while (words.TryDequeue(out var word))
        {
            options = word switch
            {
                "--no-demo" => options with { Demo = false },
                "--replicas" => options with { Replicas = Number(word, words, 1, 9) },
                "--port" => options with { Port = Number(word, words, 1, 65535) },
                _ => throw new LocalRunException($"Unknown option {word}.\n\n{Usage}"),
            };
        }

        return options;
    }

    private static int Number(string option, Queue<string> words, int least, int most) =>
        words.TryDequeue(out var word)
        && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= most
            ? number
            : throw new LocalRunException($"{option} wants a number from {least} to {most}.\n\n{Usage}");
}
