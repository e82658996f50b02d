using System.Net;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.Addresses;

/// <summary>An Elastic IP address as it is stored; <see cref="Resource.Id"/> is its allocation.</summary>
internal sealed record ElasticAddress : Resource
{
    /// <summary>The property of a network that has them, and the table that stores them.</summary>
    public static readonly StoredResources<ElasticAddress> Set = new(
        ResourceKind.Address,
        "elastic-ip",
        "network_address",
        Ec2Json.Default.ElasticAddress,
        static network => network.Addresses,
        static (network, all) => network with { Addresses = all }
    );

    public required IPAddress PublicIp { get; init; }

    /// <summary>Null while the address is not associated.</summary>
    public AddressAssociation? Association { get; init; }

    public override string Kind => Set.Kind;

    public override void AddKeys(ContextKeys keys, Network network)
    {
        keys.Add("ec2:AllocationId", Id);
        keys.Add("ec2:PublicIpAddress", PublicIp.ToString());
        keys.Add("ec2:Domain", "vpc");
    }
}

internal sealed record AddressAssociation(string AssociationId, string NetworkInterfaceId, IPAddress PrivateIp);
