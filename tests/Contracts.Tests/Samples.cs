using System.Collections;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CustomerFeedback.Contracts.Tests;

/// <summary>One fully filled instance of each contract, the same in every run: each value tells whose it is.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static object Of(Type type) => Make(type, type.Name);

    /// <summary>Members of a contract, in the order in which they are written.</summary>
    public static ParameterInfo[] Members(Type record) =>
        record.GetConstructors().Single(c => c.GetParameters().Length > 1).GetParameters();

    private static object Make(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return name == "Subject" ? "订单漏发" : $"a {name}";
        if (type == typeof(Guid))
            return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
        if (type == typeof(int))
            return name.Length;
        if (type == typeof(double))
            return 0.5;
        if (type == typeof(bool))
            return true;
        if (type == typeof(DateTimeOffset))
            return Noon.AddMinutes(name.Length).AddMicroseconds(123_456);
        if (type == typeof(TimeSpan))
            return TimeSpan.FromHours(72) + TimeSpan.FromSeconds(name.Length);
        if (type == typeof(JsonElement))
            return JsonElement.Parse(
                $$"""{"id":"{{name}}","order":1,"targets":{"first_contact":{"normal":"PT1H"} } }"""
            );
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(1)!; // after Unknown: a word that is added later changes nothing here
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return new Dictionary<string, string>(StringComparer.Ordinal) { ["Some-Key"] = "某值" };
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ListOf(type.GetGenericArguments()[0], name);
        return Activator.CreateInstance(type, [.. Members(type).Select(p => Make(p.ParameterType, p.Name!))], null)!;
    }

    private static IList ListOf(Type item, string name)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        list.Add(Make(item, name));
        list.Add(Make(item, name + "2"));
        return list;
    }
}
