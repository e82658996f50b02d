using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Addresses;
using Daybreak.Cloud.Ec2.Authorization;
using Daybreak.Cloud.Ec2.DhcpOptions;
using Daybreak.Cloud.Ec2.EgressOnlyGateways;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NatGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.PeeringConnections;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2;

/// <summary>The networking of Amazon EC2: its operations, in the order of the API reference. All others are refused by name.</summary>
public sealed class Ec2Service : IDisposable
{
    private readonly NetworkState _state;

    /// <param name="principals">Whom policies of endpoints name.</param>
    public Ec2Service(StateStore store, IPrincipalIds principals, TimeProvider time)
    {
        _state = new NetworkState(store);
        var peerings = new PeeringOperations(time);
        var natGateways = new NatGatewayOperations(time);
        var vpcEndpoints = new VpcEndpointOperations(time, principals);
        ImmutableArray<AwsOperation> operations =
        [
            Changing<PeeringRequest, PeeringResponse>(
                "AcceptVpcPeeringConnection",
                peerings.Accept,
                ("vpc", (r, n) => [n.PeeringConnections.Find(r.VpcPeeringConnectionId)?.Accepter.VpcId]),
                ("vpc-peering-connection", (r, _) => [r.VpcPeeringConnectionId])
            ),
            Making<AllocateAddressRequest, AllocateAddressResponse>("AllocateAddress", AddressOperations.Allocate, "elastic-ip"),
            Changing<AssociateAddressRequest, AssociateAddressResponse>(
                "AssociateAddress",
                AddressOperations.Associate,
                ("elastic-ip", (r, _) => [r.AllocationId]),
                ("network-interface", (r, _) => [r.NetworkInterfaceId])
            ),
            Changing<AssociateDhcpOptionsRequest, Done>(
                "AssociateDhcpOptions",
                DhcpOptionsOperations.Associate,
                ("dhcp-options", (r, _) => [r.DhcpOptionsId]),
                ("vpc", (r, _) => [r.VpcId])
            ),
            Changing<AssociateRouteTableRequest, AssociateRouteTableResponse>(
                "AssociateRouteTable",
                RouteTableOperations.Associate,
                ("route-table", (r, _) => [r.RouteTableId]),
                ("subnet", (r, _) => [r.SubnetId])
            ),
            Changing<AssociateSubnetCidrBlockRequest, SubnetCidrBlockResponse>(
                "AssociateSubnetCidrBlock",
                SubnetIpv6.Associate,
                ("subnet", (r, _) => [r.SubnetId])
            ),
            Changing<AssociateVpcCidrBlockRequest, VpcCidrBlockResponse>(
                "AssociateVpcCidrBlock",
                VpcOperations.AssociateCidrBlock,
                ("vpc", (r, _) => [r.VpcId])
            ),
            Changing<InternetGatewayAttachmentRequest, Done>(
                "AttachInternetGateway",
                InternetGatewayOperations.Attach,
                ("internet-gateway", (r, _) => [r.InternetGatewayId]),
                ("vpc", (r, _) => [r.VpcId])
            ),
            Making<AuthorizeRequest, AuthorizeResponse>(
                "AuthorizeSecurityGroupEgress",
                SecurityGroupRuleOperations.AuthorizeEgress,
                "security-group-rule",
                ("security-group", SecurityGroupOperations.Named)
            ),
            Making<AuthorizeRequest, AuthorizeResponse>(
                "AuthorizeSecurityGroupIngress",
                SecurityGroupRuleOperations.AuthorizeIngress,
                "security-group-rule",
                ("security-group", SecurityGroupOperations.Named)
            ),
            Changing<CreateDefaultSubnetRequest, SubnetResponse>("CreateDefaultSubnet", SubnetOperations.CreateDefault),
            Changing<CreateDefaultVpcRequest, VpcResponse>("CreateDefaultVpc", VpcOperations.CreateDefault),
            Making<CreateDhcpOptionsRequest, CreateDhcpOptionsResponse>("CreateDhcpOptions", DhcpOptionsOperations.Create, "dhcp-options"),
            Making<CreateEgressOnlyGatewayRequest, CreateEgressOnlyGatewayResponse>(
                "CreateEgressOnlyInternetGateway",
                EgressOnlyGatewayOperations.Create,
                "egress-only-internet-gateway",
                ("vpc", (r, _) => [r.VpcId])
            ),
            Making<CreateInternetGatewayRequest, InternetGatewayResponse>(
                "CreateInternetGateway",
                InternetGatewayOperations.Create,
                "internet-gateway"
            ),
            Making<CreateManagedPrefixListRequest, PrefixListResponse>("CreateManagedPrefixList", OwnPrefixLists.Create, "prefix-list"),
            Making<CreateNatGatewayRequest, CreateNatGatewayResponse>(
                "CreateNatGateway",
                natGateways.Create,
                "natgateway",
                ("elastic-ip", (r, _) => [r.AllocationId]),
                ("subnet", (r, _) => [r.SubnetId])
            ),
            Making<CreateNetworkAclRequest, CreateNetworkAclResponse>(
                "CreateNetworkAcl",
                NetworkAclOperations.Create,
                "network-acl",
                ("vpc", (r, _) => [r.VpcId])
            ),
            Changing<NetworkAclEntryRequest, Done>(
                "CreateNetworkAclEntry",
                NetworkAclOperations.CreateEntry,
                ("network-acl", (r, _) => [r.NetworkAclId])
            ),
            Making<CreateNetworkInterfaceRequest, CreateNetworkInterfaceResponse>(
                "CreateNetworkInterface",
                NetworkInterfaceOperations.Create,
                "network-interface",
                ("subnet", (r, _) => [r.SubnetId]),
                ("security-group", (r, _) => r.SecurityGroupIds ?? [])
            ),
            Changing<RouteRequest, Done>("CreateRoute", RouteOperations.Create, ("route-table", (r, _) => [r.RouteTableId])),
            Making<CreateRouteTableRequest, CreateRouteTableResponse>(
                "CreateRouteTable",
                RouteTableOperations.Create,
                "route-table",
                ("vpc", (r, _) => [r.VpcId])
            ),
            Making<CreateSecurityGroupRequest, CreateSecurityGroupResponse>(
                "CreateSecurityGroup",
                SecurityGroupOperations.Create,
                "security-group",
                ("vpc", (r, n) => [r.VpcId ?? n.DefaultVpc?.Id])
            ),
            Making<CreateSubnetRequest, SubnetResponse>("CreateSubnet", SubnetOperations.Create, "subnet", ("vpc", (r, _) => [r.VpcId])),
            Tagging("CreateTags", TagOperations.Create),
            Making<CreateVpcRequest, VpcResponse>("CreateVpc", VpcOperations.Create, "vpc"),
            Making<CreateVpcEndpointRequest, CreateVpcEndpointResponse>(
                "CreateVpcEndpoint",
                vpcEndpoints.Create,
                "vpc-endpoint",
                ("vpc", (r, _) => [r.VpcId]),
                ("route-table", (r, _) => r.RouteTableIds ?? []),
                ("security-group", (r, _) => r.SecurityGroupIds ?? []),
                ("subnet", (r, _) => r.SubnetIds ?? [])
            ),
            Making<CreateVpcPeeringConnectionRequest, PeeringResponse>(
                "CreateVpcPeeringConnection",
                peerings.Create,
                "vpc-peering-connection",
                ("vpc", (r, _) => [r.VpcId])
            ),
            Changing<DhcpOptionsRequest, Done>(
                "DeleteDhcpOptions",
                DhcpOptionsOperations.Delete,
                ("dhcp-options", (r, _) => [r.DhcpOptionsId])
            ),
            Changing<EgressOnlyGatewayRequest, DeleteEgressOnlyGatewayResponse>(
                "DeleteEgressOnlyInternetGateway",
                EgressOnlyGatewayOperations.Delete,
                ("egress-only-internet-gateway", (r, _) => [r.EgressOnlyInternetGatewayId])
            ),
            Changing<InternetGatewayRequest, Done>(
                "DeleteInternetGateway",
                InternetGatewayOperations.Delete,
                ("internet-gateway", (r, _) => [r.InternetGatewayId])
            ),
            Changing<PrefixListRequest, PrefixListResponse>(
                "DeleteManagedPrefixList",
                OwnPrefixLists.Delete,
                ("prefix-list", (r, _) => [r.PrefixListId])
            ),
            Changing<NatGatewayRequest, DeleteNatGatewayResponse>(
                "DeleteNatGateway",
                natGateways.Delete,
                ("natgateway", (r, _) => [r.NatGatewayId])
            ),
            Changing<NetworkAclRequest, Done>("DeleteNetworkAcl", NetworkAclOperations.Delete, ("network-acl", (r, _) => [r.NetworkAclId])),
            Changing<DeleteNetworkAclEntryRequest, Done>(
                "DeleteNetworkAclEntry",
                NetworkAclOperations.DeleteEntry,
                ("network-acl", (r, _) => [r.NetworkAclId])
            ),
            Changing<NetworkInterfaceRequest, Done>(
                "DeleteNetworkInterface",
                NetworkInterfaceOperations.Delete,
                ("network-interface", (r, _) => [r.NetworkInterfaceId])
            ),
            Changing<DeleteRouteRequest, Done>("DeleteRoute", RouteOperations.Delete, ("route-table", (r, _) => [r.RouteTableId])),
            Changing<RouteTableRequest, Done>("DeleteRouteTable", RouteTableOperations.Delete, ("route-table", (r, _) => [r.RouteTableId])),
            Changing<DeleteSecurityGroupRequest, DeleteSecurityGroupResponse>(
                "DeleteSecurityGroup",
                SecurityGroupOperations.Delete,
                ("security-group", SecurityGroupOperations.Named)
            ),
            Changing<SubnetRequest, Done>("DeleteSubnet", SubnetOperations.Delete, ("subnet", (r, _) => [r.SubnetId])),
            Tagging("DeleteTags", TagOperations.Delete),
            Changing<VpcRequest, Done>("DeleteVpc", VpcOperations.Delete, ("vpc", (r, _) => [r.VpcId])),
            Changing<DeleteVpcEndpointsRequest, DeleteVpcEndpointsResponse>(
                "DeleteVpcEndpoints",
                VpcEndpointOperations.Delete,
                ("vpc-endpoint", (r, _) => r.VpcEndpointIds ?? [])
            ),
            Changing<PeeringRequest, Done>(
                "DeleteVpcPeeringConnection",
                peerings.Delete,
                ("vpc-peering-connection", (r, _) => [r.VpcPeeringConnectionId])
            ),
            Reading<DescribeAccountAttributesRequest, DescribeAccountAttributesResponse>(
                "DescribeAccountAttributes",
                RegionOperations.DescribeAccount
            ),
            Reading<DescribeAddressesRequest, DescribeAddressesResponse>("DescribeAddresses", AddressOperations.Describe),
            Reading<DescribeAddressesAttributeRequest, DescribeAddressesAttributeResponse>(
                "DescribeAddressesAttribute",
                AddressOperations.DescribeAttribute
            ),
            Reading<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse>(
                "DescribeAvailabilityZones",
                RegionOperations.DescribeZones
            ),
            Reading<DescribeDhcpOptionsRequest, DescribeDhcpOptionsResponse>("DescribeDhcpOptions", DhcpOptionsOperations.Describe),
            Reading<DescribeEgressOnlyGatewaysRequest, DescribeEgressOnlyGatewaysResponse>(
                "DescribeEgressOnlyInternetGateways",
                EgressOnlyGatewayOperations.Describe
            ),
            Reading<DescribeInternetGatewaysRequest, DescribeInternetGatewaysResponse>(
                "DescribeInternetGateways",
                InternetGatewayOperations.Describe
            ),
            Reading<DescribeManagedPrefixListsRequest, DescribeManagedPrefixListsResponse>(
                "DescribeManagedPrefixLists",
                PrefixListOperations.DescribeManaged
            ),
            Reading<DescribeNatGatewaysRequest, DescribeNatGatewaysResponse>("DescribeNatGateways", natGateways.Describe),
            Reading<DescribeNetworkAclsRequest, DescribeNetworkAclsResponse>("DescribeNetworkAcls", NetworkAclOperations.Describe),
            Reading<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResponse>(
                "DescribeNetworkInterfaces",
                NetworkInterfaceOperations.Describe
            ),
            Reading<DescribePrefixListsRequest, DescribePrefixListsResponse>("DescribePrefixLists", PrefixListOperations.Describe),
            Reading<DescribeRegionsRequest, DescribeRegionsResponse>("DescribeRegions", RegionOperations.DescribeRegions),
            Reading<DescribeRouteTablesRequest, DescribeRouteTablesResponse>("DescribeRouteTables", RouteTableOperations.Describe),
            Reading<DescribeSecurityGroupReferencesRequest, DescribeSecurityGroupReferencesResponse>(
                "DescribeSecurityGroupReferences",
                PeerReferences.Describe
            ),
            Reading<DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResponse>(
                "DescribeSecurityGroupRules",
                SecurityGroupRuleOperations.Describe
            ),
            Reading<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponse>(
                "DescribeSecurityGroups",
                SecurityGroupOperations.Describe
            ),
            Reading<DescribeStaleSecurityGroupsRequest, DescribeStaleSecurityGroupsResponse>(
                "DescribeStaleSecurityGroups",
                PeerReferences.DescribeStale
            ),
            Reading<DescribeSubnetsRequest, DescribeSubnetsResponse>("DescribeSubnets", SubnetOperations.Describe),
            Reading<DescribeTagsRequest, DescribeTagsResponse>("DescribeTags", TagOperations.Describe),
            Reading<DescribeVpcAttributeRequest, DescribeVpcAttributeResponse>(
                "DescribeVpcAttribute",
                VpcOperations.DescribeAttribute,
                ("vpc", (r, _) => [r.VpcId])
            ),
            Reading<DescribeVpcEndpointServicesRequest, DescribeVpcEndpointServicesResponse>(
                "DescribeVpcEndpointServices",
                EndpointServiceOperations.Describe
            ),
            Reading<DescribeVpcEndpointsRequest, DescribeVpcEndpointsResponse>("DescribeVpcEndpoints", vpcEndpoints.Describe),
            Reading<DescribeVpcPeeringConnectionsRequest, DescribeVpcPeeringConnectionsResponse>(
                "DescribeVpcPeeringConnections",
                peerings.Describe
            ),
            Reading<DescribeVpcsRequest, DescribeVpcsResponse>("DescribeVpcs", VpcOperations.Describe),
            Changing<InternetGatewayAttachmentRequest, Done>(
                "DetachInternetGateway",
                InternetGatewayOperations.Detach,
                ("internet-gateway", (r, _) => [r.InternetGatewayId]),
                ("vpc", (r, _) => [r.VpcId])
            ),
            Changing<DetachNetworkInterfaceRequest, Done>(
                "DetachNetworkInterface",
                NetworkInterfaceOperations.Detach,
                ("network-interface", (r, n) => [NetworkInterfaceOperations.WithAttachment(r.AttachmentId, n)?.Id])
            ),
            Changing<DisassociateAddressRequest, Done>(
                "DisassociateAddress",
                AddressOperations.Disassociate,
                ("elastic-ip", (r, n) => [AddressOperations.WithAssociation(r.AssociationId, n)?.Id])
            ),
            Changing<DisassociateRouteTableRequest, Done>(
                "DisassociateRouteTable",
                RouteTableOperations.Disassociate,
                ("route-table", (r, n) => [RouteTableOperations.WithAssociation(r.AssociationId, n)?.Id])
            ),
            Changing<DisassociateSubnetCidrBlockRequest, SubnetCidrBlockResponse>(
                "DisassociateSubnetCidrBlock",
                SubnetIpv6.Disassociate,
                ("subnet", (r, n) => [SubnetIpv6.WithAssociation(r.AssociationId, n)?.Id])
            ),
            Changing<DisassociateVpcCidrBlockRequest, VpcCidrBlockResponse>(
                "DisassociateVpcCidrBlock",
                VpcOperations.DisassociateCidrBlock,
                ("vpc", (r, n) => [VpcOperations.WithAssociation(r.AssociationId, n)?.Id])
            ),
            Reading<GetManagedPrefixListAssociationsRequest, GetManagedPrefixListAssociationsResponse>(
                "GetManagedPrefixListAssociations",
                PrefixListOperations.Associations,
                ("prefix-list", (r, _) => [r.PrefixListId])
            ),
            Reading<GetManagedPrefixListEntriesRequest, GetManagedPrefixListEntriesResponse>(
                "GetManagedPrefixListEntries",
                PrefixListOperations.Entries,
                ("prefix-list", (r, _) => [r.PrefixListId])
            ),
            Reading<GetSecurityGroupsForVpcRequest, GetSecurityGroupsForVpcResponse>(
                "GetSecurityGroupsForVpc",
                SecurityGroupOperations.DescribeForVpc,
                ("vpc", (r, _) => [r.VpcId])
            ),
            Changing<ModifyManagedPrefixListRequest, PrefixListResponse>(
                "ModifyManagedPrefixList",
                OwnPrefixLists.Modify,
                ("prefix-list", (r, _) => [r.PrefixListId])
            ),
            Changing<ModifyNetworkInterfaceAttributeRequest, Done>(
                "ModifyNetworkInterfaceAttribute",
                NetworkInterfaceOperations.ModifyAttribute,
                ("network-interface", (r, _) => [r.NetworkInterfaceId]),
                ("security-group", (r, _) => r.SecurityGroupIds ?? [])
            ),
            Changing<ModifySecurityGroupRulesRequest, Done>(
                "ModifySecurityGroupRules",
                SecurityGroupRuleOperations.Modify,
                ("security-group", (r, _) => [r.GroupId]),
                ("security-group-rule", (r, _) => (r.SecurityGroupRules ?? []).Select(rule => rule.SecurityGroupRuleId)),
                ("prefix-list", (r, _) => (r.SecurityGroupRules ?? []).Select(rule => rule.SecurityGroupRule?.PrefixListId))
            ),
            Changing<ModifySubnetAttributeRequest, Done>(
                "ModifySubnetAttribute",
                SubnetOperations.ModifyAttribute,
                ("subnet", (r, _) => [r.SubnetId])
            ),
            Changing<ModifyVpcAttributeRequest, Done>("ModifyVpcAttribute", VpcOperations.ModifyAttribute, ("vpc", (r, _) => [r.VpcId])),
            Changing<ModifyVpcEndpointRequest, Done>(
                "ModifyVpcEndpoint",
                vpcEndpoints.Modify,
                ("vpc-endpoint", (r, _) => [r.VpcEndpointId]),
                ("route-table", (r, _) => [.. r.AddRouteTableIds ?? [], .. r.RemoveRouteTableIds ?? []]),
                ("security-group", (r, _) => [.. r.AddSecurityGroupIds ?? [], .. r.RemoveSecurityGroupIds ?? []]),
                ("subnet", (r, _) => [.. r.AddSubnetIds ?? [], .. r.RemoveSubnetIds ?? []])
            ),
            Changing<ModifyVpcPeeringConnectionOptionsRequest, ModifyVpcPeeringConnectionOptionsResponse>(
                "ModifyVpcPeeringConnectionOptions",
                peerings.ModifyOptions,
                ("vpc-peering-connection", (r, _) => [r.VpcPeeringConnectionId])
            ),
            Changing<PeeringRequest, Done>(
                "RejectVpcPeeringConnection",
                peerings.Reject,
                ("vpc-peering-connection", (r, _) => [r.VpcPeeringConnectionId])
            ),
            Changing<ReleaseAddressRequest, Done>("ReleaseAddress", AddressOperations.Release, ("elastic-ip", (r, _) => [r.AllocationId])),
            Changing<ReplaceNetworkAclAssociationRequest, ReplaceNetworkAclAssociationResponse>(
                "ReplaceNetworkAclAssociation",
                NetworkAclOperations.ReplaceAssociation,
                ("network-acl", (r, _) => [r.NetworkAclId]),
                ("subnet", (r, n) => [NetworkAclOperations.SubnetOf(r.AssociationId, n)])
            ),
            Changing<NetworkAclEntryRequest, Done>(
                "ReplaceNetworkAclEntry",
                NetworkAclOperations.ReplaceEntry,
                ("network-acl", (r, _) => [r.NetworkAclId])
            ),
            Changing<RouteRequest, Done>("ReplaceRoute", RouteOperations.Replace, ("route-table", (r, _) => [r.RouteTableId])),
            Changing<ReplaceRouteTableAssociationRequest, ReplaceRouteTableAssociationResponse>(
                "ReplaceRouteTableAssociation",
                RouteTableOperations.ReplaceAssociation,
                ("route-table", (r, _) => [r.RouteTableId]),
                ("subnet", (r, n) => [RouteTableOperations.SubnetOf(r.AssociationId, n)])
            ),
            Changing<RestoreManagedPrefixListVersionRequest, PrefixListResponse>(
                "RestoreManagedPrefixListVersion",
                OwnPrefixLists.Restore,
                ("prefix-list", (r, _) => [r.PrefixListId])
            ),
            Changing<RevokeRequest, RevokeResponse>(
                "RevokeSecurityGroupEgress",
                SecurityGroupRuleOperations.RevokeEgress,
                ("security-group", SecurityGroupOperations.Named)
            ),
            Changing<RevokeRequest, RevokeResponse>(
                "RevokeSecurityGroupIngress",
                SecurityGroupRuleOperations.RevokeIngress,
                ("security-group", SecurityGroupOperations.Named)
            ),
            Changing<UpdateDescriptionsRequest, Done>(
                "UpdateSecurityGroupRuleDescriptionsEgress",
                SecurityGroupRuleOperations.UpdateEgressDescriptions,
                ("security-group", SecurityGroupOperations.Named)
            ),
            Changing<UpdateDescriptionsRequest, Done>(
                "UpdateSecurityGroupRuleDescriptionsIngress",
                SecurityGroupRuleOperations.UpdateIngressDescriptions,
                ("security-group", SecurityGroupOperations.Named)
            ),
        ];
        Description = new AwsService
        {
            Name = "ec2",
            Version = "2016-11-15",
            Protocol = new Ec2Protocol(),
            EncodesDenials = true,
            XmlNamespace = "http://ec2.amazonaws.com/doc/2016-11-15/",
            ValidationErrorCode = "InvalidParameterValue",
            Counts = () =>
                new Dictionary<string, int>
                {
                    ["vpcs"] = _state.All.Sum(network => network.Vpcs.Count),
                    ["subnets"] = _state.All.Sum(network => network.Subnets.Count),
                    ["securityGroups"] = _state.All.Sum(network => network.SecurityGroups.Count),
                },
            Operations = [.. operations, .. RefusedOperations.Besides(operations)],
        };
    }

