#nullable enable // the folder is marked as generated code, which starts without

using CustomerFeedback.Architecture.Tests.Planted.Data;

namespace CustomerFeedback.Architecture.Tests.Planted.Domain;

// One type for each way in which a Domain can know what it may not. Every one of them must be reported.

public class LeakByBase : Row;

public class LeakByInterface : IStored;

public class LeakByField
{
    public Row? Stored;
}

public class LeakByProperty
{
    public Row? Stored { get; set; }
}

public class LeakByEvent
{
    public event EventHandler<Row>? Stored;

    public void Raise() => Stored?.Invoke(this, Row.Empty);
}

public abstract class LeakByReturn
{
    public abstract Row Load();
}

public abstract class LeakByParameter
{
    public abstract void Store(Row row);
}

public abstract class LeakByGenericArgument
{
    public abstract void Store(IReadOnlyDictionary<string, List<Row[]?>> rows);
}

public abstract class LeakByReference
{
    public abstract void Store(ref Row row);
}

public class LeakByConstraint<T>
    where T : Row
{
    public T? Stored { get; set; }
}

public abstract class LeakByConstraintOfMethod
{
    public abstract void Store<T>()
        where T : IStored;
}

[Column]
public class LeakByAttribute;

public class LeakByAttributeOfParameter
{
    public override bool Equals([Column] object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => 0;
}

[System.ComponentModel.TypeConverter(typeof(Row))]
public class LeakByTypeInAttribute;

public class LeakByCall
{
    public override string ToString() => Row.Empty.Message;
}

public class LeakByGenericCall
{
    public override string ToString() => $"{Activator.CreateInstance<Row>()}";
}

public class LeakByTypeTest
{
    public override bool Equals(object? obj) => obj is Row;

    public override int GetHashCode() => typeof(Row).GetHashCode();
}

public class LeakByCatch
{
    public override string ToString()
    {
        try
        {
            return Environment.NewLine;
        }
        catch (Row)
        {
            return "";
        }
    }
}

public class LeakByLambda
{
    public Func<object, bool> Test { get; } = value => value is Row;
}

public class LeakByAsync
{
    public async Task<string> Load()
    {
        await Task.Yield();
        return Row.Empty.Message;
    }
}

public class LeakByIterator
{
    public IEnumerable<object> Load()
    {
        yield return Row.Empty;
    }
}

public class LeakByNested
{
    public class Inner
    {
        public class Innermost
        {
            public Row? Stored { get; set; }
        }
    }
}

public class LeakByForeignNested
{
    public Row.Cell? Stored { get; set; }
}

public class LeakByPackage
{
    public Mono.Cecil.TypeReference? Type { get; set; }
}

public class LeakByWebFramework
{
    public Microsoft.AspNetCore.Http.HttpContext? Http { get; set; }
}

public class LeakByContract
{
    public Contracts.Intake.RequestReceived? Event { get; set; }
}
