using System.Text.Json;

namespace CustomerFeedback.Contracts.Ticketing;

/// <summary>A new version of an SLA policy, whole, in the shape of <c>PUT /v1/sla/policies/{id}</c>.</summary>
public sealed record SlaPolicyPublished(string PolicyId, int Version, JsonElement Policy, DateTimeOffset PublishedAt);
