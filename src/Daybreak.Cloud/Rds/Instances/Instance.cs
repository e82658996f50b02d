using System.Text.Json.Serialization;
using Daybreak.Cloud.Rds.Settings;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>A DB instance as stored. It is immutable: every change makes a new value.</summary>
internal sealed record Instance
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string Identifier { get; init; }

    /// <c>db-</c> and 26 letters; never reused.
    public required string ResourceId { get; init; }

    /// <summary>The identifier of its cluster, or of its hidden one (<see cref="Clusters.Cluster.OnlyInstance"/>).</summary>
    public required string ClusterIdentifier { get; init; }

    public required string InstanceClass { get; init; }

    public required string AvailabilityZone { get; init; }

    public required string ParameterGroup { get; init; }

    public required string PreferredMaintenanceWindow { get; init; }

    /// <summary>0 to 15: the reader with the lowest tier is promoted first.</summary>
    public int PromotionTier { get; init; } = 1;

    public bool PubliclyAccessible { get; init; }

    public bool AutoMinorVersionUpgrade { get; init; } = true;

    public bool CopyTagsToSnapshot { get; init; }

    public string CACertificateIdentifier { get; init; } = "rds-ca-rsa2048-g1";

    /// <summary>Null for members of a cluster.</summary>
    public InstanceStorage? Storage { get; init; }

    public PerformanceInsights? Insights { get; init; }

    public string InsightsMode { get; init; } = Settings.InsightsMode.Standard;

    public EnhancedMonitoring? Monitoring { get; init; }

    public PendingModifications Pending { get; init; } = PendingModifications.None;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public required InstanceStatus Status { get; init; }

    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>Its own loopback address.</summary>
    public required string Address { get; init; }

    /// <summary>The static parameters of the cluster's and the instance's group at the server's last start.</summary>
    public StartedWith Started { get; init; } = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    [JsonIgnore]
    public ResourceKey Key => new(AccountId, Region, Identifier);

    [JsonIgnore]
    public ResourceKey ClusterKey => new(AccountId, Region, ClusterIdentifier);

    [JsonIgnore]
    public string Arn => RdsArn.Of(AccountId, Region, RdsArn.Instance, Identifier);
}

internal sealed record StartedWith(IReadOnlyDictionary<string, string> ClusterGroup, IReadOnlyDictionary<string, string> InstanceGroup);

internal enum InstanceStatus
{
    Creating,
    Available,
    Rebooting,
    Modifying,
    Stopping,
    Stopped,
    Starting,
    Deleting,
    Failed,
}
