using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CustomerFeedback.Settings;

/// <summary>Options that follow their section while the host runs. A change that will not do is reported, and the last good ones stay.</summary>
internal sealed partial class Renewed<T> : IOptions<T>, IDisposable
    where T : class
{
    private readonly IDisposable registration;
    private volatile T current;

    public Renewed(IOptionsFactory<T> factory, IConfiguration configuration, ILogger<Renewed<T>> log)
    {
        current = factory.Create(Options.DefaultName);
        registration = ChangeToken.OnChange(
            configuration.GetReloadToken,
            () =>
            {
                try
                {
                    current = factory.Create(Options.DefaultName);
                }
                catch (Exception e) when (e is OptionsValidationException or SettingsException)
                {
                    Refused(log, e.Message);
                }
            }
        );
    }

    public T Value => current;

    public void Dispose() => registration.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "Changed settings are not taken, the ones before stay: {Faults}")]
    private static partial void Refused(ILogger log, string faults);
}
