using CustomerFeedback.ServiceDefaults;
using CustomerFeedback.Settings;
using CustomerFeedback.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Platform.Tests.Settings;

public sealed class SecretFilesTests : IDisposable
{
    private static readonly string K1 = Convert.ToBase64String(Enumerable.Repeat((byte)1, 32).ToArray());
    private static readonly string K2 = Convert.ToBase64String(Enumerable.Repeat((byte)2, 32).ToArray());
    private readonly MountedFolder folder = new(("Links__CurrentKey", "k1\n"), ("Links__Keys__k1", $"{K1}\n"));

    public void Dispose() => folder.Dispose();

    private static WebApplication Host(string path, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var (name, value) in settings.Append(("Secrets:Path", path)))
            builder.Configuration[name] = value;
        builder.AddSecretFiles();
        builder.AddLinkTokens();
        return builder.Build();
    }

    [Fact]
    public async Task Files_of_the_folder_are_settings_without_their_last_line_break_and_win()
    {
        await using var host = Host(folder.Path, ("Links:CurrentKey", "k0"));
        host.Services.CheckSettings();
        var links = host.Services.GetRequiredService<IOptions<LinkOptions>>().Value;
        links.CurrentKey.ShouldBe("k1");
        links.Keys["k1"].ShouldBe(K1);
    }

    [Fact]
    public async Task Without_a_path_no_files_are_asked_for()
    {
        await using var host = Host("", ("Links:CurrentKey", "k1"), ("Links:Keys:k1", K1));
        host.Services.CheckSettings();
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named_with_everything_else()
    {
        await using var host = Host("/nowhere/secrets");
        Should
            .Throw<SettingsException>(() => host.Services.CheckSettings())
            .Faults.Select(fault => fault.Split(": ")[0])
            .ShouldBe(["Setting Secrets:Path", "Setting Links:CurrentKey", "Setting Links:Keys"]);
        Should
            .Throw<SettingsException>(() => host.Services.CheckSettings())
            .Message.ShouldContain("there is no folder /nowhere/secrets.");
    }

    [Fact]
    public async Task A_misspelt_file_is_refused_by_its_name()
    {
        folder.Turn(("Links__CurrentKey", "k1"), ("Links__Keys__k1", K1), ("Links__CurentKey", "k1"));
        await using var host = Host(folder.Path);
        Should
            .Throw<SettingsException>(() => host.Services.CheckSettings())
            .Faults.ShouldHaveSingleItem()
            .ShouldStartWith("Setting Links:CurentKey: unknown");
    }

    [Fact]
    public async Task A_turned_folder_brings_new_keys_without_a_restart_and_a_wrong_one_leaves_the_last_good()
    {
        await using var host = Host(folder.Path);
        var links = host.Services.GetRequiredService<LinkTokens>();
        var old = links.Sign("status", Guid.Empty);

        folder.Turn(("Links__CurrentKey", "k2\n"), ("Links__Keys__k1", K1), ("Links__Keys__k2", K2));
        await Eventually.That(() => links.Sign("status", Guid.Empty) != old);
        var young = links.Sign("status", Guid.Empty);
        links.TryRead("status", old, out _, out _).ShouldBeTrue();

        // Names a key that is not there: what was taken before stays, and the next good folder is taken again.
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        folder.Turn(("Links__CurrentKey", "k9"), ("Links__Keys__k1", K1), ("Links__Keys__k2", K2));
        await Eventually.That(() => configuration["Links:CurrentKey"] == "k9");
        links.Sign("status", Guid.Empty).ShouldBe(young);

        folder.Turn(("Links__CurrentKey", "k1"), ("Links__Keys__k1", K1), ("Links__Keys__k2", K2));
        await Eventually.That(() => links.Sign("status", Guid.Empty) == old);
    }
}
