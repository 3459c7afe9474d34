namespace CustomerFeedback.Local.Machine;

/// <summary>Something that a person has to put right; its message is all they are shown.</summary>
public sealed class LocalFailure : Exception
{
    public LocalFailure() { }

    public LocalFailure(string message)
        : base(message) { }

    public LocalFailure(string message, Exception inner)
        : base(message, inner) { }
}