    public AwsService Description { get; }

    /// <summary>The networks of all accounts, for services whose servers stand in them.</summary>
    internal NetworkState Networks => _state;

    /// <summary>Runs what empties the store, and forgets everything.</summary>
    public Task ResetAsync(Func<Task> empty) => _state.ResetAsync(empty);

    public void Dispose() => _state.Dispose();

    /// <param name="named">What a policy has to name; nothing: all.</param>
    private AwsOperation Reading<TRequest, TResponse>(
        string name,
        Func<TRequest, Network, TResponse> read,
        params (string Kind, Func<TRequest, Network, IEnumerable<string?>> IdsOf)[] named
    )
        where TRequest : Ec2Request
        where TResponse : class =>
        AwsOperation
            .Of<TRequest, TResponse>(
                name,
                (request, context) =>
                {
                    var response = read(request, NetworkOf(context));
                    return request.DryRun == true ? throw Ec2Errors.DryRun() : response;
                }
            )
            .AuthorizedBy(Authorization(name, null, named));

    /// <param name="named">What a policy has to name; nothing: all.</param>
    private AwsOperation Changing<TRequest, TResponse>(
        string name,
        Func<TRequest, Network, Change<TResponse>> change,
        params (string Kind, Func<TRequest, Network, IEnumerable<string?>> IdsOf)[] named
    )
        where TRequest : Ec2Request
        where TResponse : class => Change(name, change).AuthorizedBy(Authorization(name, null, named));

