using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;

namespace CustomerFeedback.Telemetry;

/// <summary>The settings <c>Management</c>: a second address of the host, for those who run it.</summary>
public sealed class ManagementOptions : IValidatableObject
{
    /// <summary>Where <c>/metrics</c>, <c>/livez</c>, <c>/readyz</c> and <c>/startupz</c> are answered, as <c>http://*:8081</c>; absent: metrics nowhere.</summary>
    /// <remarks>Nobody is asked for a token there: who may reach it is the network's business.</remarks>
    public string? Url { get; set; }

    internal bool IsSet => !string.IsNullOrEmpty(Url);

    internal int Port => Parsed()!.Port;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsSet && Parsed() is not { PathBase: "", Port: > 0 and < 65536, Scheme: "http" })
            yield return new("it must be an address to listen on, as http://*:8081.", [nameof(Url)]);
    }

    private BindingAddress? Parsed()
    {
        try
        {
            return BindingAddress.Parse(Url!);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
