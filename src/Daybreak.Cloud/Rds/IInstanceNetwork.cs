namespace Daybreak.Cloud.Rds;

/// <summary>The places of DB instances in the network: each has a network interface in a subnet, through which alone its server gets
/// out.</summary>
public interface IInstanceNetwork
{
    /// <summary>Gives an instance its interface, or makes the one it has what is wanted.</summary>
    ValueTask PlaceAsync(InstancePlace wanted);

    /// <summary>The instance is gone.</summary>
    ValueTask RemoveAsync(InstanceName instance);

    /// <summary>Where the bridge of the instance's server asks for the way to a host (<c>DAYBREAK_CLUSTER_NETWORK</c>): path and
    /// query.</summary>
    string ResolverOf(InstanceName instance);
}

/// <param name="ResourceId"><c>db-</c> and 26 letters: never used twice.</param>
public sealed record InstanceName(string AccountId, string Region, string ResourceId)
{
    public static InstanceName? Parse(string text) =>
        text.Split('/') is [var account, var region, var id] ? new InstanceName(account, region, id) : null;

    public override string ToString() => $"{AccountId}/{Region}/{ResourceId}";
}

/// <param name="SubnetId">Where the instance is.</param>
/// <param name="GroupIds">Its VPC security groups.</param>
/// <param name="IsPublic">Whether it has a public address.</param>
/// <param name="FindsPrivateNames">Whether private DNS names of endpoints lead it there.</param>
public sealed record InstancePlace(
    InstanceName Instance,
    string SubnetId,
    IReadOnlyList<string> GroupIds,
    bool IsPublic,
    bool FindsPrivateNames
);
