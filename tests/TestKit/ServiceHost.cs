using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerFeedback.TestKit;

/// <summary>
/// The real host of a service; only connection strings, clock and tokens are replaced. <typeparamref name="TOfHost"/> is any type of the host's assembly.
/// </summary>
/// <param name="database">The service's database.</param>
/// <param name="broker">Null: a broker that is down, as far as this host can see.</param>
/// <param name="clock">Null: the real one.</param>
/// <param name="settings">Further configuration.</param>
/// <param name="services">Further replacements; rarely right.</param>
public sealed class ServiceHost<TOfHost>(
    TestDatabase? database,
    TestBroker? broker = null,
    TimeProvider? clock = null,
    IReadOnlyDictionary<string, string>? settings = null,
    Action<IServiceCollection>? services = null
) : WebApplicationFactory<TOfHost>
    where TOfHost : class
{
    /// <summary>A caller with this token; without one, an anonymous caller. Redirects are shown, not followed.</summary>
    public HttpClient Client(string? token = null)
    {
        // Whatever a test asks for, the answer has to be as the host documents it.
        var client = CreateDefaultClient(new Contract(typeof(TOfHost).Assembly.GetName().Name!));
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseEnvironment("Production");
        // As settings they reach Program.cs as arguments, so they are there when its first line reads them.
        foreach (var (name, value) in TestTokens.Configuration)
            builder.UseSetting(name, value);

        if (database is not null)
            builder.UseSetting("ConnectionStrings:Database", database.ConnectionString);

        builder.UseSetting("ConnectionStrings:Broker", (broker ?? TestBroker.Unreachable).Uri.ToString());
        foreach (var (name, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            builder.UseSetting(name, value);

        builder.ConfigureTestServices(registered =>
        {
            if (clock is not null)
                registered.Replace(ServiceDescriptor.Singleton(clock));

            services?.Invoke(registered);
        });
    }
}
