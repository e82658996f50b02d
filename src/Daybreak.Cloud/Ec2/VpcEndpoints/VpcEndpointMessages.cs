using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.VpcEndpoints;

internal sealed record CreateVpcEndpointRequest : CreationRequest
{
    /// <summary>The type; <c>Gateway</c> by default.</summary>
    public string? VpcEndpointType { get; init; }

    public string? VpcId { get; init; }

    public string? ServiceName { get; init; }

    public string? PolicyDocument { get; init; }

    [WireName("RouteTableId")]
    public IReadOnlyList<string>? RouteTableIds { get; init; }

    [WireName("SubnetId")]
    public IReadOnlyList<string>? SubnetIds { get; init; }

    [WireName("SecurityGroupId")]
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }

    public string? IpAddressType { get; init; }

    public DnsOptions? DnsOptions { get; init; }

    public string? ClientToken { get; init; }

    public bool? PrivateDnsEnabled { get; init; }
}

internal sealed record ModifyVpcEndpointRequest : Ec2Request
{
    public string? VpcEndpointId { get; init; }

    public bool? ResetPolicy { get; init; }

    public string? PolicyDocument { get; init; }

    [WireName("AddRouteTableId")]
    public IReadOnlyList<string>? AddRouteTableIds { get; init; }

    [WireName("RemoveRouteTableId")]
    public IReadOnlyList<string>? RemoveRouteTableIds { get; init; }

    [WireName("AddSubnetId")]
    public IReadOnlyList<string>? AddSubnetIds { get; init; }

    [WireName("RemoveSubnetId")]
    public IReadOnlyList<string>? RemoveSubnetIds { get; init; }

    [WireName("AddSecurityGroupId")]
    public IReadOnlyList<string>? AddSecurityGroupIds { get; init; }

    [WireName("RemoveSecurityGroupId")]
    public IReadOnlyList<string>? RemoveSecurityGroupIds { get; init; }

    public string? IpAddressType { get; init; }

    public DnsOptions? DnsOptions { get; init; }

    public bool? PrivateDnsEnabled { get; init; }
}

internal sealed record DeleteVpcEndpointsRequest : Ec2Request
{
    [WireName("VpcEndpointId")]
    public IReadOnlyList<string>? VpcEndpointIds { get; init; }
}

internal sealed record DescribeVpcEndpointsRequest : DescribeRequest
{
    [WireName("VpcEndpointId")]
    public IReadOnlyList<string>? VpcEndpointIds { get; init; }
}

internal sealed record DescribeVpcEndpointServicesRequest : DescribeRequest
{
    [WireName("ServiceName")]
    public IReadOnlyList<string>? ServiceNames { get; init; }
}

internal sealed record CreateVpcEndpointResponse
{
    public required VpcEndpointDescription VpcEndpoint { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record DescribeVpcEndpointsResponse
{
    public required IReadOnlyList<VpcEndpointDescription> VpcEndpointSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DeleteVpcEndpointsResponse
{
    public required IReadOnlyList<UnsuccessfulItem> Unsuccessful { get; init; }
}

internal sealed record UnsuccessfulItem
{
    public required UnsuccessfulItemError Error { get; init; }

    public required string ResourceId { get; init; }
}

internal sealed record UnsuccessfulItemError
{
    public required string Code { get; init; }

    public required string Message { get; init; }
}

internal sealed record DnsOptions
{
    public string? DnsRecordIpType { get; init; }

    [NotImplemented]
    public bool? PrivateDnsOnlyForInboundResolverEndpoint { get; init; }
}

/// <summary>A VPC endpoint in responses.</summary>
internal sealed record VpcEndpointDescription
{
    public required string VpcEndpointId { get; init; }

    public required string VpcEndpointType { get; init; }

    public required string VpcId { get; init; }

    public required string ServiceName { get; init; }

    public required string State { get; init; }

    public required string PolicyDocument { get; init; }

    public required IReadOnlyList<string> RouteTableIdSet { get; init; }

    public required IReadOnlyList<string> SubnetIdSet { get; init; }

    public required IReadOnlyList<GroupIdentifier> GroupSet { get; init; }

    public string? IpAddressType { get; init; }

    public DnsOptions? DnsOptions { get; init; }

    public required bool PrivateDnsEnabled { get; init; }

    public bool RequesterManaged { get; init; }

    public required IReadOnlyList<string> NetworkInterfaceIdSet { get; init; }

    public required IReadOnlyList<DnsEntry> DnsEntrySet { get; init; }

    public required DateTimeOffset CreationTimestamp { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public required string OwnerId { get; init; }

    public required string ServiceRegion { get; init; }

    public static VpcEndpointDescription Of(VpcEndpoint endpoint, Network network, string state)
    {
        var isInterface = endpoint.Type == VpcEndpoints.VpcEndpointType.Interface;
        return new()
        {
            VpcEndpointId = endpoint.Id,
            VpcEndpointType = endpoint.Type.ToString(),
            VpcId = endpoint.VpcId,
            ServiceName = endpoint.ServiceName,
            State = state,
            PolicyDocument = endpoint.PolicyDocument,
            RouteTableIdSet = endpoint.RouteTableIds,
            SubnetIdSet = endpoint.SubnetIds,
            GroupSet =
            [
                .. endpoint.GroupIds.Select(id => new GroupIdentifier
                {
                    GroupId = id,
                    GroupName = network.SecurityGroups.Find(id)!.GroupName,
                }),
            ],
            IpAddressType = isInterface ? "ipv4" : null,
            DnsOptions = isInterface ? new DnsOptions { DnsRecordIpType = "ipv4" } : null,
            PrivateDnsEnabled = endpoint.PrivateDnsEnabled,
            NetworkInterfaceIdSet = endpoint.NetworkInterfaceIds,
            DnsEntrySet = isInterface ? DnsEntry.Of(endpoint, network) : [],
            CreationTimestamp = endpoint.CreationTime,
            TagSet = Tag.List(endpoint),
            OwnerId = network.AccountId,
            ServiceRegion = network.Region,
        };
    }
}

internal sealed record DnsEntry
{
    private const int ZoneDigits = 13;

    public required string DnsName { get; init; }

    public required string HostedZoneId { get; init; }

    /// <summary>The endpoint's own name, one for each zone, and the service's name if private DNS is enabled.</summary>
    public static IReadOnlyList<DnsEntry> Of(VpcEndpoint endpoint, Network network)
    {
        var service = EndpointService.Of(endpoint, network.Region);
        var domain = $"{service.Label}.{network.Region}.vpce.amazonaws.com";
        var publicZone = ZoneId(network.Region, service.Label);
        var names = endpoint
            .SubnetIds.Select(id => network.Subnets.Find(id)!.AvailabilityZone)
            .Order(StringComparer.Ordinal)
            .Select(zone => $"{endpoint.Id}-{endpoint.DnsSuffix}-{zone}.{domain}")
            .Prepend($"{endpoint.Id}-{endpoint.DnsSuffix}.{domain}");
        var own = names.Select(name => new DnsEntry { DnsName = name, HostedZoneId = publicZone });
        return endpoint.PrivateDnsEnabled
            ? [.. own, new DnsEntry { DnsName = service.PrivateDnsName, HostedZoneId = ZoneId(endpoint.VpcId, endpoint.Id) }]
            : [.. own];
    }

    private static string ZoneId(string of, string and) =>
        "Z" + Ec2Id.Of("zone", of, and)["zone-".Length..][..ZoneDigits].ToUpperInvariant();
}
