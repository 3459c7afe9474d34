using Microsoft.OpenApi;

namespace CustomerFeedback.ApiDocs;

/// <summary>A code with which an operation may refuse, beside those that its method and roles imply.</summary>
internal sealed record RefusalCode(int Status, string Code);

/// <summary>A parameter that a slice reads by hand, where the framework cannot see it.</summary>
internal sealed record TakenParameter(string Name, ParameterLocation In, string Description, OpenApiSchema Schema)
{
    public bool Required { get; init; }
}

/// <summary>A header of an operation's good answers.</summary>
internal sealed record GivenHeader(string Name, string Description);

/// <summary>A body that the operation accepts as it stands.</summary>
internal sealed record BodyExample(string Json);

/// <summary>The words that a member of the body may be, where it is read as a text.</summary>
internal sealed record MemberWords(string Member, IReadOnlyList<string> Words);

/// <summary>When a change must say with If-Match which version it is meant for.</summary>
public enum VersionNamed
{
    /// <summary>Always: 428 without it.</summary>
    Always,

    /// <summary>Where the thing is there already; what is new is created without it.</summary>
    WhereItExists,

    /// <summary>Whoever wants: where it is named, it is meant for no other.</summary>
    IfWanted,
}
