namespace Daybreak.Cloud.Tests.Ec2.Requests;

/// <summary>AWS's errors for malformed and unknown ids of a kind.</summary>
/// <param name="Prefix">Of its ids: <c>vpc</c>.</param>
/// <param name="NotFound">Code and message, with {0} for the id.</param>
/// <param name="Malformed">The error for a malformed id, with {1} for the prefix; null where AWS treats it as unknown.</param>
internal sealed record IdentifierKind(string Prefix, string NotFound, string? Malformed = null)
{
    private const string Quoted = "Invalid id: \"{0}\" (expecting \"{1}-...\")";
    private const string OfEndpoint =
        "Invalid Id: '{0}' (expecting '{1}-...; the Id may only contain lowercase alphanumeric characters and a single dash')";

    // Codes: "Error codes for the Amazon EC2 API"; messages as people quote them from AWS.
    private static readonly IdentifierKind Vpc = new(
        "vpc",
        "InvalidVpcID.NotFound: The vpc ID '{0}' does not exist",
        $"InvalidVpcID.Malformed: {Quoted}"
    );
    private static readonly IdentifierKind Subnet = new("subnet", "InvalidSubnetID.NotFound: The subnet ID '{0}' does not exist");
    private static readonly IdentifierKind RouteTable = new(
        "rtb",
        "InvalidRouteTableID.NotFound: The routeTable ID '{0}' does not exist",
        $"InvalidRouteTableId.Malformed: {Quoted}"
    );
    private static readonly IdentifierKind NatGateway = new(
        "nat",
        "NatGatewayNotFound: NatGateway {0} was not found",
        $"NatGatewayMalformed: {Quoted}"
    );
    private static readonly IdentifierKind Group = new(
        "sg",
        "InvalidGroup.NotFound: The security group '{0}' does not exist",
        $"InvalidGroupId.Malformed: {Quoted}"
    );
    private static readonly IdentifierKind Association = new(
        "assoc",
        "InvalidAssociationID.NotFound: The association ID '{0}' does not exist"
    );
    private static readonly IdentifierKind VpcOfEndpoint = Vpc with { Malformed = $"InvalidVpcId.Malformed: {OfEndpoint}" };
    private static readonly IdentifierKind RouteTableOfEndpoint = RouteTable with
    {
        Malformed = $"InvalidRouteTableId.Malformed: {OfEndpoint}",
    };

