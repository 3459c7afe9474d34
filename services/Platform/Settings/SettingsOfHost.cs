using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Settings;

/// <summary>The one door through which a host reads its configuration: what came in by it is checked at start and stands in the catalogue.</summary>
public static class SettingsOfHost
{
    /// <summary>Settings of the folder <c>Secrets:Path</c>; before anything else reads.</summary>
    public static void AddSecretFiles(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings<SecretFileOptions>("Secrets");
        var files = new SecretFileOptions();
        builder.Configuration.GetSection("Secrets").Bind(files);
        files.AddTo(builder.Configuration);
    }

    /// <summary>Binds <typeparamref name="T"/> to a section; what is unknown there, does not convert or breaks an annotation stops the host by name.</summary>
    /// <param name="section">Empty for settings outside any section.</param>
    /// <param name="isOpen">Others have settings in this section too.</param>
    /// <param name="isRenewed">The options follow the configuration while the host runs.</param>
    public static IServiceCollection AddSettings<T>(
        this IServiceCollection services,
        string section,
        bool isOpen = false,
        bool isRenewed = false
    )
        where T : class, new()
    {
        if (services.Any(one => one.ImplementationInstance is Section known && known.Type == typeof(T)))
            return services;
        SettingsException.EndProcessesCleanly();
        var added = new Section(section, typeof(T), isOpen, () => new T());
        services.AddSingleton(added);
        services
            .AddOptions<T>()
            .Configure<IConfiguration>((options, configuration) => added.Bind(options, configuration))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(new SectionCheck<T>(added));
        if (isRenewed)
            services.Replace(ServiceDescriptor.Singleton<IOptions<T>, Renewed<T>>());
        return services;
    }

    /// <summary>The same, and what is set at this moment: for what is decided while the host is put together. Nothing is checked yet.</summary>
    public static T ReadSettings<T>(this IHostApplicationBuilder builder, string section)
        where T : class, new()
    {
        builder.Services.AddSettings<T>(section);
        var options = new T();
        new Section(section, typeof(T), false, () => options).TryBind(options, builder.Configuration);
        return options;
    }

    /// <summary>Says everything that is missing or wrong, of all sections or only of those bound to <paramref name="only"/>.</summary>
    /// <exception cref="SettingsException">There is something.</exception>
    public static void CheckSettings(this IServiceProvider services, params Type[] only)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        string[] faults =
        [
            .. services
                .GetServices<Section>()
                .Where(section => only.Length == 0 || only.Contains(section.Type))
                .SelectMany(section => section.Faults(configuration)),
        ];
        if (faults.Length > 0)
            throw new SettingsException(faults);
    }

    /// <summary><c>settings</c>: prints the catalogue, needs no setting, and returns true; anything else returns false.</summary>
    public static bool PrintsSettings(this IServiceProvider services, string[] args)
    {
        if (args is not ["settings"])
            return false;
        Console.Out.WriteLine(Catalogue.Json(services.GetServices<Section>()));
        return true;
    }
}
