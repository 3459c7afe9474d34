using System.Text.Json;
using CustomerFeedback.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Platform.Tests.Settings;

public sealed class SettingsTests
{
    private static ServiceProvider Host(params (string Name, string? Value)[] settings) =>
        new ServiceCollection()
            .AddSingleton<IConfiguration>(
                new ConfigurationBuilder()
                    .AddInMemoryCollection(settings.ToDictionary(one => one.Name, one => one.Value))
                    .Build()
            )
            .AddSettings<ShelfOptions>("Shelf")
            .BuildServiceProvider();

    private static IReadOnlyList<string> Faults(params (string Name, string? Value)[] settings)
    {
        using var host = Host(settings);
        return Should.Throw<SettingsException>(() => host.CheckSettings()).Faults;
    }

    [Fact]
    public void What_is_right_is_bound()
    {
        using var host = Host(
            ("Shelf:Label", "a"),
            ("shelf:places", "7"),
            ("Shelf:Keep", "00:00:30"),
            ("Shelf:Keeper", "https://keeper.example/"),
            ("Shelf:Keys:k1", "x"),
            ("Shelf:Sizes:0", "1.5"),
            ("Shelf:Lamps:left:Colour", "red"),
            ("Shelf:Lamp:Shade", "red")
        );
        host.CheckSettings();
        var shelf = host.GetRequiredService<IOptions<ShelfOptions>>().Value;
        (shelf.Label, shelf.Places, shelf.Keep).ShouldBe(("a", 7, TimeSpan.FromSeconds(30)));
        shelf.Keys["k1"].ShouldBe("x");
        shelf.Sizes.ShouldBe([1.5]);
        shelf.Lamps["left"].Colour.ShouldBe("red");
        shelf.Lamp.Shade.ShouldBe(ConsoleColor.Red);
    }

    [Fact]
    public void A_missing_setting_is_named_and_described() =>
        Faults().ShouldBe(["Setting Shelf:Label: missing. What stands on the label; see Places."]);

    [Fact]
    public void Everything_that_does_not_convert_or_is_unknown_is_told_at_once() =>
        Faults(
                ("Shelf:Places", "many"),
                ("Shelf:Keep", "10"),
                ("Shelf:Door", "ajar"),
                ("Shelf:Keeper", "/here"),
                ("Shelf:Sizes:1", "1,5"),
                ("Shelf:Lamp:Shade", "7"),
                ("Shelf:Lamps:left:Color", "red"),
                ("Shelf:Plases", "3"),
                ("Shelf:IsFull", "true")
            )
            .Select(fault => fault["Setting ".Length..].Split(": ")[0])
            .ShouldBe(
                [
                    "Shelf:Places",
                    "Shelf:Keep",
                    "Shelf:Door",
                    "Shelf:Keeper",
                    "Shelf:Sizes:1",
                    "Shelf:Lamp:Shade",
                    "Shelf:Lamps:left:Color",
                    "Shelf:Plases",
                    "Shelf:IsFull",
                ],
                ignoreOrder: true
            );

    [Theory]
    [InlineData("Shelf:Places", "many", "\"many\" is not a whole number.")]
    [InlineData("Shelf:Places", "11", "11 is not 1 to 10.")]
    [InlineData("Shelf:Places", "", "empty; it is a whole number, or left out.")]
    [InlineData("Shelf:Keep", "10", "\"10\" is not a time span such as 00:00:30 (hours:minutes:seconds).")]
    [InlineData("Shelf:Keep", "2.00:00:00", "2.00:00:00 is not 00:00:01 to 1.00:00:00.")]
    [InlineData("Shelf:Lamp:Colour", "blue", "blue is not one of red, white.")]
    [InlineData("Shelf:Lamps:left:Colour", "blue", "blue is not one of red, white.")]
    [InlineData("Shelf:Sizes", "1", "it has parts, as Shelf:Sizes:0.")]
    [InlineData("Shelf:Keys", "x", "it has parts, as Shelf:Keys:k1.")]
    [InlineData("Shelf:Lamp", "red", "it has parts, as Shelf:Lamp:Colour.")]
    [InlineData("Shelf:Places:0", "3", "it is a whole number and has no parts.")]
    [InlineData("Shelf:Door", "true", "missing: a door needs one.")]
    [InlineData("Shelf:Lampe:Colour", "red", "unknown; known are Label, Places")]
    public void What_is_wrong_is_told_with_what_would_be_right(string name, string value, string told) =>
        Faults(("Shelf:Label", "a"), (name, value)).ShouldHaveSingleItem().ShouldContain(told);

    [Fact]
    public void Parts_are_named_by_their_whole_path() =>
        Faults(("Shelf:Label", "a"), ("Shelf:Lamps:left:Colour", "blue"))
            .ShouldHaveSingleItem()
            .ShouldStartWith("Setting Shelf:Lamps:left:Colour: ");

    [Fact]
    public void A_secret_is_not_repeated() =>
        Faults(("Shelf:Label", "a"), ("Shelf:Combination", "hunter2"))
            .ShouldHaveSingleItem()
            .ShouldBe("Setting Shelf:Combination: not a whole number.");

    [Fact]
    public void Names_of_the_platform_and_sections_of_others_are_no_faults()
    {
        using var host = Host(
            ("Shelf:Label", "a"),
            ("Shelf", "tcp://10.0.0.1"),
            ("SHELF_PORT", "tcp://10.0.0.1:80"),
            ("SHELF_SERVICE_HOST", "10.0.0.1"),
            ("Drawer:Plases", "3")
        );
        host.CheckSettings();
    }

    [Fact]
    public void Whoever_needs_one_section_asks_for_no_other()
    {
        using var host = Host();
        host.CheckSettings(typeof(string));
        Should.Throw<SettingsException>(() => host.CheckSettings(typeof(ShelfOptions)));
    }

    [Fact]
    public void The_options_themselves_are_refused_too()
    {
        using var host = Host(("Shelf:Places", "11"));
        var check = host.GetRequiredService<IStartupValidator>();
        Should.Throw<OptionsValidationException>(check.Validate).Message.ShouldContain("Shelf:Places");
    }

    [Fact]
    public void The_catalogue_tells_name_type_default_range_secrecy_and_purpose()
    {
        using var host = Host();
        var settings = Catalogue.Of(host.GetServices<Section>()).ToDictionary(setting => setting.Name);
        settings["Shelf:Label"]
            .ShouldBe(new("Shelf:Label", "text", null, true, false, null, "What stands on the label; see Places."));
        settings["Shelf:Places"]
            .ShouldBe(new("Shelf:Places", "whole number", "3", false, false, "1 to 10", "How many things fit on it."));
        settings["Shelf:Keep"].Default.ShouldBe("00:05:00");
        settings["Shelf:Door"].Default.ShouldBe("false");
        settings["Shelf:Keys:{id}"].Secret.ShouldBeTrue();
        settings["Shelf:Sizes:{n}"].Type.ShouldBe("number");
        settings["Shelf:Lamp:Colour"].Allowed.ShouldBe("red, white");
        settings["Shelf:Lamps:{id}:Shade"].Default.ShouldBe("Gray");
        settings.ShouldNotContainKey("Shelf:IsFull");
        JsonDocument
            .Parse(Catalogue.Json(host.GetServices<Section>()))
            .RootElement.GetArrayLength()
            .ShouldBe(settings.Count);
    }
}
