using Mono.Cecil;

namespace CustomerFeedback.Architecture.Tests.Rules;

/// <summary>What anyone may ask for without a token is written out here, and nothing else is open.</summary>
internal static class AnonymousRule
{
    private static readonly string[] Open =
    [
        "GET /livez",
        "GET /readyz",
        "GET /startupz",
        "GET /openapi/{document}.json", // a service's own; the gateway merges them and lets none through
        "GET /openapi.json",
        "GET /docs/{**page}",
        "GET /status/{token}",
        "POST /status/{token}/confirmation",
        "POST /status/{token}/messages",
        "GET /s/{**page}",
        "POST /s/{token}",
        "GET /v1/survey-links/{token}",
        "PUT /v1/survey-links/{token}/answers",
        "POST /v1/survey-links/{token}/response",
        "GET /v1/store-links/{id}.svg",
        "GET /dashboard/{**page}",
    ];

    /// <summary>Rows without a role that the list does not have.</summary>
    public static IEnumerable<string> Violations(IEnumerable<(string Method, string Path, bool IsAnonymous)> rows) =>
        rows.Where(row => row.IsAnonymous).Select(row => $"{row.Method} {row.Path}").Except(Open);

    /// <summary>Ways around the access table: an endpoint is open because its row says so, never by a mark of its own.</summary>
    public static IEnumerable<string> Violations(ModuleDefinition module) =>
        from type in module.Types
        let isMarked = Uses.Of(type).Any(used => used.Name is "AllowAnonymousAttribute" or "IAllowAnonymous")
        let opens = Uses.MethodsOf(type).Any(method => method.Name == "AllowAnonymous")
        where isMarked || opens
        select $"{type.FullName} allows anyone";
}
