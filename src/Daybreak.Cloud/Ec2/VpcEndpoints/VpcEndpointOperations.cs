using System.Collections.Immutable;
using System.Security.Cryptography;
using Daybreak.Cloud.Ec2.NetworkInterfaces;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.Ec2.Vpcs;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Ec2.VpcEndpoints;

/// <summary>VPC endpoints: functions of a request and a network.</summary>
internal sealed class VpcEndpointOperations(TimeProvider time, IPrincipalIds principals)
{
    private const int SuffixLetters = 8;
    private const string SuffixAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    private static readonly Filters<VpcEndpoint> Filters = new(Resource.TagValue)
    {
        { "vpc-endpoint-id", endpoint => endpoint.Id },
        { "vpc-id", endpoint => endpoint.VpcId },
        { "service-name", endpoint => endpoint.ServiceName },
        { "service-region", (_, network) => [network.Region] },
        { "vpc-endpoint-type", endpoint => endpoint.Type.ToString() },
        { "vpc-endpoint-state", _ => "available" },
        { "ip-address-type", endpoint => endpoint.Type == VpcEndpointType.Interface ? "ipv4" : null },
        { "tag-key", endpoint => endpoint.Tags.Keys },
    };

    public IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<CreateVpcEndpointRequest, CreateVpcEndpointResponse>(state, "CreateVpcEndpoint", Create)
            {
                Makes = "vpc-endpoint",
                Names =
                [
                    ("vpc", static (r, _) => [r.VpcId]),
                    ("route-table", static (r, _) => r.RouteTableIds ?? []),
                    ("security-group", static (r, _) => r.SecurityGroupIds ?? []),
                    ("subnet", static (r, _) => r.SubnetIds ?? []),
                ],
            },
            new Ec2Operation<DeleteVpcEndpointsRequest, DeleteVpcEndpointsResponse>(state, "DeleteVpcEndpoints", Delete)
            {
                Names = [("vpc-endpoint", static (r, _) => r.VpcEndpointIds ?? [])],
            },
            new Ec2Operation<DescribeVpcEndpointsRequest, DescribeVpcEndpointsResponse>(state, "DescribeVpcEndpoints", Describe),
            new Ec2Operation<ModifyVpcEndpointRequest, Done>(state, "ModifyVpcEndpoint", Modify)
            {
                Names =
                [
                    ("vpc-endpoint", static (r, _) => [r.VpcEndpointId]),
                    ("route-table", static (r, _) => [.. r.AddRouteTableIds ?? [], .. r.RemoveRouteTableIds ?? []]),
                    ("security-group", static (r, _) => [.. r.AddSecurityGroupIds ?? [], .. r.RemoveSecurityGroupIds ?? []]),
                    ("subnet", static (r, _) => [.. r.AddSubnetIds ?? [], .. r.RemoveSubnetIds ?? []]),
                ],
            },
        ];

    public Change<CreateVpcEndpointResponse> Create(CreateVpcEndpointRequest request, Network network)
    {
        var vpc = ResourceKind.VpcOfEndpoint.Find(network.Vpcs, request.VpcId);
        var service = ServiceOf(request, network);
        OnlyIpv4(request.IpAddressType, request.DnsOptions);
        var isInterface = service.Type == VpcEndpointType.Interface;
        Fits(request, isInterface);
        var tags = TagSpecification.For(request, "vpc-endpoint");
        if (
            ClientTokens.Earlier(
                network.VpcEndpoints.All,
                request.ClientToken,
                endpoint => endpoint.ClientToken,
                endpoint => endpoint.VpcId == vpc.Id && endpoint.ServiceName == service.Name && endpoint.Type == service.Type
            ) is
            { } earlier
        )
            return Change.To(network, Response(earlier, network, request));
        var now = time.GetUtcNow();
        var policy = EndpointPolicy.Of(request.PolicyDocument, service.Type, principals);
        var endpoint = new VpcEndpoint
        {
            Id = ResourceKind.VpcEndpoint.NewId(),
            Type = service.Type,
            VpcId = vpc.Id,
            ServiceName = service.Name,
            PolicyDocument = policy.Text,
            PrincipalIds = policy.PrincipalIds,
            CreationTime = now,
            GroupIds = isInterface ? NewInterface.Groups(request.SecurityGroupIds, vpc.Id, network) : [],
            // AWS enables it for interface endpoints by default.
            PrivateDnsEnabled = isInterface && (request.PrivateDnsEnabled ?? service.HasPrivateDnsByDefault),
            DnsSuffix = isInterface ? RandomNumberGenerator.GetString(SuffixAlphabet, SuffixLetters) : "",
            ClientToken = request.ClientToken,
            Tags = tags,
        };
        if (endpoint.PrivateDnsEnabled)
            MayHavePrivateDns(endpoint, vpc, service, network);
        var after = isInterface
            ? EndpointParts.WithSubnets(endpoint, request.SubnetIds ?? [], network, now)
            : EndpointParts.WithRouteTables(endpoint, request.RouteTableIds ?? [], network);
        return Change.To(after, Response(after.VpcEndpoints.Find(endpoint.Id)!, after, request));
    }

    public DescribeVpcEndpointsResponse Describe(DescribeVpcEndpointsRequest request, Network network)
    {
        var page = Page.Of(request, network, network.VpcEndpoints, ResourceKind.VpcEndpoint, request.VpcEndpointIds, Filters);
        return new DescribeVpcEndpointsResponse
        {
            VpcEndpointSet = page.Select(endpoint => Description(endpoint, network)),
            NextToken = page.NextToken,
        };
    }

    public Change<Done> Modify(ModifyVpcEndpointRequest request, Network network)
    {
        var endpoint = ResourceKind.VpcEndpoint.Find(network.VpcEndpoints, request.VpcEndpointId);
        OnlyIpv4(request.IpAddressType, request.DnsOptions);
        if (endpoint.Type == VpcEndpointType.Gateway && HasInterfaceParts(request))
            throw Ec2Errors.Invalid("Subnets, security groups and private DNS can only be modified for interface endpoints.");
        if (
            endpoint.Type == VpcEndpointType.Interface
            && (request.AddRouteTableIds is { Count: > 0 } || request.RemoveRouteTableIds is { Count: > 0 })
        )
            throw Ec2Errors.Invalid("Route tables can only be modified for gateway endpoints.");
        var after = network with { VpcEndpoints = network.VpcEndpoints.With(WithPolicyAndNames(endpoint, request, network)) };
        VpcEndpoint Now() => after.VpcEndpoints.Find(endpoint.Id)!;
        if (endpoint.Type == VpcEndpointType.Gateway)
        {
            after = EndpointParts.WithoutRouteTables(Now(), request.RemoveRouteTableIds ?? [], after);
            after = EndpointParts.WithRouteTables(Now(), request.AddRouteTableIds ?? [], after);
            return Change.To(after);
        }
        if (request.AddSecurityGroupIds is { Count: > 0 } || request.RemoveSecurityGroupIds is { Count: > 0 })
            after = EndpointParts.WithGroups(Now(), GroupsAfter(endpoint, request, after), after);
        after = EndpointParts.WithoutSubnets(Now(), request.RemoveSubnetIds ?? [], after);
        after = EndpointParts.WithSubnets(Now(), request.AddSubnetIds ?? [], after, time.GetUtcNow());
        return Change.To(after);
    }

    /// <summary>The response lists endpoints that cannot be deleted. The others are deleted.</summary>
    public static Change<DeleteVpcEndpointsResponse> Delete(DeleteVpcEndpointsRequest request, Network network)
    {
        if (request.VpcEndpointIds is not { Count: > 0 } ids)
            throw Ec2Errors.Missing("vpcEndpointIds");
        var unsuccessful = new List<UnsuccessfulItem>();
        foreach (var id in ids.Distinct())
        {
            if (network.VpcEndpoints.Find(id) is { } endpoint)
                network = EndpointParts.Without(endpoint, network);
            else
            {
                var error = ResourceKind.VpcEndpoint.Unknown(id);
                unsuccessful.Add(
                    new UnsuccessfulItem
                    {
                        ResourceId = id,
                        Error = new UnsuccessfulItemError { Code = error.Code, Message = error.Message },
                    }
                );
            }
        }
        return Change.To(network, new DeleteVpcEndpointsResponse { Unsuccessful = unsuccessful });
    }

    private static EndpointService ServiceOf(CreateVpcEndpointRequest request, Network network)
    {
        if (string.IsNullOrEmpty(request.ServiceName))
            throw Ec2Errors.Missing("serviceName");
        var services = EndpointService.Of(network.Region).Where(service => service.Name == request.ServiceName).ToList();
        if (services.Count == 0)
            throw Ec2Errors.NoSuchService(request.ServiceName);
        var type = request.VpcEndpointType is { Length: > 0 } asked ? asked : nameof(VpcEndpointType.Gateway);
        return services.Find(service => service.Type.ToString() == type)
            ?? throw Ec2Errors.Invalid(
                $"Endpoint type ({type}) does not match available service types "
                    + $"([{string.Join(", ", services.Select(service => service.Type))}])."
            );
    }

    private static void Fits(CreateVpcEndpointRequest request, bool isInterface)
    {
        if (isInterface && request.RouteTableIds is { Count: > 0 })
            throw Ec2Errors.Invalid("Route table IDs are only supported for Gateway type VPC Endpoint.");
        if (!isInterface && request.SubnetIds is { Count: > 0 })
            throw Ec2Errors.Invalid("Subnet IDs are only supported for Interface type VPC Endpoints.");
        if (!isInterface && request.SecurityGroupIds is { Count: > 0 })
            throw Ec2Errors.Invalid("Security group IDs are only supported for Interface type VPC Endpoint.");
        if (!isInterface && request.PrivateDnsEnabled == true)
            throw Ec2Errors.Invalid("Private DNS is only supported for Interface type VPC Endpoints.");
    }

    private static void OnlyIpv4(string? type, DnsOptions? options)
    {
        if (type is not (null or "" or "ipv4"))
            throw NotImplemented.Of($"VPC endpoints of the address type {type}");
        if (options?.DnsRecordIpType is not (null or "" or "ipv4" or "service-defined"))
            throw NotImplemented.Of($"VPC endpoints with DNS records of the type {options!.DnsRecordIpType}");
    }

    private VpcEndpoint WithPolicyAndNames(VpcEndpoint endpoint, ModifyVpcEndpointRequest request, Network network)
    {
        if (request.ResetPolicy == true && request.PolicyDocument is { Length: > 0 })
            throw Ec2Errors.InvalidCombination("The parameter resetPolicy cannot be used with the parameter policyDocument");
        if (request.ResetPolicy == true || request.PolicyDocument is { Length: > 0 })
        {
            var policy = EndpointPolicy.Of(request.PolicyDocument, endpoint.Type, principals);
            endpoint = endpoint with { PolicyDocument = policy.Text, PrincipalIds = policy.PrincipalIds };
        }
        if (request.PrivateDnsEnabled is { } enabled && enabled != endpoint.PrivateDnsEnabled)
        {
            if (enabled)
            {
                MayHavePrivateDns(endpoint, network.Vpcs.Find(endpoint.VpcId)!, EndpointService.Of(endpoint, network.Region), network);
            }
            endpoint = endpoint with { PrivateDnsEnabled = enabled };
        }
        return endpoint;
    }

    private static void MayHavePrivateDns(VpcEndpoint endpoint, Vpc vpc, EndpointService service, Network network)
    {
        if (!vpc.EnableDnsSupport || !vpc.EnableDnsHostnames)
            throw Ec2Errors.Invalid(
                $"Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {vpc.Id}"
            );
        if (
            network.VpcEndpoints.All.Any(other =>
                other.Id != endpoint.Id && other.VpcId == vpc.Id && other.ServiceName == service.Name && other.PrivateDnsEnabled
            )
        )
        {
            throw Ec2Errors.Invalid(
                $"private-dns-enabled cannot be set because there is already a conflicting DNS domain for {service.PrivateDnsName} "
                    + $"in the VPC {vpc.Id}"
            );
        }
    }

    private static ImmutableArray<string> GroupsAfter(VpcEndpoint endpoint, ModifyVpcEndpointRequest request, Network network)
    {
        var removed = ResourceKind
            .SecurityGroup.FindAll(network.SecurityGroups, request.RemoveSecurityGroupIds ?? [])
            .Select(group => group.Id)
            .ToHashSet();
        ImmutableArray<string> left = [.. endpoint.GroupIds.Where(id => !removed.Contains(id)), .. request.AddSecurityGroupIds ?? []];
        return left.IsEmpty
            ? throw Ec2Errors.Invalid("Cannot remove all security groups from a VPC endpoint.")
            : NewInterface.Groups(left, endpoint.VpcId, network);
    }

    private static bool HasInterfaceParts(ModifyVpcEndpointRequest request) =>
        request.AddSubnetIds is { Count: > 0 }
        || request.RemoveSubnetIds is { Count: > 0 }
        || request.AddSecurityGroupIds is { Count: > 0 }
        || request.RemoveSecurityGroupIds is { Count: > 0 }
        || request.PrivateDnsEnabled == true;

    private VpcEndpointDescription Description(VpcEndpoint endpoint, Network network, string state = "available") =>
        VpcEndpointDescription.Of(endpoint, network, state) with
        {
            PolicyDocument = NamedPrincipals.TextOf(endpoint.PolicyDocument, endpoint.PrincipalIds, principals),
        };

    private CreateVpcEndpointResponse Response(VpcEndpoint endpoint, Network network, CreateVpcEndpointRequest request) =>
        new()
        {
            VpcEndpoint = Description(endpoint, network, endpoint.Type == VpcEndpointType.Interface ? "pending" : "available"),
            ClientToken = request.ClientToken,
        };
}
