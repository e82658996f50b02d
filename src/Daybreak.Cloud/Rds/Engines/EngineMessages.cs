using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Rds.SubnetGroups;

namespace Daybreak.Cloud.Rds.Engines;

internal sealed record DescribeDBEngineVersionsMessage
{
    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    public string? DBParameterGroupFamily { get; init; }

    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }

    public bool? DefaultOnly { get; init; }

    /// <summary>Adds what PostgreSQL does not have: nothing.</summary>
    public bool? ListSupportedCharacterSets { get; init; }

    public bool? ListSupportedTimezones { get; init; }

    public bool? IncludeAll { get; init; }
}

internal sealed record DBEngineVersionMessage
{
    public string? Marker { get; init; }

    [ItemName("DBEngineVersion")]
    public required IReadOnlyList<DBEngineVersion> DBEngineVersions { get; init; }
}

internal sealed record DBEngineVersion
{
    public required string Engine { get; init; }

    public required string MajorEngineVersion { get; init; }

    public required string EngineVersion { get; init; }

    public required string DBParameterGroupFamily { get; init; }

    public required string DBEngineDescription { get; init; }

    public required string DBEngineVersionDescription { get; init; }

    [ItemName("UpgradeTarget")]
    public required IReadOnlyList<UpgradeTarget> ValidUpgradeTarget { get; init; }

    public IReadOnlyList<string> ExportableLogTypes { get; init; } = ["postgresql"];

    public bool SupportsLogExportsToCloudwatchLogs { get; init; } = true;

    public bool SupportsReadReplica { get; init; }

    public IReadOnlyList<string> SupportedEngineModes { get; init; } = ["provisioned"];

    public required IReadOnlyList<string> SupportedFeatureNames { get; init; }

    public string Status { get; init; } = "available";

    public bool SupportsParallelQuery { get; init; }

    public bool SupportsGlobalDatabases { get; init; }

    public bool SupportsBabelfish { get; init; }

    public bool SupportsLimitlessDatabase { get; init; }

    public bool SupportsCertificateRotationWithoutRestart { get; init; } = true;

    public IReadOnlyList<string> SupportedCACertificateIdentifiers { get; init; } = Instances.InstanceRules.Certificates;

    public bool SupportsLocalWriteForwarding { get; init; }

    public bool SupportsIntegrations { get; init; }
}

internal sealed record UpgradeTarget
{
    public required string Engine { get; init; }

    public required string EngineVersion { get; init; }

    public required string Description { get; init; }

    public bool AutoUpgrade { get; init; }

    public required bool IsMajorVersionUpgrade { get; init; }

    public IReadOnlyList<string> SupportedEngineModes { get; init; } = ["provisioned"];
}

internal sealed record DescribeOrderableDBInstanceOptionsMessage
{
    public string? Engine { get; init; }

    public string? EngineVersion { get; init; }

    public string? DBInstanceClass { get; init; }

    public string? LicenseModel { get; init; }

    [NotImplemented]
    public string? AvailabilityZoneGroup { get; init; }

    public bool? Vpc { get; init; }

    /// <summary>There are none that AWS takes.</summary>
    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record OrderableDBInstanceOptionsMessage
{
    [ItemName("OrderableDBInstanceOption")]
    public required IReadOnlyList<OrderableDBInstanceOption> OrderableDBInstanceOptions { get; init; }

    public string? Marker { get; init; }
}

internal sealed record OrderableDBInstanceOption
{
    public required string Engine { get; init; }

    public required string EngineVersion { get; init; }

    public required string DBInstanceClass { get; init; }

    public string LicenseModel { get; init; } = "postgresql-license";

    [ItemName("AvailabilityZone")]
    public required IReadOnlyList<AvailabilityZone> AvailabilityZones { get; init; }

    public bool MultiAZCapable { get; init; }

    public bool ReadReplicaCapable { get; init; }

    public bool Vpc { get; init; } = true;

    public bool SupportsStorageEncryption { get; init; } = true;

    public required string StorageType { get; init; }

    /// <summary>Gibibytes; absent where storage grows by itself.</summary>
    public int? MinStorageSize { get; init; }

    public int? MaxStorageSize { get; init; }

    public required bool SupportsIops { get; init; }

    public required bool SupportsStorageThroughput { get; init; }

    public bool SupportsEnhancedMonitoring { get; init; }

    public bool SupportsIAMDatabaseAuthentication { get; init; } = true;

    public bool SupportsPerformanceInsights { get; init; }

    public IReadOnlyList<string> SupportedEngineModes { get; init; } = ["provisioned"];

    public IReadOnlyList<string> SupportedNetworkTypes { get; init; } = ["IPV4"];

    public bool SupportsClusters { get; init; }
}
