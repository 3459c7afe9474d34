using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>Stores what was added to the context by COPY, one stream per table, instead of a statement per row.</summary>
/// <remarks>Columns, names and conversions come from EF's model, so that there is one description of the tables. Only for rows without generated keys.</remarks>
internal static class CopyAdded
{
    public static async Task CopyAddedRows(this TicketingDbContext db, CancellationToken ct)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var added = db
                .ChangeTracker.Entries()
                .Where(entry => entry.State is EntityState.Added)
                .GroupBy(entry => entry.Metadata, entry => entry.Entity)
                .ToList();
            // Always in the same order of tables, so that two writers never wait for each other in a circle.
            foreach (var rows in added.OrderBy(rows => rows.Key.GetTableName(), StringComparer.Ordinal))
                await Copy(db, rows.Key, rows, ct);
            db.ChangeTracker.Clear();
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    private static async Task Copy(
        TicketingDbContext db,
        IEntityType type,
        IEnumerable<object> rows,
        CancellationToken ct
    )
    {
        var columns = Columns(type);
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        var table = type.GetSchema() is { } schema ? $"{schema}.{type.GetTableName()}" : type.GetTableName();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)",
            ct
        );
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            foreach (var column in columns)
            {
                if (column.ValueOf(row) is { } value)
                    await copy.WriteAsync(value, column.StoreType, ct);
                else
                    await copy.WriteNullAsync(ct);
            }
        }

        await copy.CompleteAsync(ct);
    }

    private static List<Column> Columns(IEntityType type) =>
        (List<Column>)
            type.GetOrAddRuntimeAnnotationValue(
                "Ticketing:CopyColumns",
                static entity => (object)ColumnsOf(entity!),
                type
            );

    private static List<Column> ColumnsOf(IEntityType type) =>
        [
            .. type.GetProperties().Where(IsWritten).Select(property => Of(property, part: null)),
            .. from part in type.GetComplexProperties()
            from property in part.ComplexType.GetProperties()
            select Of(property, part),
        ];

    // What the database fills in by itself is left to it.
    private static bool IsWritten(IProperty property) =>
        property.GetDefaultValueSql() is null
        && !property.TryGetDefaultValue(out _)
        && property.ValueGenerated is ValueGenerated.Never;

    private static Column Of(IProperty property, IComplexProperty? part)
    {
        var convert = property.GetTypeMapping().Converter?.ConvertToProvider;
        var member = property.PropertyInfo!;
        return new(
            property.GetColumnName(),
            property.GetColumnType(),
            row =>
            {
                var value = member.GetValue(part is null ? row : part.PropertyInfo!.GetValue(row));
                return value is null || convert is null ? value : convert(value);
            }
        );
    }

    private sealed record Column(string Name, string StoreType, Func<object, object?> ValueOf);
}
