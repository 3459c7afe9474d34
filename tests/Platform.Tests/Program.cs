using CustomerFeedback.Platform.Tests.Messaging;
using Xunit.Runner.InProc.SystemConsole;

namespace CustomerFeedback.Platform.Tests;

/// <summary>The test program; called as a host it is the process that crash tests kill, or one that migrates.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) =>
        args switch
        {
            [ShopProcess.Verb, .. var how] => ShopProcess.Run(how),
            [MigratingShop.Verb, .. var how] => MigratingShop.Run(how),
            _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
                Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                    args,
                    SelfRegisteredExtensions.AddSelfRegisteredExtensions
                ),
            _ => ConsoleRunner.Run(args),
        };
}
