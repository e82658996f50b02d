using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.Vpcs;

/// <summary>VPCs. Pure functions of a request and a network.</summary>
internal static class VpcOperations
{
    private const int LeastPrefix = 16;
    private const int MostPrefix = 28;
    private const int MostCidrBlocks = 5;

    private static readonly Filters<Vpc> Filters = new(Resource.TagValue)
    {
        { "vpc-id", vpc => vpc.Id },
        { "cidr", vpc => vpc.CidrBlock.ToString() },
        { "cidr-block-association.cidr-block", vpc => vpc.CidrBlocks.Select(block => block.Cidr.ToString()) },
        { "cidr-block-association.association-id", vpc => vpc.CidrBlocks.Select(block => block.AssociationId) },
        { "cidr-block-association.state", _ => "associated" },
        { "dhcp-options-id", vpc => vpc.DhcpOptionsId },
        { "is-default", vpc => vpc.IsDefault },
        { "isDefault", vpc => vpc.IsDefault }, // not in the API Reference, but Terraform's data source uses it
        { "state", _ => "available" },
        { "ipv6-cidr-block-association.ipv6-cidr-block", vpc => vpc.Ipv6CidrBlocks.Select(block => block.Cidr.ToString()) },
        { "ipv6-cidr-block-association.ipv6-pool", vpc => vpc.Ipv6CidrBlocks.IsEmpty ? null : "Amazon" },
        { "ipv6-cidr-block-association.association-id", vpc => vpc.Ipv6CidrBlocks.Select(block => block.AssociationId) },
        { "ipv6-cidr-block-association.state", vpc => vpc.Ipv6CidrBlocks.IsEmpty ? null : "associated" },
        { "owner-id", (_, network) => [network.AccountId] },
        { "tag-key", vpc => vpc.Tags.Keys },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<AssociateVpcCidrBlockRequest, VpcCidrBlockResponse>(state, "AssociateVpcCidrBlock", AssociateCidrBlock)
            {
                Names = [("vpc", static (r, _) => [r.VpcId])],
            },
            new Ec2Operation<CreateDefaultVpcRequest, VpcResponse>(state, "CreateDefaultVpc", CreateDefault),
            new Ec2Operation<CreateVpcRequest, VpcResponse>(state, "CreateVpc", Create) { Makes = "vpc" },
            new Ec2Operation<VpcRequest, Done>(state, "DeleteVpc", Delete) { Names = [("vpc", static (r, _) => [r.VpcId])] },
            new Ec2Operation<DescribeVpcAttributeRequest, DescribeVpcAttributeResponse>(state, "DescribeVpcAttribute", DescribeAttribute)
            {
                Names = [("vpc", static (r, _) => [r.VpcId])],
            },
            new Ec2Operation<DescribeVpcsRequest, DescribeVpcsResponse>(state, "DescribeVpcs", Describe),
            new Ec2Operation<DisassociateVpcCidrBlockRequest, VpcCidrBlockResponse>(
                state,
                "DisassociateVpcCidrBlock",
                DisassociateCidrBlock
            )
            {
                Names = [("vpc", static (r, n) => [WithAssociation(r.AssociationId, n)?.Id])],
            },
            new Ec2Operation<ModifyVpcAttributeRequest, Done>(state, "ModifyVpcAttribute", ModifyAttribute)
            {
                Names = [("vpc", static (r, _) => [r.VpcId])],
            },
        ];

    public static Change<VpcResponse> Create(CreateVpcRequest request, Network network)
    {
        if (string.IsNullOrEmpty(request.CidrBlock))
            throw Ec2Errors.Missing("cidrBlock");
        if (request.InstanceTenancy is not (null or "default" or "dedicated"))
            throw Ec2Errors.InvalidValue("instanceTenancy", request.InstanceTenancy);
        VpcIpv6.HasBorder(request.Ipv6CidrBlockNetworkBorderGroup, request.AmazonProvidedIpv6CidrBlock == true, network);
        var vpc = new Vpc
        {
            Id = ResourceKind.Vpc.NewId(),
            CidrBlocks = [new VpcCidrBlock(Ec2Id.New("vpc-cidr-assoc"), Block(request.CidrBlock))],
            DhcpOptionsId = DefaultNetwork.OptionsOf(network),
            InstanceTenancy = request.InstanceTenancy ?? "default",
            Tags = TagSpecification.For(request, "vpc"),
        };
        var after = DefaultNetwork.WithVpc(network, vpc, static (prefix, _) => Ec2Id.New(prefix));
        if (request.AmazonProvidedIpv6CidrBlock == true)
            (after, _) = VpcIpv6.With(vpc, after);
        return Change.To(after, new VpcResponse { Vpc = VpcDescription.Of(after.Vpcs.Find(vpc.Id)!, after, "pending") });
    }

