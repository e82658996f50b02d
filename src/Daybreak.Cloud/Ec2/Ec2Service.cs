using System.Collections.Immutable;
using System.Net;
using Daybreak.Cloud.Ec2.Addresses;
using Daybreak.Cloud.Ec2.Databases;
using Daybreak.Cloud.Ec2.DhcpOptions;
using Daybreak.Cloud.Ec2.Doors;
using Daybreak.Cloud.Ec2.InternetGateways;
using Daybreak.Cloud.Ec2.NatGateways;
using Daybreak.Cloud.Ec2.NetworkAcls;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.PrefixLists;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Subnets;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.Ec2.VpcEndpoints;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ec2;

/// <summary>The networking of Amazon EC2: its operations, in the order of the API reference. All others are refused by name.</summary>
public sealed class Ec2Service : IDisposable
{
    private readonly NetworkState state;
    private readonly DatabaseInterfaces databaseInterfaces;

    public Ec2Service(StateStore store, TimeProvider time)
    {
        state = new NetworkState(store);
        databaseInterfaces = new DatabaseInterfaces(state, time);
        Subnets = new DatabaseSubnets(state);
        var natGateways = new NatGatewayOperations(time);
        var vpcEndpoints = new VpcEndpointOperations(time);
        ImmutableArray<AwsOperation> operations =
        [
            Changing<AllocateAddressRequest, AllocateAddressResponse>("AllocateAddress", AddressOperations.Allocate, "elastic-ip"),
            Changing<AssociateAddressRequest, AssociateAddressResponse>(
                "AssociateAddress", AddressOperations.Associate, "elastic-ip", request => request.AllocationId),
            Changing<AssociateDhcpOptionsRequest, Done>("AssociateDhcpOptions", DhcpOptionsOperations.Associate, "vpc", request => request.VpcId),
            Changing<AssociateRouteTableRequest, AssociateRouteTableResponse>(
                "AssociateRouteTable", RouteTableOperations.Associate, "route-table", request => request.RouteTableId),
            Changing<AssociateVpcCidrBlockRequest, VpcCidrBlockResponse>(
                "AssociateVpcCidrBlock", VpcOperations.AssociateCidrBlock, "vpc", request => request.VpcId),
            Changing<InternetGatewayAttachmentRequest, Done>(
                "AttachInternetGateway", InternetGatewayOperations.Attach, "internet-gateway", request => request.InternetGatewayId),
            Changing<AuthorizeRequest, AuthorizeResponse>(
                "AuthorizeSecurityGroupEgress", SecurityGroupRuleOperations.AuthorizeEgress, "security-group", request => request.GroupId),
            Changing<AuthorizeRequest, AuthorizeResponse>(
                "AuthorizeSecurityGroupIngress", SecurityGroupRuleOperations.AuthorizeIngress, "security-group", request => request.GroupId),
            Changing<CreateDefaultSubnetRequest, SubnetResponse>("CreateDefaultSubnet", SubnetOperations.CreateDefault),
            Changing<CreateDefaultVpcRequest, VpcResponse>("CreateDefaultVpc", VpcOperations.CreateDefault),
            Changing<CreateDhcpOptionsRequest, CreateDhcpOptionsResponse>("CreateDhcpOptions", DhcpOptionsOperations.Create, "dhcp-options"),
            Changing<CreateInternetGatewayRequest, InternetGatewayResponse>("CreateInternetGateway", InternetGatewayOperations.Create, "internet-gateway"),
            Changing<CreateNatGatewayRequest, CreateNatGatewayResponse>("CreateNatGateway", natGateways.Create, "natgateway"),
            Changing<CreateNetworkAclRequest, CreateNetworkAclResponse>("CreateNetworkAcl", NetworkAclOperations.Create, "network-acl"),
            Changing<NetworkAclEntryRequest, Done>("CreateNetworkAclEntry", NetworkAclOperations.CreateEntry, "network-acl", request => request.NetworkAclId),
            Changing<CreateNetworkInterfaceRequest, CreateNetworkInterfaceResponse>(
                "CreateNetworkInterface", NetworkInterfaceOperations.Create, "network-interface"),
            Changing<RouteRequest, Done>("CreateRoute", RouteOperations.Create, "route-table", request => request.RouteTableId),
            Changing<CreateRouteTableRequest, CreateRouteTableResponse>("CreateRouteTable", RouteTableOperations.Create, "route-table"),
            Changing<CreateSecurityGroupRequest, CreateSecurityGroupResponse>("CreateSecurityGroup", SecurityGroupOperations.Create, "security-group"),
            Changing<CreateSubnetRequest, SubnetResponse>("CreateSubnet", SubnetOperations.Create, "subnet"),
            Changing<TagsRequest, Done>("CreateTags", TagOperations.Create),
            Changing<CreateVpcRequest, VpcResponse>("CreateVpc", VpcOperations.Create, "vpc"),
            Changing<CreateVpcEndpointRequest, CreateVpcEndpointResponse>("CreateVpcEndpoint", vpcEndpoints.Create, "vpc-endpoint"),
            Changing<DhcpOptionsRequest, Done>("DeleteDhcpOptions", DhcpOptionsOperations.Delete, "dhcp-options", request => request.DhcpOptionsId),
            Changing<InternetGatewayRequest, Done>(
                "DeleteInternetGateway", InternetGatewayOperations.Delete, "internet-gateway", request => request.InternetGatewayId),
            Changing<NatGatewayRequest, DeleteNatGatewayResponse>("DeleteNatGateway", natGateways.Delete, "natgateway", request => request.NatGatewayId),
            Changing<NetworkAclRequest, Done>("DeleteNetworkAcl", NetworkAclOperations.Delete, "network-acl", request => request.NetworkAclId),
            Changing<DeleteNetworkAclEntryRequest, Done>(
                "DeleteNetworkAclEntry", NetworkAclOperations.DeleteEntry, "network-acl", request => request.NetworkAclId),
            Changing<NetworkInterfaceRequest, Done>(
                "DeleteNetworkInterface", NetworkInterfaceOperations.Delete, "network-interface", request => request.NetworkInterfaceId),
            Changing<DeleteRouteRequest, Done>("DeleteRoute", RouteOperations.Delete, "route-table", request => request.RouteTableId),
            Changing<RouteTableRequest, Done>("DeleteRouteTable", RouteTableOperations.Delete, "route-table", request => request.RouteTableId),
            Changing<DeleteSecurityGroupRequest, DeleteSecurityGroupResponse>(
                "DeleteSecurityGroup", SecurityGroupOperations.Delete, "security-group", request => request.GroupId),
            Changing<SubnetRequest, Done>("DeleteSubnet", SubnetOperations.Delete, "subnet", request => request.SubnetId),
            Changing<TagsRequest, Done>("DeleteTags", TagOperations.Delete),
            Changing<VpcRequest, Done>("DeleteVpc", VpcOperations.Delete, "vpc", request => request.VpcId),
            Changing<DeleteVpcEndpointsRequest, DeleteVpcEndpointsResponse>(
                "DeleteVpcEndpoints", VpcEndpointOperations.Delete, "vpc-endpoint", request => request.VpcEndpointIds is [var only] ? only : null),
            Reading<DescribeAccountAttributesRequest, DescribeAccountAttributesResponse>("DescribeAccountAttributes", RegionOperations.DescribeAccount),
            Reading<DescribeAddressesRequest, DescribeAddressesResponse>("DescribeAddresses", AddressOperations.Describe),
            Reading<DescribeAddressesAttributeRequest, DescribeAddressesAttributeResponse>("DescribeAddressesAttribute", AddressOperations.DescribeAttribute),
            Reading<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse>("DescribeAvailabilityZones", RegionOperations.DescribeZones),
            Reading<DescribeDhcpOptionsRequest, DescribeDhcpOptionsResponse>("DescribeDhcpOptions", DhcpOptionsOperations.Describe),
            Reading<DescribeInternetGatewaysRequest, DescribeInternetGatewaysResponse>("DescribeInternetGateways", InternetGatewayOperations.Describe),
            Reading<DescribePrefixListsRequest, DescribeManagedPrefixListsResponse>("DescribeManagedPrefixLists", PrefixListOperations.DescribeManaged),
            Reading<DescribeNatGatewaysRequest, DescribeNatGatewaysResponse>("DescribeNatGateways", natGateways.Describe),
            Reading<DescribeNetworkAclsRequest, DescribeNetworkAclsResponse>("DescribeNetworkAcls", NetworkAclOperations.Describe),
            Reading<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResponse>("DescribeNetworkInterfaces", NetworkInterfaceOperations.Describe),
            Reading<DescribePrefixListsRequest, DescribePrefixListsResponse>("DescribePrefixLists", PrefixListOperations.Describe),
            Reading<DescribeRegionsRequest, DescribeRegionsResponse>("DescribeRegions", RegionOperations.DescribeRegions),
            Reading<DescribeRouteTablesRequest, DescribeRouteTablesResponse>("DescribeRouteTables", RouteTableOperations.Describe),
            Reading<DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResponse>("DescribeSecurityGroupRules", SecurityGroupRuleOperations.Describe),
            Reading<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponse>("DescribeSecurityGroups", SecurityGroupOperations.Describe),
            Reading<DescribeSubnetsRequest, DescribeSubnetsResponse>("DescribeSubnets", SubnetOperations.Describe),
            Reading<DescribeTagsRequest, DescribeTagsResponse>("DescribeTags", TagOperations.Describe),
            Reading<DescribeVpcAttributeRequest, DescribeVpcAttributeResponse>("DescribeVpcAttribute", VpcOperations.DescribeAttribute),
            Reading<DescribeVpcEndpointServicesRequest, DescribeVpcEndpointServicesResponse>("DescribeVpcEndpointServices", EndpointServiceOperations.Describe),
            Reading<DescribeVpcEndpointsRequest, DescribeVpcEndpointsResponse>("DescribeVpcEndpoints", VpcEndpointOperations.Describe),
            Reading<DescribeVpcsRequest, DescribeVpcsResponse>("DescribeVpcs", VpcOperations.Describe),
            Changing<InternetGatewayAttachmentRequest, Done>(
                "DetachInternetGateway", InternetGatewayOperations.Detach, "internet-gateway", request => request.InternetGatewayId),
            Changing<DetachNetworkInterfaceRequest, Done>("DetachNetworkInterface", NetworkInterfaceOperations.Detach, "network-interface"),
            Changing<DisassociateAddressRequest, Done>("DisassociateAddress", AddressOperations.Disassociate),
            Changing<DisassociateRouteTableRequest, Done>("DisassociateRouteTable", RouteTableOperations.Disassociate, "route-table"),
            Changing<DisassociateVpcCidrBlockRequest, VpcCidrBlockResponse>("DisassociateVpcCidrBlock", VpcOperations.DisassociateCidrBlock, "vpc"),
            Reading<GetManagedPrefixListEntriesRequest, GetManagedPrefixListEntriesResponse>("GetManagedPrefixListEntries", PrefixListOperations.Entries),
            Reading<GetSecurityGroupsForVpcRequest, GetSecurityGroupsForVpcResponse>("GetSecurityGroupsForVpc", SecurityGroupOperations.DescribeForVpc),
            Changing<ModifyNetworkInterfaceAttributeRequest, Done>(
                "ModifyNetworkInterfaceAttribute", NetworkInterfaceOperations.ModifyAttribute, "network-interface", request => request.NetworkInterfaceId),
            Changing<ModifySecurityGroupRulesRequest, Done>(
                "ModifySecurityGroupRules", SecurityGroupRuleOperations.Modify, "security-group", request => request.GroupId),
            Changing<ModifySubnetAttributeRequest, Done>("ModifySubnetAttribute", SubnetOperations.ModifyAttribute, "subnet", request => request.SubnetId),
            Changing<ModifyVpcAttributeRequest, Done>("ModifyVpcAttribute", VpcOperations.ModifyAttribute, "vpc", request => request.VpcId),
            Changing<ModifyVpcEndpointRequest, Done>("ModifyVpcEndpoint", vpcEndpoints.Modify, "vpc-endpoint", request => request.VpcEndpointId),
            Changing<ReleaseAddressRequest, Done>("ReleaseAddress", AddressOperations.Release, "elastic-ip", request => request.AllocationId),
            Changing<ReplaceNetworkAclAssociationRequest, ReplaceNetworkAclAssociationResponse>(
                "ReplaceNetworkAclAssociation", NetworkAclOperations.ReplaceAssociation, "network-acl", request => request.NetworkAclId),
            Changing<NetworkAclEntryRequest, Done>("ReplaceNetworkAclEntry", NetworkAclOperations.ReplaceEntry, "network-acl", request => request.NetworkAclId),
            Changing<RouteRequest, Done>("ReplaceRoute", RouteOperations.Replace, "route-table", request => request.RouteTableId),
            Changing<ReplaceRouteTableAssociationRequest, ReplaceRouteTableAssociationResponse>(
                "ReplaceRouteTableAssociation", RouteTableOperations.ReplaceAssociation, "route-table", request => request.RouteTableId),
            Changing<RevokeRequest, RevokeResponse>(
                "RevokeSecurityGroupEgress", SecurityGroupRuleOperations.RevokeEgress, "security-group", request => request.GroupId),
            Changing<RevokeRequest, RevokeResponse>(
                "RevokeSecurityGroupIngress", SecurityGroupRuleOperations.RevokeIngress, "security-group", request => request.GroupId),
            Changing<UpdateDescriptionsRequest, Done>(
                "UpdateSecurityGroupRuleDescriptionsEgress", SecurityGroupRuleOperations.UpdateEgressDescriptions, "security-group", request => request.GroupId),
            Changing<UpdateDescriptionsRequest, Done>(
                "UpdateSecurityGroupRuleDescriptionsIngress", SecurityGroupRuleOperations.UpdateIngressDescriptions, "security-group", request => request.GroupId),
        ];
        Description = new AwsService
        {
            Name = "ec2",
            Version = "2016-11-15",
            Protocol = new Ec2Protocol(),
            XmlNamespace = "http://ec2.amazonaws.com/doc/2016-11-15/",
            ValidationErrorCode = "InvalidParameterValue",
            Counts = () => new Dictionary<string, int>
            {
                ["vpcs"] = state.All.Sum(network => network.Vpcs.Count),
                ["subnets"] = state.All.Sum(network => network.Subnets.Count),
                ["securityGroups"] = state.All.Sum(network => network.SecurityGroups.Count),
            },
            Operations = [.. operations, .. RefusedOperations.Besides(operations)],
        };
    }