    /// <param name="kind">Of what the operation makes: a policy has to name any of it.</param>
    /// <param name="named">What a policy has to name as well.</param>
    private AwsOperation Making<TRequest, TResponse>(
        string name,
        Func<TRequest, Network, Change<TResponse>> change,
        string kind,
        params (string Kind, Func<TRequest, Network, IEnumerable<string?>> IdsOf)[] named
    )
        where TRequest : Ec2Request
        where TResponse : class => Change(name, change).AuthorizedBy(Authorization(name, kind, named));

    private AwsOperation Tagging(string name, Func<TagsRequest, Network, Change<Done>> change) =>
        Change(name, change)
            .AuthorizedBy(
                OperationAuthorization.OfAll<TagsRequest>((request, context) => Ec2Permissions.OfTags(request, context, NetworkOf(context)))
            );

    private AwsOperation Change<TRequest, TResponse>(string name, Func<TRequest, Network, Change<TResponse>> change)
        where TRequest : Ec2Request
        where TResponse : class =>
        AwsOperation.Of<TRequest, TResponse>(
            name,
            (request, context) =>
                _state.ChangeAsync(
                    context.AccountId,
                    context.Region,
                    network => change(request, network),
                    request.DryRun == true,
                    context.Aborted
                )
        );

    private OperationAuthorization Authorization<TRequest>(
        string name,
        string? makes,
        (string Kind, Func<TRequest, Network, IEnumerable<string?>> IdsOf)[] named
    )
        where TRequest : Ec2Request =>
        OperationAuthorization.OfAll<TRequest>(
            (request, context) => Ec2Permissions.Of(request, context, NetworkOf(context), name, makes, named)
        );

    private Network NetworkOf(OperationContext context) => _state.Of(context.AccountId, context.Region);
}