    public static Change<VpcResponse> CreateDefault(CreateDefaultVpcRequest request, Network network)
    {
        if (network.DefaultVpc is not null)
            throw Ec2Errors.DefaultVpcExists();
        var after = DefaultNetwork.WithDefaultVpc(network, static (prefix, _) => Ec2Id.New(prefix));
        return Change.To(after, new VpcResponse { Vpc = VpcDescription.Of(after.DefaultVpc!, after, "pending") });
    }

    public static DescribeVpcsResponse Describe(DescribeVpcsRequest request, Network network)
    {
        var page = Page.Of(request, network, network.Vpcs, ResourceKind.Vpc, request.VpcIds, Filters);
        return new DescribeVpcsResponse { VpcSet = page.Select(vpc => VpcDescription.Of(vpc, network)), NextToken = page.NextToken };
    }

    public static Change<Done> Delete(VpcRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var tables = network.RouteTables.All.Where(table => table.VpcId == vpc.Id).ToList();
        var acls = network.NetworkAcls.All.Where(acl => acl.VpcId == vpc.Id).ToList();
        var groups = network.SecurityGroups.All.Where(group => group.VpcId == vpc.Id).ToList();
        if (ResourceSets.All.Any(set => set.In(network).Any(resource => resource.KeepsVpc(vpc.Id))))
            throw Ec2Errors.HasDependencies("vpc", vpc.Id);
        return Change.To(
            network with
            {
                Vpcs = network.Vpcs.Without(vpc.Id),
                RouteTables = network.RouteTables.Without(tables.Select(table => table.Id)),
                NetworkAcls = network.NetworkAcls.Without(acls.Select(acl => acl.Id)),
                SecurityGroups = network.SecurityGroups.Without(groups.Select(group => group.Id)),
            }
        );
    }

    public static DescribeVpcAttributeResponse DescribeAttribute(DescribeVpcAttributeRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var response = new DescribeVpcAttributeResponse { VpcId = vpc.Id };
        return request.Attribute switch
        {
            null or "" => throw Ec2Errors.Missing("attribute"),
            "enableDnsSupport" => response with { EnableDnsSupport = AttributeBooleanValue.Of(vpc.EnableDnsSupport) },
            "enableDnsHostnames" => response with { EnableDnsHostnames = AttributeBooleanValue.Of(vpc.EnableDnsHostnames) },
            "enableNetworkAddressUsageMetrics" => response with
            {
                EnableNetworkAddressUsageMetrics = AttributeBooleanValue.Of(vpc.EnableNetworkAddressUsageMetrics),
            },
            var other => throw Ec2Errors.InvalidValue("attribute", other),
        };
    }

    public static Change<Done> ModifyAttribute(ModifyVpcAttributeRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        bool?[] asked =
        [
            request.EnableDnsSupport?.Value,
            request.EnableDnsHostnames?.Value,
            request.EnableNetworkAddressUsageMetrics?.Value,
        ];
        if (asked.Count(value => value is not null) != 1)
            throw Ec2Errors.InvalidCombination("Exactly one attribute must be specified in a request");
        return Change.To(
            network with
            {
                Vpcs = network.Vpcs.With(
                    vpc with
                    {
                        EnableDnsSupport = asked[0] ?? vpc.EnableDnsSupport,
                        EnableDnsHostnames = asked[1] ?? vpc.EnableDnsHostnames,
                        EnableNetworkAddressUsageMetrics = asked[2] ?? vpc.EnableNetworkAddressUsageMetrics,
                    }
                ),
            }
        );
    }

