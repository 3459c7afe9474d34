#nullable enable // the folder is marked as generated code, which starts without

namespace CustomerFeedback.Architecture.Tests.Planted.Data;

/// <summary>What a Domain may not know: a table's row, and everything else that lives beside it.</summary>
public class Row : Exception
{
    public static Row Empty { get; } = new();

    public static T Load<T>()
        where T : new() => new();

    public class Cell;
}

public interface IStored;

[AttributeUsage(AttributeTargets.All)]
public sealed class ColumnAttribute(Type? type = null) : Attribute
{
    public Type? Type { get; } = type;
}
