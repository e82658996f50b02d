using System.Net;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2.Addresses;

/// <summary>An Elastic IP address as it is kept; <see cref="Resource.Id"/> is its allocation.</summary>
internal sealed record ElasticAddress : Resource
{
    public required IPAddress PublicIp { get; init; }

    /// <summary>Null while nothing uses it.</summary>
    public AddressAssociation? Association { get; init; }

    public override string Kind => "elastic-ip";
}

internal sealed record AddressAssociation(string AssociationId, string NetworkInterfaceId, IPAddress PrivateIp);