    /// <summary>The kinds by name of the parameter. Operations that respond differently have one of their own.</summary>
    public static readonly IReadOnlyDictionary<string, IdentifierKind> All = new Dictionary<string, IdentifierKind>
    {
        ["VpcId"] = Vpc,
        ["PeerVpcId"] = Vpc,
        ["SubnetId"] = Subnet,
        ["AddSubnetId"] = Subnet,
        ["RemoveSubnetId"] = Subnet,
        ["RouteTableId"] = RouteTable,
        ["AddRouteTableId"] = RouteTableOfEndpoint,
        ["RemoveRouteTableId"] = RouteTableOfEndpoint,
        ["NatGatewayId"] = NatGateway,
        ["GroupId"] = Group,
        ["SecurityGroupId"] = Group,
        ["AddSecurityGroupId"] = Group,
        ["RemoveSecurityGroupId"] = Group,
        ["ReferencedGroupId"] = Group,
        ["AssociationId"] = Association,
        ["AllocationId"] = new("eipalloc", "InvalidAllocationID.NotFound: The allocation ID '{0}' does not exist"),
        ["InternetGatewayId"] = new(
            "igw",
            "InvalidInternetGatewayID.NotFound: The internetGateway ID '{0}' does not exist",
            $"InvalidInternetGatewayId.Malformed: {Quoted}"
        ),
        ["GatewayId"] = new("igw", "InvalidGatewayID.NotFound: The gateway ID '{0}' does not exist"),
        ["EgressOnlyInternetGatewayId"] = new(
            "eigw",
            "InvalidGatewayID.NotFound: The eigw ID '{0}' does not exist",
            $"InvalidEgressOnlyInternetGatewayId.Malformed: {Quoted}"
        ),
        ["SecurityGroupRuleId"] = new(
            "sgr",
            "InvalidSecurityGroupRuleId.NotFound: The security group rule ID '{0}' does not exist",
            $"InvalidSecurityGroupRuleId.Malformed: {Quoted}"
        ),
        ["NetworkAclId"] = new(
            "acl",
            "InvalidNetworkAclID.NotFound: The networkAcl ID '{0}' does not exist",
            $"InvalidNetworkAclId.Malformed: {Quoted}"
        ),
        ["VpcEndpointId"] = new(
            "vpce",
            "InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id '{0}' does not exist",
            $"InvalidVpcEndpointId.Malformed: {Quoted}"
        ),
        ["NetworkInterfaceId"] = new(
            "eni",
            "InvalidNetworkInterfaceID.NotFound: The networkInterface ID '{0}' does not exist",
            $"InvalidNetworkInterfaceId.Malformed: {Quoted}"
        ),
        ["DhcpOptionsId"] = new(
            "dopt",
            "InvalidDhcpOptionID.NotFound: The dhcpOption ID '{0}' does not exist",
            $"InvalidDhcpOptionsId.Malformed: {Quoted}"
        ),
        ["VpcPeeringConnectionId"] = new(
            "pcx",
            "InvalidVpcPeeringConnectionID.NotFound: The vpcPeeringConnection ID '{0}' does not exist",
            $"InvalidVpcPeeringConnectionId.Malformed: {Quoted}"
        ),
        ["PrefixListId"] = new(
            "pl",
            "InvalidPrefixListID.NotFound: The prefix list ID '{0}' does not exist",
            $"InvalidPrefixListId.Malformed: {Quoted}"
        ),
        ["DestinationPrefixListId"] = new(
            "pl",
            "InvalidPrefixListID.NotFound: The prefix list ID '{0}' does not exist",
            $"InvalidPrefixListId.Malformed: {Quoted}"
        ),
        ["InstanceId"] = new(
            "i",
            "InvalidInstanceID.NotFound: The instance ID '{0}' does not exist",
            $"InvalidInstanceID.Malformed: {Quoted}"
        ),
        ["AttachmentId"] = new(
            "eni-attach",
            "InvalidAttachmentID.NotFound: The interface attachment ID '{0}' does not exist",
            $"InvalidNetworkInterfaceAttachmentId.Malformed: {Quoted}"
        ),
        // Resources of every kind may be tagged; the prefix shows the kind.
        ["ResourceId"] = new("vpc", "InvalidVpcID.NotFound: The vpc ID '{0}' does not exist", "InvalidID: The ID '{0}' is not valid"),

        // As AWS answered Kubernetes' controllers for EC2 and Terraform.
        ["CreateSubnet.VpcId"] = Vpc with
        {
            Malformed = null,
        },
        ["CreateSecurityGroup.VpcId"] = Vpc with { Malformed = null },
        ["AttachInternetGateway.VpcId"] = Vpc with { Malformed = $"InvalidVpcId.Malformed: {Quoted}" },
        ["DetachInternetGateway.VpcId"] = Vpc with { Malformed = $"InvalidVpcId.Malformed: {Quoted}" },
        ["CreateVpcEndpoint.VpcId"] = VpcOfEndpoint,
        ["CreateVpcEndpoint.RouteTableId"] = RouteTableOfEndpoint,
        ["CreateNatGateway.SubnetId"] = Subnet with { Malformed = "InvalidSubnet: The subnet ID '{0}' is malformed" },
        ["CreateNatGateway.AllocationId"] = new(
            "eipalloc",
            "InvalidElasticIpID.NotFound: The elastic-ip ID '{0}' does not exist",
            "InvalidElasticIpID.Malformed: The elastic-ip ID '{0}' is malformed"
        ),
        ["CreateRoute.NatGatewayId"] = new("nat", "InvalidNatGatewayID.NotFound: The natGateway ID '{0}' does not exist"),
        ["ReplaceRoute.NatGatewayId"] = new("nat", "InvalidNatGatewayID.NotFound: The natGateway ID '{0}' does not exist"),
        ["DisassociateSubnetCidrBlock.AssociationId"] = new(
            "assoc",
            "InvalidSubnetCidrBlockAssociationID.NotFound: The subnet CIDR block association ID '{0}' does not exist"
        ),
        ["DisassociateVpcCidrBlock.AssociationId"] = new(
            "assoc",
            "InvalidVpcCidrBlockAssociationID.NotFound: The vpc CIDR block association ID '{0}' does not exist"
        ),
    };
}