    public AwsService Description { get; }

    public ISubnets Subnets { get; }

    public IInstanceNetwork Interfaces => databaseInterfaces;

    /// <summary>The network of an account in a Region as it is now.</summary>
    internal Network NetworkOf(string accountId, string region) => state.Of(accountId, region);

    /// <summary>Where servers of networks come in.</summary>
    /// <param name="addDoor">Adds a door to the front door.</param>
    /// <param name="serverOf">The DB instance whose server a caller is; null for anybody else.</param>
    internal NetworkDoors Open(Func<IPAddress, SideDoor> addDoor, Func<Caller, InstanceName?> serverOf)
    {
        var doors = new NetworkDoors(
            state.Of, addDoor, caller => serverOf(caller) is { } name ? (name.AccountId, name.Region, DatabaseInterfaces.IdOf(name)) : null);
        state.Changed = doors.Follow;
        return doors;
    }

    /// <summary>Runs what empties the store, and forgets everything.</summary>
    public Task ResetAsync(Func<Task> empty) => state.ResetAsync(empty);

    public void Dispose() => state.Dispose();

    private AwsOperation Reading<TRequest, TResponse>(string name, Func<TRequest, Network, TResponse> read)
        where TRequest : Ec2Request
        where TResponse : class =>
        AwsOperation.Of<TRequest, TResponse>(name, (request, context) =>
        {
            var response = read(request, state.Of(context.AccountId, context.Region));
            return request.DryRun == true ? throw Ec2Errors.DryRun() : response;
        });

    /// <param name="kind">Of the resource that a policy has to name; null: it has to name all.</param>
    /// <param name="id">Of that resource; null: any, because the operation makes it.</param>
    private AwsOperation Changing<TRequest, TResponse>(
        string name, Func<TRequest, Network, Change<TResponse>> change, string? kind = null, Func<TRequest, string?>? id = null)
        where TRequest : Ec2Request
        where TResponse : class =>
        AwsOperation.Of<TRequest, TResponse>(
            name,
            (request, context) => state.ChangeAsync(
                context.AccountId, context.Region, network => change(request, network), request.DryRun == true, context.Aborted),
            resource: kind is null ? null : (request, context) => Ec2Arn.Of(context, kind, id?.Invoke(request)));
}
