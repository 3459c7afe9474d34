namespace CustomerFeedback.Local.Machine;

/// <summary>Something that a person has to put right; its message is all they are shown.</summary>
public sealed class LocalRunException : Exception
{
    public LocalRunException() { }

    public LocalRunException(string message)
        : base(message) { }

    public LocalRunException(string message, Exception inner)
        : base(message, inner) { }
}
