namespace CustomerFeedback.Faults.Upgrade;

/// <summary>One place of the sources that the next build changes.</summary>
/// <param name="File">From the root.</param>
/// <param name="Old">Stands there just once; empty for a file that is new.</param>
internal sealed record Edit(string File, string Old, string New)
{
    /// <summary>What the next build calls itself, in events and in rows.</summary>
    public const string Name = "next";

    private const string Migration = "20991231000000_BuildThatHandled";

    /// <summary>
    /// Three events get an optional member and their publishers fill it; the inbox of each service, and the tables of two consumers that need
    /// none, get a column with an index and the consumers fill it. So each message tells who sent it, and each row who handled it.
    /// </summary>
    public static IReadOnlyList<Edit> All { get; } =
    [
        Member("contracts/Intake/RequestReceived.cs", "DateTimeOffset RecordedAt\n);"),
        Filled("services/Intake/Features/Accepting/Announcement.cs", "row.ReceivedAt,\n            row.RecordedAt\n"),
        Member("contracts/Ticketing/TicketStatusChanged.cs", "DateTimeOffset OccurredAt\n);"),
        Filled(
            "services/Ticketing/Features/Announce.cs",
            "to.To<Words.TicketStatus>(),\n            t.Episode,\n            at\n"
        ),
        Member("contracts/Survey/SurveyInvited.cs", "DateTimeOffset OccurredAt\n);"),
        Filled(
            "services/Survey/Data/InvitationRow.cs",
            "TicketFacts(),\n            ExpiresAt.Value,\n            now\n"
        ),
        new(
            "services/Platform/Messaging/Inbox.cs",
            "(message_id, consumer) SELECT id, $1 FROM",
            $"(message_id, consumer, handled_by) SELECT id, $1, '{Name}' FROM"
        ),
        new(
            "services/Analytics/Data/EventSql.cs",
            """
            occurred_at, body)
                        SELECT id, type, thread, number, customer_id, subject_id, version, occurred_at, body::jsonb
            """,
            $"""
            occurred_at, body, handled_by)
                        SELECT id, type, thread, number, customer_id, subject_id, version, occurred_at, body::jsonb, '{Name}'
            """
        ),
        new(
            "services/Intake/Features/Histories/KeepHistory.cs",
            """
            kind, number, details)
                        SELECT customer_id, id, at, kind, number, details::jsonb
            """,
            $"""
            kind, number, details, handled_by)
                        SELECT customer_id, id, at, kind, number, details::jsonb, '{Name}'
            """
        ),
        Column("Intake", "messaging.inbox", "customer_history"),
        Column("Ticketing", "messaging.inbox"),
        Column("Survey", "messaging.inbox"),
        Column("Notifications", "messaging.inbox"),
        Column("Analytics", "events"),
    ];

    /// <summary>The sources with this edit in them.</summary>
    public string Applied(string? text)
    {
        if (Old.Length == 0)
            return New;
        var parts = text?.Split(Old) ?? [];
        return parts.Length == 2
            ? parts[0] + New + parts[1]
            : throw new InvalidOperationException($"{File} is not as tests/Faults/Upgrade/Edit.cs expects it: {Old}");
    }

    private static Edit Member(string file, string last) =>
        new(file, last, $"{last[..^"\n);".Length]},\n    string? Build = null\n);");

    private static Edit Filled(string file, string last) =>
        new(file, last, $"{last[..^1]},\n            Build: \"{Name}\"\n");

    private static Edit Column(string service, params string[] tables)
    {
        var up = tables.Select(t =>
            $"ALTER TABLE {t} ADD COLUMN handled_by text NULL; CREATE INDEX ON {t} (handled_by);"
        );
        var down = tables.Select(t => $"ALTER TABLE {t} DROP COLUMN handled_by;");
        return new(
            $"services/{service}/Data/Migrations/{Migration}.cs",
            "",
            $$"""
            using Microsoft.EntityFrameworkCore.Infrastructure;
            using Microsoft.EntityFrameworkCore.Migrations;

            namespace CustomerFeedback.{{service}}.Data.Migrations;

            [DbContext(typeof({{service}}DbContext))]
            [Migration("{{Migration}}")]
            internal sealed class BuildThatHandled : Migration
            {
                protected override void Up(MigrationBuilder migrationBuilder) =>
                    migrationBuilder.Sql("{{string.Join(' ', up)}}");

                protected override void Down(MigrationBuilder migrationBuilder) =>
                    migrationBuilder.Sql("{{string.Join(' ', down)}}");
            }

            """
        );
    }
}
