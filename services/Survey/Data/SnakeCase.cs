using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CustomerFeedback.Survey.Data;

/// <summary>Columns and enum values in the words of the API, so that SQL reads like it.</summary>
internal static class SnakeCase
{
    public static void SpellInSnakeCase(this ModelBuilder model)
    {
        var ours = model
            .Model.GetEntityTypes()
            .Where(entity => entity.ClrType.Namespace == typeof(SnakeCase).Namespace);
        foreach (var property in ours.SelectMany(entity => entity.GetProperties()))
            Spell(property);
    }

    private static void Spell(IMutableProperty property)
    {
        property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum)
            property.SetValueConverter(
                (ValueConverter)Activator.CreateInstance(typeof(EnumInSnakeCase<>).MakeGenericType(type))!
            );
    }
}

/// <summary>An enum as <c>yes_no</c>.</summary>
internal sealed class EnumInSnakeCase<T>() : ValueConverter<T, string>(value => Write(value), text => Read(text))
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words = Enum.GetValues<T>()
        .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly Dictionary<string, T> Values = Words.ToDictionary(pair => pair.Value, pair => pair.Key);

    private static string Write(T value) => Words[value];

    private static T Read(string text) => Values[text];
}
