using Daybreak.Aws;

namespace Daybreak.Cloud.Ec2;

/// <summary>How a kind of resource is named, and how EC2 says that there is none of an id.</summary>
/// <param name="Prefix">Of ids: <c>vpc</c>.</param>
/// <param name="Parameter">Of requests that need one: <c>vpcId</c>.</param>
/// <param name="NotFound">Code of the error for an unknown id.</param>
/// <param name="Text">Its message, with {0} for the id.</param>
/// <param name="Malformed">Code of the error for what is no id; null where that counts as unknown.</param>
internal sealed record ResourceKind(string Prefix, string Parameter, string NotFound, string Text, string? Malformed = null)
{
    public static readonly ResourceKind Vpc = new("vpc", "vpcId", "InvalidVpcID.NotFound", "The vpc ID '{0}' does not exist", "InvalidVpcID.Malformed");
    public static readonly ResourceKind Subnet = new("subnet", "subnetId", "InvalidSubnetID.NotFound", "The subnet ID '{0}' does not exist");

    public static readonly ResourceKind InternetGateway = new(
        "igw", "internetGatewayId", "InvalidInternetGatewayID.NotFound", "The internetGateway ID '{0}' does not exist", "InvalidInternetGatewayId.Malformed");

    public static readonly ResourceKind EgressOnlyGateway = new(
        "eigw", "egressOnlyInternetGatewayId", "InvalidGatewayID.NotFound", "The eigw ID '{0}' does not exist", "InvalidEgressOnlyInternetGatewayId.Malformed");

    public static readonly ResourceKind RouteTable = new(
        "rtb", "routeTableId", "InvalidRouteTableID.NotFound", "The routeTable ID '{0}' does not exist", "InvalidRouteTableId.Malformed");

    public static readonly ResourceKind NatGateway = new("nat", "natGatewayId", "NatGatewayNotFound", "NatGateway {0} was not found", "NatGatewayMalformed");

    public static readonly ResourceKind Address = new("eipalloc", "allocationId", "InvalidAllocationID.NotFound", "The allocation ID '{0}' does not exist");

    public static readonly ResourceKind SecurityGroup = new(
        "sg", "groupId", "InvalidGroup.NotFound", "The security group '{0}' does not exist", "InvalidGroupId.Malformed");

    public static readonly ResourceKind SecurityGroupRule = new(
        "sgr", "securityGroupRuleId", "InvalidSecurityGroupRuleId.NotFound", "The security group rule ID '{0}' does not exist", "InvalidSecurityGroupRuleId.Malformed");

    public static readonly ResourceKind NetworkAcl = new(
        "acl", "networkAclId", "InvalidNetworkAclID.NotFound", "The networkAcl ID '{0}' does not exist", "InvalidNetworkAclId.Malformed");

    public static readonly ResourceKind VpcEndpoint = new(
        "vpce", "vpcEndpointId", "InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '{0}' does not exist", "InvalidVpcEndpointId.Malformed");

    public static readonly ResourceKind NetworkInterface = new(
        "eni", "networkInterfaceId", "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '{0}' does not exist", "InvalidNetworkInterfaceId.Malformed");

    public static readonly ResourceKind DhcpOptions = new(
        "dopt", "dhcpOptionsId", "InvalidDhcpOptionID.NotFound", "The dhcpOption ID '{0}' does not exist", "InvalidDhcpOptionsId.Malformed");

    public static readonly ResourceKind PeeringConnection = new(
        "pcx", "vpcPeeringConnectionId", "InvalidVpcPeeringConnectionID.NotFound", "The vpcPeeringConnection ID '{0}' does not exist",
        "InvalidVpcPeeringConnectionId.Malformed");

    public static readonly ResourceKind PrefixList = new("pl", "prefixListId", "InvalidPrefixListID.NotFound", "The prefix list ID '{0}' does not exist", "InvalidPrefixListId.Malformed");

    public string NewId() => Ec2Id.New(Prefix);

    /// <summary>The resource that a request names.</summary>
    /// <exception cref="AwsException">It names none, or there is none of that id.</exception>
    public T Find<T>(Resources<T> resources, string? id)
        where T : Resource => string.IsNullOrEmpty(id) ? throw Ec2Errors.Missing(Parameter) : resources.Find(id) ?? throw Unknown(id);

    /// <summary>The resources that a request names. What is no id is refused before anything is looked for.</summary>
    /// <exception cref="AwsException">There is none of an id.</exception>
    public List<T> FindAll<T>(Resources<T> resources, IReadOnlyList<string> ids)
        where T : Resource => ids.FirstOrDefault(IsMalformed) is { } malformed
        ? throw Unknown(malformed)
        : [.. ids.Distinct().Select(id => resources.Find(id) ?? throw Unknown(id))];

    private bool IsMalformed(string id) => Malformed is not null && !Ec2Id.IsWellFormed(id, Prefix);

    /// <summary>The error for an id of which there is nothing.</summary>
    public AwsException Unknown(string id) => IsMalformed(id)
        ? AwsException.Sender(Malformed!, $"Invalid id: \"{id}\" (expecting \"{Prefix}-...\")")
        : AwsException.Sender(NotFound, string.Format(System.Globalization.CultureInfo.InvariantCulture, Text, id));
}
