using System.Text.Json;
using CustomerFeedback.Ticketing.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CustomerFeedback.Ticketing.Data;

/// <summary>Columns and enum values in the words of the API, so that SQL reads like it.</summary>
internal static class SnakeCase
{
    public static void SpellInSnakeCase(this ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            if (
                entity.ClrType.Namespace?.StartsWith("CustomerFeedback.Ticketing", StringComparison.Ordinal) is not true
            )
                continue;
            foreach (var property in entity.GetProperties())
                Spell(property, "");
            foreach (var part in entity.GetComplexProperties())
            {
                foreach (var property in part.ComplexType.GetProperties())
                    Spell(property, part.Name is nameof(Ticket.Origin) ? "" : part.Name);
            }
        }
    }

    private static void Spell(IMutableProperty property, string prefix)
    {
        property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(prefix + property.Name));
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum)
            property.SetValueConverter(
                (ValueConverter)Activator.CreateInstance(typeof(EnumInSnakeCase<>).MakeGenericType(type))!
            );
    }
}

/// <summary>An enum as <c>waiting_customer</c>.</summary>
internal sealed class EnumInSnakeCase<T>() : ValueConverter<T, string>(value => Write(value), text => Read(text))
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words = Enum.GetValues<T>()
        .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly Dictionary<string, T> Values = Words.ToDictionary(pair => pair.Value, pair => pair.Key);

    private static string Write(T value) => Words[value];

    private static T Read(string text) => Values[text];
}
