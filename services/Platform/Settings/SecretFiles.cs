using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace CustomerFeedback.Settings;

/// <summary>Section <c>Secrets</c>: settings that come from files.</summary>
internal sealed class SecretFileOptions : IValidatableObject
{
    /// <summary>A folder of files named as settings (<c>Section__Key</c>), each holding one value; read again when a file changes.</summary>
    public string? Path { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Path) && !Directory.Exists(Path))
            yield return new($"there is no folder {Path}.", [nameof(Path)]);
    }

    /// <summary>Adds the folder's files, stronger than the environment. One line break at a file's end is not part of the value.</summary>
    public void AddTo(IConfigurationBuilder configuration)
    {
        if (string.IsNullOrEmpty(Path) || !Directory.Exists(Path))
            return; // the check says so, with everything else that is wrong
        try
        {
            Add(configuration, System.IO.Path.GetFullPath(Path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([Inspection.Fault("Secrets:Path", $"a file cannot be read: {e.Message}")]);
        }
    }

    private static void Add(IConfigurationBuilder configuration, string folder) =>
        configuration.AddKeyPerFile(files =>
        {
            // A mounted secret is replaced by turning one link (..data) around: watchers of files see nothing of it, the times of what links lead to tell.
            files.FileProvider = new PhysicalFileProvider(folder)
            {
                UsePollingFileWatcher = true,
                UseActivePolling = true,
            };
            files.ReloadOnChange = true;
        });
}
