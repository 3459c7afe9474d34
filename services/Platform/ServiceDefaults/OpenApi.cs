using CustomerFeedback.ApiDocs;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>The host's OpenAPI document; who may call what is the access table's.</summary>
internal static class OpenApi
{
    public static void AddOpenApiDocument(this IServiceCollection services, string service) =>
        services.AddApiDocument(
            service,
            (provider, method, path) =>
                provider.GetRequiredService<AccessTable>().Find(method, path, out _)?.Roles ?? []
        );
}
