namespace Daybreak.Cloud.Rds;

/// <summary>The places of DB instances in the network: each has a network interface in a subnet, the only way out for its server.</summary>
public interface IInstanceNetwork
{
    /// <summary>Creates an instance's interface, or changes the existing one as wanted.</summary>
    ValueTask PlaceAsync(InstancePlace wanted);

    /// <summary>Called when the instance was deleted.</summary>
    ValueTask RemoveAsync(InstanceName instance);

    /// <summary>Path and query with which the bridge of the instance's server resolves hosts (<c>DAYBREAK_CLUSTER_NETWORK</c>).</summary>
    string ResolverOf(InstanceName instance);
}

/// <param name="ResourceId"><c>db-</c> and 26 letters; never reused.</param>
public sealed record InstanceName(string AccountId, string Region, string ResourceId)
{
    public static InstanceName? Parse(string text) =>
        text.Split('/') is [var account, var region, var id] ? new InstanceName(account, region, id) : null;

    public override string ToString() => $"{AccountId}/{Region}/{ResourceId}";
}

/// <param name="SubnetId">The instance's subnet.</param>
/// <param name="GroupIds">Its VPC security groups.</param>
/// <param name="IsPublic">Whether it has a public address.</param>
/// <param name="FindsPrivateNames">Whether it resolves private DNS names of endpoints.</param>
public sealed record InstancePlace(
    InstanceName Instance,
    string SubnetId,
    IReadOnlyList<string> GroupIds,
    bool IsPublic,
    bool FindsPrivateNames
);
