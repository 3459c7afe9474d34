using System.Text;

namespace CustomerFeedback.Contracts.Tests;

public sealed class EventTableTests
{
    private const string From = "<!-- event table: generated from EventTable.Rows -->\n";
    private const string To = "<!-- end of event table -->";

    [Fact]
    public void Every_event_stands_in_the_table_once()
    {
        var events = typeof(EventTable)
            .Assembly.GetExportedTypes()
            .Where(t =>
                t.GetProperties().Any(p => p.Name is "OccurredAt" or "PublishedAt" or "RecordedAt" or "UpsertedAt")
            )
            .Select(t => t.Name);

        EventTable
            .Rows.Select(r => r.Event.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe(events.Order(StringComparer.Ordinal));
        EventTable.Rows.Select(r => r.Event).ShouldBeUnique();
    }

    [Fact]
    public void Names_are_wire_format_the_namespace_is_the_publisher_and_a_queue_belongs_to_one_consumer()
    {
        foreach (var row in EventTable.Rows)
            row.Event.Namespace!.ToLowerInvariant().ShouldBe($"customerfeedback.contracts.{row.Publisher}");
        var queues = EventTable.Rows.SelectMany(r => r.Queues).ToList();
        queues.ShouldAllBe(q => !q.Any(char.IsAsciiLetterUpper) && q.Contains('-'));
    }

    [Fact]
    public void The_readme_shows_the_table_as_it_is()
    {
        var file = Repository.Path("contracts", "README.md");
        var text = File.ReadAllText(file);
        var (start, end) = (
            text.IndexOf(From, StringComparison.Ordinal) + From.Length,
            text.IndexOf(To, StringComparison.Ordinal)
        );
        var fresh = text[..start] + Table() + text[end..];
        if (Repository.Update)
            File.WriteAllText(file, fresh);

        File.ReadAllText(file).ShouldBe(fresh, "UPDATE_FROZEN=1 renews it.");
    }

    private static string Table()
    {
        var table = new StringBuilder("| Event | Published by | Consumed by (queue) |\n|---|---|---|\n");
        foreach (var row in EventTable.Rows)
        {
            var name = $"[{row.Event.Name}]({row.Event.Namespace!.Split('.')[^1]}/{row.Event.Name}.cs)";
            var queues = row.Queues.Length == 0 ? "nobody yet" : string.Join(", ", row.Queues.Select(q => $"`{q}`"));
            table.Append($"| {name} | {row.Publisher} | {queues} |\n");
        }

        return table.ToString();
    }
}
