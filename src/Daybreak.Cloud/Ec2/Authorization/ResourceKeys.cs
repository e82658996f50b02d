using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Addresses;
using Daybreak.Cloud.Ec2.DhcpOptions;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NatGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.Authorization;

/// <summary>The context keys that resources of EC2 have.</summary>
/// <remarks>https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html</remarks>
internal static class ResourceKeys
{
    /// <summary>Of a request, whatever its resource.</summary>
    public static ContextKeys Of(string region) => new() { { "ec2:Region", region } };

    /// <summary>Of something that there is. What there is not has no more than its Region.</summary>
    public static ContextKeys Of(Resource? resource, Network network)
    {
        var keys = Of(network.Region);
        foreach (var (key, value) in resource?.Tags ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            keys.Add($"aws:ResourceTag/{key}", value);
            keys.Add($"ec2:ResourceTag/{key}", value);
        }
        switch (resource)
        {
            case Vpc vpc:
                keys.Add("ec2:VpcID", vpc.Id);
                keys.Add("ec2:Tenancy", vpc.InstanceTenancy);
                break;
            case Subnet subnet:
                keys.Add("ec2:SubnetID", subnet.Id);
                keys.Add("ec2:AvailabilityZone", subnet.AvailabilityZone);
                keys.Add("ec2:AvailabilityZoneId", Zone.IdOf(network.Region, subnet.AvailabilityZone));
                keys.Add("ec2:Vpc", VpcArn(subnet.VpcId, network));
                break;
            case SecurityGroup group:
                keys.Add("ec2:SecurityGroupID", group.Id);
                keys.Add("ec2:Vpc", VpcArn(group.VpcId, network));
                break;
            case RouteTable table:
                keys.Add("ec2:RouteTableID", table.Id);
                keys.Add("ec2:Vpc", VpcArn(table.VpcId, network));
                break;
            case NetworkAcl acl:
                keys.Add("ec2:NetworkAclID", acl.Id);
                keys.Add("ec2:Vpc", VpcArn(acl.VpcId, network));
                break;
            case NetworkInterface one:
                keys.Add("ec2:NetworkInterfaceID", one.Id);
                keys.Add("ec2:AvailabilityZone", network.Subnets.Find(one.SubnetId)!.AvailabilityZone);
                keys.Add("ec2:Subnet", Ec2Arn.Of(network, network.Subnets.Find(one.SubnetId)!));
                keys.Add("ec2:Vpc", VpcArn(one.VpcId, network));
                break;
            case NatGateway nat:
                keys.Add("ec2:Vpc", VpcArn(nat.VpcId, network));
                break;
            case InternetGateway gateway:
                keys.Add("ec2:InternetGatewayID", gateway.Id);
                break;
            case DhcpOptionsSet options:
                keys.Add("ec2:DhcpOptionsID", options.Id);
                break;
            case ElasticAddress address:
                keys.Add("ec2:AllocationId", address.Id);
                keys.Add("ec2:PublicIpAddress", address.PublicIp.ToString());
                keys.Add("ec2:Domain", "vpc");
                break;
            case PeeringConnection peering:
                keys.Add("ec2:VpcPeeringConnectionID", peering.Id);
                AddSides(keys, peering.Requester.VpcId, peering.Accepter.VpcId, network.AccountId, network.Region);
                break;
            case VpcEndpoint endpoint:
                AddService(keys, endpoint.ServiceName, network.Region);
                break;
        }
        return keys;
    }

    /// <summary>Of an endpoint, also of one that is asked for.</summary>
    public static void AddService(ContextKeys keys, string serviceName, string region)
    {
        keys.Add("ec2:VpceServiceName", serviceName);
        keys.Add("ec2:VpceServiceOwner", "amazon");
        keys.Add("ec2:VpceServiceRegion", region);
    }

    /// <summary>Of a peering connection, also of one that is asked for.</summary>
    public static void AddSides(ContextKeys keys, string requester, string accepter, string account, string region)
    {
        keys.Add("ec2:RequesterVpc", Ec2Arn.Of(account, region, "vpc", requester));
        keys.Add("ec2:AccepterVpc", Ec2Arn.Of(account, region, "vpc", accepter));
    }

    /// <summary>The tags that a request gives.</summary>
    public static void AddTags(ContextKeys keys, IEnumerable<Tags.Tag> tags)
    {
        var names = new List<string>();
        foreach (var tag in tags)
        {
            if (tag.Key is null)
                continue;
            names.Add(tag.Key);
            keys.Add($"aws:RequestTag/{tag.Key}", tag.Value ?? "");
        }
        if (names.Count > 0)
            keys.Add("aws:TagKeys", names.ToArray());
    }

    public static string VpcArn(string vpcId, Network network) => Ec2Arn.Of(network.AccountId, network.Region, "vpc", vpcId);
}
