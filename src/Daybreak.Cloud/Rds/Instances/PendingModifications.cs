using System.Text.Json.Serialization;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>Changes of an instance that wait: for the maintenance window, or for the server's next step when they are to be applied at
/// once.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html#Aurora.Modifying.Settings says what
/// waits.</remarks>
internal sealed record PendingModifications
{
    public static readonly PendingModifications None = new();

    /// <summary>The identifier that it is to get.</summary>
    public string? Identifier { get; init; }

    public string? InstanceClass { get; init; }

    public string? CACertificateIdentifier { get; init; }

    public InstanceStorage? Storage { get; init; }

    [JsonIgnore]
    public bool IsEmpty => this == None;

    /// <summary>Whether the server is restarted for them.</summary>
    [JsonIgnore]
    public bool NeedRestart => InstanceClass is not null || Identifier is not null;

    /// <summary>What is asked for over what waits already; asking for what there is takes a change back.</summary>
    public static PendingModifications Of(
        Instance instance,
        string? identifier,
        string? instanceClass,
        string? certificate,
        InstanceStorage? storage
    ) =>
        new()
        {
            Identifier = Change(instance.Identifier, instance.Pending.Identifier, identifier),
            InstanceClass = Change(instance.InstanceClass, instance.Pending.InstanceClass, instanceClass),
            CACertificateIdentifier = Change(instance.CACertificateIdentifier, instance.Pending.CACertificateIdentifier, certificate),
            Storage = Change(instance.Storage, instance.Pending.Storage, storage),
        };

    public Instance ApplyTo(Instance instance) =>
        instance with
        {
            InstanceClass = InstanceClass ?? instance.InstanceClass,
            CACertificateIdentifier = CACertificateIdentifier ?? instance.CACertificateIdentifier,
            Storage = Storage ?? instance.Storage,
            Pending = None,
        };

    private static T? Change<T>(T? now, T? pending, T? asked)
        where T : class =>
        asked is null ? pending
        : asked.Equals(now) ? null
        : asked;
}
