using Mono.Cecil;

namespace CustomerFeedback.Architecture.Tests.Rules;

/// <summary>Events leave through the outbox: no service sends over the bus itself, by whatever name.</summary>
internal static class OutboxDoorRule
{
    private static readonly string[] OtherDoors =
    [
        "MassTransit.IBus",
        "MassTransit.IBusControl",
        "MassTransit.IPublishEndpoint",
        "MassTransit.IPublishEndpointProvider",
        "MassTransit.ISendEndpoint",
        "MassTransit.ISendEndpointProvider",
        "RabbitMQ.Client.IChannel",
    ];

    public static IEnumerable<string> Violations(ModuleDefinition module) =>
        from type in module.Types
        from door in Uses.Of(type).Select(used => used.FullName).Intersect(OtherDoors)
        select $"{type.FullName} uses {door}";
}
