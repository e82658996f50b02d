namespace Daybreak.Cloud.Rds.SubnetGroups;

/// <summary>A DB subnet group as stored.</summary>
internal sealed record SubnetGroup
{
    /// <summary>The group that exists from the start: the subnets of the default VPC.</summary>
    public const string Default = "default";

    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string VpcId { get; init; }

    public required IReadOnlyList<Subnet> Subnets { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
