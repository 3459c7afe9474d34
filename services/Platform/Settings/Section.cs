using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Settings;

/// <summary>A section of the configuration that this host reads: what it may hold, and whether what it holds will do.</summary>
internal sealed record Section(string Name, Type Type, bool IsOpen, Func<object> Create)
{
    public Node Root { get; } = Node.Of(Type);

    /// <summary>Everything that is wrong with it.</summary>
    public IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        var texts = Texts(configuration);
        if (texts.Count > 0)
            return texts; // what does not convert cannot be bound, and so not be judged further
        var bound = Create();
        At(configuration).Bind(bound);
        return Faults(bound);
    }

    public IReadOnlyList<string> Faults(object bound) => [.. Inspection.Objects(bound, Name, Root)];

    /// <summary>Binds what is there where all of it converts; where not, the check says so.</summary>
    public void TryBind(object options, IConfiguration configuration)
    {
        if (Texts(configuration).Count == 0)
            At(configuration).Bind(options);
    }

    /// <exception cref="SettingsException">Something in it cannot be converted, or is unknown.</exception>
    public void Bind(object options, IConfiguration configuration)
    {
        if (Texts(configuration) is { Count: > 0 } faults)
            throw new SettingsException(faults);
        At(configuration).Bind(options);
    }

    private List<string> Texts(IConfiguration configuration) =>
        [.. Inspection.Texts(At(configuration), Name, Root, IsOpen || Name.Length == 0)];

    // The root has no name: single words such as TrustedProxies, and what the platform names in its own way.
    private IConfiguration At(IConfiguration configuration) =>
        Name.Length == 0 ? configuration : configuration.GetSection(Name);
}

/// <summary>Says the faults of a bound section in the options' own way.</summary>
internal sealed class SectionCheck<T>(Section section) : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options) =>
        section.Faults(options) is { Count: > 0 } faults
            ? ValidateOptionsResult.Fail(faults)
            : ValidateOptionsResult.Success;
}