    public static Change<VpcCidrBlockResponse> AssociateCidrBlock(AssociateVpcCidrBlockRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var isIpv6 = request.AmazonProvidedIpv6CidrBlock == true;
        VpcIpv6.HasBorder(request.Ipv6CidrBlockNetworkBorderGroup, isIpv6, network);
        if (isIpv6 && !string.IsNullOrEmpty(request.CidrBlock))
            throw Ec2Errors.InvalidCombination("The parameter cidrBlock cannot be used with the parameter amazonProvidedIpv6CidrBlock");
        if (isIpv6)
        {
            var (withBlock, block) = VpcIpv6.With(vpc, network);
            return Change.To(
                withBlock,
                new VpcCidrBlockResponse
                {
                    VpcId = vpc.Id,
                    Ipv6CidrBlockAssociation = VpcIpv6CidrBlockAssociation.Of(block, network.Region, "associating"),
                }
            );
        }
        if (string.IsNullOrEmpty(request.CidrBlock))
            throw Ec2Errors.Missing("cidrBlock");
        var cidr = Block(request.CidrBlock);
        if (vpc.CidrBlocks.Any(block => block.Cidr.Overlaps(cidr)))
            throw Ec2Errors.VpcRange(cidr);
        if (vpc.CidrBlocks.Length == MostCidrBlocks)
            throw Ec2Errors.TooManyCidrs(vpc.Id, MostCidrBlocks);
        var added = new VpcCidrBlock(Ec2Id.New("vpc-cidr-assoc"), cidr);
        var tables = network
            .RouteTables.All.Where(table => table.VpcId == vpc.Id)
            .Select(table => table with { Routes = table.Routes.Insert(vpc.CidrBlocks.Length, DefaultNetwork.LocalRoute(cidr)) });
        var after = network with
        {
            Vpcs = network.Vpcs.With(vpc with { CidrBlocks = vpc.CidrBlocks.Add(added) }),
            RouteTables = network.RouteTables.With(tables),
        };
        return Change.To(
            after,
            new VpcCidrBlockResponse { VpcId = vpc.Id, CidrBlockAssociation = VpcCidrBlockAssociation.Of(added, "associating") }
        );
    }

    public static Change<VpcCidrBlockResponse> DisassociateCidrBlock(DisassociateVpcCidrBlockRequest request, Network network)
    {
        if (string.IsNullOrEmpty(request.AssociationId))
            throw Ec2Errors.Missing("associationId");
        var vpc =
            WithAssociation(request.AssociationId, network)
            ?? throw Aws.AwsException.Sender(
                "InvalidVpcCidrBlockAssociationID.NotFound",
                $"The vpc CIDR block association ID '{request.AssociationId}' does not exist"
            );
        if (vpc.Ipv6CidrBlocks.FirstOrDefault(block => block.AssociationId == request.AssociationId) is { } ipv6)
        {
            return Change.To(
                VpcIpv6.Without(ipv6, vpc, network),
                new VpcCidrBlockResponse
                {
                    VpcId = vpc.Id,
                    Ipv6CidrBlockAssociation = VpcIpv6CidrBlockAssociation.Of(ipv6, network.Region, "disassociating"),
                }
            );
        }
        var block = vpc.CidrBlocks.First(block => block.AssociationId == request.AssociationId);
        if (block == vpc.CidrBlocks[0])
            throw Ec2Errors.NotPermitted(
                $"The vpc CIDR block with association ID {block.AssociationId} may not be disassociated. It is the primary IPv4 "
                    + "CIDR block of the VPC"
            );
        if (network.Subnets.All.Any(subnet => subnet.VpcId == vpc.Id && block.Cidr.Contains(subnet.CidrBlock)))
            throw Ec2Errors.Dependency($"The vpc CIDR block '{block.Cidr}' has dependencies and cannot be deleted.");
        var tables = network
            .RouteTables.All.Where(table => table.VpcId == vpc.Id)
            .Select(table =>
                table with
                {
                    Routes = table.Routes.RemoveAll(route => route.IsFromTable && route.Destination == new CidrDestination(block.Cidr)),
                }
            );
        var after = network with
        {
            Vpcs = network.Vpcs.With(vpc with { CidrBlocks = vpc.CidrBlocks.Remove(block) }),
            RouteTables = network.RouteTables.With(tables),
        };
        return Change.To(
            after,
            new VpcCidrBlockResponse { VpcId = vpc.Id, CidrBlockAssociation = VpcCidrBlockAssociation.Of(block, "disassociating") }
        );
    }

    public static Vpc? WithAssociation(string? id, Network network) =>
        string.IsNullOrEmpty(id)
            ? null
            : network.Vpcs.All.FirstOrDefault(vpc => vpc.CidrBlocks.Concat(vpc.Ipv6CidrBlocks).Any(block => block.AssociationId == id));

    private static Cidr Block(string text)
    {
        // AWS accepts an address inside the block in place of the block.
        if (!Cidr.TryParseLoosely(text, out var cidr, out _) || cidr.IsIpv6)
            throw Ec2Errors.NotACidr("cidrBlock", text);
        return cidr.PrefixLength is >= LeastPrefix and <= MostPrefix ? cidr : throw Ec2Errors.VpcRange(cidr);
    }
}
