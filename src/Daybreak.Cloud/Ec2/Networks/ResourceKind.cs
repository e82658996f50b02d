using System.Globalization;
using Daybreak.Aws;

namespace Daybreak.Cloud.Ec2.Networks;

/// <summary>The names of a kind of resource, and EC2's errors for ids that do not exist.</summary>
/// <param name="Prefix">Prefix of ids: <c>vpc</c>.</param>
/// <param name="Parameter">Parameter of requests that require an id: <c>vpcId</c>.</param>
/// <param name="NotFound">Code of the error for an unknown id.</param>
/// <param name="Text">Message of that error, with {0} for the id.</param>
/// <param name="Malformed">Code of the error for a malformed id; null where it counts as unknown.</param>
/// <remarks>
/// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html. Operations whose recorded errors differ from that
/// page have a kind of their own.
/// </remarks>
internal sealed record ResourceKind(string Prefix, string Parameter, string NotFound, string Text, string? Malformed = null)
{
    private const string OfEndpoint =
        "Invalid Id: '{0}' (expecting '{1}-...; the Id may only contain lowercase alphanumeric characters and a single dash')";

    public static readonly ResourceKind Vpc = new(
        "vpc",
        "vpcId",
        "InvalidVpcID.NotFound",
        "The vpc ID '{0}' does not exist",
        "InvalidVpcID.Malformed"
    );

    /// <summary>A VPC in operations that create subnets and security groups.</summary>
    public static readonly ResourceKind VpcOfNew = Vpc with { Malformed = null };

    public static readonly ResourceKind VpcOfGateway = Vpc with { Malformed = "InvalidVpcId.Malformed" };

    public static readonly ResourceKind VpcOfEndpoint = VpcOfGateway with { MalformedText = OfEndpoint };

    /// <summary>AWS documents InvalidSubnetID.Malformed, but returns this error for malformed ids, too.</summary>
    public static readonly ResourceKind Subnet = new(
        "subnet",
        "subnetId",
        "InvalidSubnetID.NotFound",
        "The subnet ID '{0}' does not exist"
    );

    public static readonly ResourceKind SubnetOfNatGateway = Subnet with
    {
        Malformed = "InvalidSubnet",
        MalformedText = "The subnet ID '{0}' is malformed",
    };

    public static readonly ResourceKind InternetGateway = new(
        "igw",
        "internetGatewayId",
        "InvalidInternetGatewayID.NotFound",
        "The internetGateway ID '{0}' does not exist",
        "InvalidInternetGatewayId.Malformed"
    );

    public static readonly ResourceKind EgressOnlyGateway = new(
        "eigw",
        "egressOnlyInternetGatewayId",
        "InvalidGatewayID.NotFound",
        "The eigw ID '{0}' does not exist",
        "InvalidEgressOnlyInternetGatewayId.Malformed"
    );

    public static readonly ResourceKind RouteTable = new(
        "rtb",
        "routeTableId",
        "InvalidRouteTableID.NotFound",
        "The routeTable ID '{0}' does not exist",
        "InvalidRouteTableId.Malformed"
    );

    public static readonly ResourceKind RouteTableOfEndpoint = RouteTable with { MalformedText = OfEndpoint };

    public static readonly ResourceKind NatGateway = new(
        "nat",
        "natGatewayId",
        "NatGatewayNotFound",
        "NatGateway {0} was not found",
        "NatGatewayMalformed"
    );

    public static readonly ResourceKind NatGatewayOfRoute = NatGateway with
    {
        NotFound = "InvalidNatGatewayID.NotFound",
        Text = "The natGateway ID '{0}' does not exist",
        Malformed = null,
    };

    public static readonly ResourceKind Address = new(
        "eipalloc",
        "allocationId",
        "InvalidAllocationID.NotFound",
        "The allocation ID '{0}' does not exist"
    );

    public static readonly ResourceKind AddressOfNatGateway = Address with
    {
        NotFound = "InvalidElasticIpID.NotFound",
        Text = "The elastic-ip ID '{0}' does not exist",
        Malformed = "InvalidElasticIpID.Malformed",
        MalformedText = "The elastic-ip ID '{0}' is malformed",
    };

    public static readonly ResourceKind SecurityGroup = new(
        "sg",
        "groupId",
        "InvalidGroup.NotFound",
        "The security group '{0}' does not exist",
        "InvalidGroupId.Malformed"
    );

