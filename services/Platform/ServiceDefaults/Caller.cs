using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Claims;

namespace CustomerFeedback.ServiceDefaults;

/// <summary>The words a token's <c>roles</c> may hold.</summary>
public static class Roles
{
    public const string Integration = "integration";
    public const string Agent = "agent";
    public const string Lead = "lead";
    public const string Manager = "manager";
    public const string Duty = "duty";
    public const string Department = "department";
    public const string Interviewer = "interviewer";
    public const string Analyst = "analyst";
    public const string Admin = "admin";
    public const string Service = "service";
}

/// <summary>Who asks, read once per validated token: slices narrow their rows by it.</summary>
public sealed record Caller(
    string Subject,
    IReadOnlySet<string> Roles,
    IReadOnlySet<string> Scopes,
    IReadOnlySet<string> Teams,
    IReadOnlySet<string> Departments
)
{
    private static readonly ConditionalWeakTable<ClaimsIdentity, Caller> Known = [];

    /// <summary>True for those whose rows are not narrowed by team.</summary>
    public bool SeesAllTeams =>
        Is(ServiceDefaults.Roles.Manager)
        || Is(ServiceDefaults.Roles.Duty)
        || Is(ServiceDefaults.Roles.Admin)
        || Is(ServiceDefaults.Roles.Service);

    public bool Is(string role) => Roles.Contains(role);

    public bool Has(string scope) => Scopes.Contains(scope);

    internal static Caller Of(ClaimsIdentity identity) => Known.GetValue(identity, Read);

    private static Caller Read(ClaimsIdentity identity) =>
        new(
            identity.FindFirst("sub")?.Value
                ?? throw new InvalidOperationException(
                    "The endpoint is open to anonymous callers: there is no caller."
                ),
            Words(identity, "roles"),
            Words(identity, "scope"),
            Words(identity, "teams"),
            Words(identity, "departments")
        );

    // A list arrives as one claim per value, a scope as words in one string.
    private static FrozenSet<string> Words(ClaimsIdentity identity, string claim) =>
        identity
            .FindAll(claim)
            .SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>The way from ASP.NET's user to ours.</summary>
public static class CallerOfUser
{
    public static Caller Caller(this ClaimsPrincipal user) =>
        user.Identity is ClaimsIdentity identity
            ? ServiceDefaults.Caller.Of(identity)
            : throw new InvalidOperationException("The request carries no identity.");
}
