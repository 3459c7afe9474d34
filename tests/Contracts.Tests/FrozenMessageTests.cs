using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerFeedback.Messaging;

namespace CustomerFeedback.Contracts.Tests;

/// <summary>
/// The wire format of every message, frozen: <c>Frozen/TicketOpened.1.json</c>, and a further number for each time that optional members
/// were added. The highest number is what is written today; all of them must be readable for ever.
/// </summary>
public sealed class FrozenMessageTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<Type> Messages => new(EventTable.Rows.Select(r => r.Event));

    public static TheoryData<Type, string> Files =>
        new(EventTable.Rows.SelectMany(r => Frozen(r.Event).Select(file => (r.Event, Path.GetFileName(file)))));

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_is_written_today_is_what_was_frozen_last(Type message)
    {
        var written = Write(Samples.Of(message), message);
        var files = Frozen(message);
        if (Repository.Update && (files.Count == 0 || Pretty(written) != File.ReadAllText(files[^1]).TrimEnd()))
            File.WriteAllText(
                Repository.Path("tests", "Contracts.Tests", "Frozen", $"{message.Name}.{files.Count + 1}.json"),
                Pretty(written) + "\n"
            );

        Frozen(message).ShouldNotBeEmpty("UPDATE_FROZEN=1 writes the file of a new or changed message.");
        Pretty(written).ShouldBe(File.ReadAllText(Frozen(message)[^1]).TrimEnd());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Whatever_was_ever_written_is_read_without_loss(Type message, string file)
    {
        var stored = Compact(File.ReadAllText(Repository.Path("tests", "Contracts.Tests", "Frozen", file)));

        var read = Read(stored, message);

        ShouldHoldAll(JsonNode.Parse(Write(read, message))!, JsonNode.Parse(stored)!);
        if (file == Path.GetFileName(Frozen(message)[^1]))
            ShouldBeEqual(read, Samples.Of(message), message.Name);
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_without_its_optional_members_is_read(Type message)
    {
        var node = JsonNode.Parse(Write(Samples.Of(message), message))!.AsObject();
        var optional = Samples.Members(message).Where(IsOptional).Select(p => p.Name!).ToList();
        foreach (var name in optional)
            node.Remove(JsonNamingPolicy.CamelCase.ConvertName(name)).ShouldBeTrue();

        var read = Read(node.ToJsonString(), message);

        foreach (var name in optional)
            message.GetProperty(name)!.GetValue(read).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Members_and_values_of_a_later_version_do_no_harm(Type message)
    {
        var node = JsonNode.Parse(Write(Samples.Of(message), message))!.AsObject();
        node["memberOfALaterVersion"] = new JsonObject { ["x"] = 1 };
        var words = Samples.Members(message).Where(p => EnumOf(p) is not null).ToList();
        foreach (var word in words)
            node[JsonNamingPolicy.CamelCase.ConvertName(word.Name!)] = "a_word_of_a_later_version";

        var read = Read(node.ToJsonString(), message);

        foreach (var word in words)
            message.GetProperty(word.Name!)!.GetValue(read)!.ToString().ShouldBe("Unknown");
    }

    [Fact]
    public void Every_vocabulary_begins_with_unknown_and_its_words_are_frozen_too()
    {
        var words = typeof(EventTable)
            .Assembly.GetExportedTypes()
            .Where(t => t.IsEnum)
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .ToDictionary(
                t => t.Name,
                t =>
                    Enum.GetValues(t)
                        .Cast<object>()
                        .Select(v => JsonSerializer.Serialize(v, t, MessagingJson.Options).Trim('"'))
                        .ToList()
            );
        words.ShouldAllBe(w => w.Value[0] == "unknown");
        var file = Repository.Path("tests", "Contracts.Tests", "Frozen", "words.json");
        var written = JsonSerializer.Serialize(words, Indented);
        if (Repository.Update)
            File.WriteAllText(file, written + "\n");

        written.ShouldBe(File.ReadAllText(file).TrimEnd());
    }

    [Fact]
    public void Every_frozen_file_is_of_a_message_that_still_exists()
    {
        var names = EventTable.Rows.Select(r => r.Event.Name).ToHashSet(StringComparer.Ordinal);

        Directory
            .EnumerateFiles(Repository.Path("tests", "Contracts.Tests", "Frozen"), "*.*.json")
            .Select(file => Path.GetFileName(file).Split('.')[0])
            .Where(name => !names.Contains(name))
            .ShouldBeEmpty();
    }

    private static List<string> Frozen(Type message) =>
        [
            .. Directory
                .EnumerateFiles(Repository.Path("tests", "Contracts.Tests", "Frozen"), $"{message.Name}.*.json")
                .OrderBy(file => int.Parse(file.Split('.')[^2], null)),
        ];

    private static string Write(object message, Type type) =>
        JsonSerializer.Serialize(message, type, MessagingJson.Options);

    private static object Read(string json, Type type) =>
        JsonSerializer.Deserialize(json, type, MessagingJson.Options)!;

    private static string Pretty(string json) => JsonSerializer.Serialize(JsonElement.Parse(json), Indented);

    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString(MessagingJson.Options);

    private static bool IsOptional(ParameterInfo member) =>
        Nullable.GetUnderlyingType(member.ParameterType) is not null
        || (
            !member.ParameterType.IsValueType
            && new NullabilityInfoContext().Create(member).ReadState == NullabilityState.Nullable
        );

    private static Type? EnumOf(ParameterInfo member) =>
        (Nullable.GetUnderlyingType(member.ParameterType) ?? member.ParameterType) is { IsEnum: true } type
            ? type
            : null;

    /// <summary>Nothing of the older message is lost; what a later version adds may be there.</summary>
    private static void ShouldHoldAll(JsonNode now, JsonNode before)
    {
        if (before is JsonObject members)
            foreach (var (name, value) in members)
            {
                now.AsObject().ContainsKey(name).ShouldBeTrue(name);
                if (value is not null)
                    ShouldHoldAll(now[name]!, value);
            }
        else
            JsonNode.DeepEquals(now, before).ShouldBeTrue(before.ToJsonString());
    }

    /// <summary>Records compare lists by reference, so: member by member.</summary>
    private static void ShouldBeEqual(object? read, object? sample, string where)
    {
        if (sample is JsonElement json)
            JsonElement.DeepEquals((JsonElement)read!, json).ShouldBeTrue(where);
        else if (sample is System.Collections.IEnumerable and not string)
            JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(sample), where);
        else if (
            sample?.GetType().Namespace?.StartsWith("CustomerFeedback", StringComparison.Ordinal) == true
            && !sample.GetType().IsEnum
        )
            foreach (var member in sample.GetType().GetProperties())
                ShouldBeEqual(member.GetValue(read), member.GetValue(sample), $"{where}.{member.Name}");
        else
            read.ShouldBe(sample, where);
    }
}