    public static readonly ResourceKind SecurityGroupRule = new(
        "sgr",
        "securityGroupRuleId",
        "InvalidSecurityGroupRuleId.NotFound",
        "The security group rule ID '{0}' does not exist",
        "InvalidSecurityGroupRuleId.Malformed"
    );

    public static readonly ResourceKind NetworkAcl = new(
        "acl",
        "networkAclId",
        "InvalidNetworkAclID.NotFound",
        "The networkAcl ID '{0}' does not exist",
        "InvalidNetworkAclId.Malformed"
    );

    public static readonly ResourceKind VpcEndpoint = new(
        "vpce",
        "vpcEndpointId",
        "InvalidVpcEndpointId.NotFound",
        "The Vpc Endpoint Id '{0}' does not exist",
        "InvalidVpcEndpointId.Malformed"
    );

    public static readonly ResourceKind NetworkInterface = new(
        "eni",
        "networkInterfaceId",
        "InvalidNetworkInterfaceID.NotFound",
        "The networkInterface ID '{0}' does not exist",
        "InvalidNetworkInterfaceId.Malformed"
    );

    /// <summary>Instances do not exist here, so every id is unknown.</summary>
    public static readonly ResourceKind Instance = new(
        "i",
        "instanceId",
        "InvalidInstanceID.NotFound",
        "The instance ID '{0}' does not exist",
        "InvalidInstanceID.Malformed"
    );

    public static readonly ResourceKind InterfaceAttachment = new(
        "eni-attach",
        "attachmentId",
        "InvalidAttachmentID.NotFound",
        "The interface attachment ID '{0}' does not exist",
        "InvalidNetworkInterfaceAttachmentId.Malformed"
    );

    public static readonly ResourceKind DhcpOptions = new(
        "dopt",
        "dhcpOptionsId",
        "InvalidDhcpOptionID.NotFound",
        "The dhcpOption ID '{0}' does not exist",
        "InvalidDhcpOptionsId.Malformed"
    );

    public static readonly ResourceKind PeeringConnection = new(
        "pcx",
        "vpcPeeringConnectionId",
        "InvalidVpcPeeringConnectionID.NotFound",
        "The vpcPeeringConnection ID '{0}' does not exist",
        "InvalidVpcPeeringConnectionId.Malformed"
    );

    public static readonly ResourceKind PrefixList = new(
        "pl",
        "prefixListId",
        "InvalidPrefixListID.NotFound",
        "The prefix list ID '{0}' does not exist",
        "InvalidPrefixListId.Malformed"
    );

    /// <summary>Message for a malformed id, with {0} for the id and {1} for the prefix.</summary>
    private string MalformedText { get; init; } = "Invalid id: \"{0}\" (expecting \"{1}-...\")";

    public string NewId() => Ec2Id.New(Prefix);

    /// <summary>The resource that a request names.</summary>
    /// <exception cref="AwsException">The request names none, or the id is unknown.</exception>
    public T Find<T>(Resources<T> resources, string? id)
        where T : Resource => string.IsNullOrEmpty(id) ? throw Ec2Errors.Missing(Parameter) : Item(resources, id);

    /// <summary>The resource that an item of a list names. An empty item counts as an unknown id.</summary>
    /// <exception cref="AwsException">The id is unknown.</exception>
    public T Item<T>(Resources<T> resources, string id)
        where T : Resource => resources.Find(id) ?? throw Unknown(id);

    /// <summary>The resources that a request names. Malformed ids are refused before unknown ones.</summary>
    /// <exception cref="AwsException">One of the ids is unknown.</exception>
    public List<T> FindAll<T>(Resources<T> resources, IReadOnlyList<string> ids)
        where T : Resource =>
        ids.FirstOrDefault(id => resources.Find(id) is null && IsMalformed(id)) is { } malformed
            ? throw Unknown(malformed)
            : [.. ids.Distinct().Select(id => Item(resources, id))];

    /// <exception cref="AwsException">One of the ids is malformed.</exception>
    public void AreWellFormed(IEnumerable<string> ids)
    {
        if (ids.FirstOrDefault(IsMalformed) is { } malformed)
            throw Unknown(malformed);
    }

    private bool IsMalformed(string id) => Malformed is not null && !Ec2Id.IsWellFormed(id, Prefix);

    /// <summary>The error for an unknown id.</summary>
    public AwsException Unknown(string id) =>
        IsMalformed(id)
            ? AwsException.Sender(Malformed!, string.Format(CultureInfo.InvariantCulture, MalformedText, id, Prefix))
            : AwsException.Sender(NotFound, string.Format(CultureInfo.InvariantCulture, Text, id));
}
