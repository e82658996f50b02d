using System.Text.Json.Serialization;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.Endpoints;

/// <summary>
/// A custom endpoint of a cluster as stored: an address that distributes connections over some of the cluster's instances.
/// </summary>
internal sealed record CustomEndpoint
{
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    public required string Identifier { get; init; }

    /// <c>cluster-endpoint-</c> and 26 letters; never reused.
    public required string ResourceId { get; init; }

    public required string ClusterIdentifier { get; init; }

    public required EndpointReach Reach { get; init; }

    public required EndpointMembers Members { get; init; }

    /// <summary>Its own loopback address.</summary>
    public required string Address { get; init; }

    public required EndpointStatus Status { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    [JsonIgnore]
    public ResourceKey Key => new(AccountId, Region, Identifier);

    [JsonIgnore]
    public ResourceKey ClusterKey => new(AccountId, Region, ClusterIdentifier);

    [JsonIgnore]
    public string Arn => RdsArn.Of(AccountId, Region, RdsArn.ClusterEndpoint, Identifier);

    /// <summary>Whether it includes the instance.</summary>
    public bool Takes(string instance, bool isWriter) => (Reach == EndpointReach.Any || !isWriter) && Members.Include(instance);
}

/// <summary>The instances of an endpoint: some, or all except some, including future ones.</summary>
internal sealed record EndpointMembers(bool AllBut, IReadOnlyList<string> Named)
{
    public static EndpointMembers All { get; } = new(true, []);

    [JsonIgnore]
    public IReadOnlyList<string> Static => AllBut ? [] : Named;

    [JsonIgnore]
    public IReadOnlyList<string> Excluded => AllBut ? Named : [];

    public bool Include(string instance) => Named.Contains(instance) != AllBut;
}

/// <summary>The roles that an endpoint includes.</summary>
internal enum EndpointReach
{
    Reader,
    Any,
}

internal enum EndpointStatus
{
    Creating,
    Available,
    Deleting,
}
