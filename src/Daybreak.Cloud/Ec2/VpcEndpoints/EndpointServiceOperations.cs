using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Regions;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.VpcEndpoints;

/// <summary>The services that endpoints lead to. Pure functions of a request and a network.</summary>
internal static class EndpointServiceOperations
{
    private static readonly Filters<EndpointService> Filters = new(static (_, _) => null) // services of AWS have no tags
    {
        { "service-name", service => service.Name },
        { "service-type", service => service.Type.ToString() },
        { "service-region", (_, network) => [network.Region] },
        { "owner", _ => "amazon" },
        { "supported-ip-address-types", _ => "ipv4" },
        { "tag-key", _ => [] },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<DescribeVpcEndpointServicesRequest, DescribeVpcEndpointServicesResponse>(
                state,
                "DescribeVpcEndpointServices",
                Describe
            ),
        ];

    public static DescribeVpcEndpointServicesResponse Describe(DescribeVpcEndpointServicesRequest request, Network network)
    {
        IEnumerable<EndpointService> all = EndpointService.Of(network.Region);
        if (request.ServiceNames is { Count: > 0 } names)
            all = names.Distinct().SelectMany(name => Named(name, network)).ToList();
        var page = Page.Of(
            Filters.Apply(all, request.Filters, network),
            service => $"{service.Name}/{service.Type}",
            request.MaxResults,
            request.NextToken,
            request.Limits
        );
        return new DescribeVpcEndpointServicesResponse
        {
            ServiceNameSet = [.. page.Select(service => service.Name).Distinct()],
            ServiceDetailSet = page.Select(service => Detail(service, network.Region)),
            NextToken = page.NextToken,
        };
    }

    private static List<EndpointService> Named(string name, Network network) =>
        EndpointService.Of(network.Region).Where(service => service.Name == name).ToList() is { Count: > 0 } found
            ? found
            : throw Ec2Errors.NoSuchService(name);

    private static ServiceDetail Detail(EndpointService service, string region)
    {
        var isInterface = service.Type == VpcEndpointType.Interface;
        return new()
        {
            ServiceName = service.Name,
            ServiceId = isInterface ? Ec2Id.Of("vpce-svc", service.Name) : Ec2Id.Of("vpce-svc", service.Name, "gateway"),
            ServiceType = [new ServiceTypeDetail { Type = service.Type.ToString() }],
            ServiceRegion = region,
            AvailabilityZoneSet = [.. Zone.Of(region).Select(zone => zone.Name)],
            BaseEndpointDnsNameSet = [isInterface ? $"{service.Label}.{region}.vpce.amazonaws.com" : service.PrivateDnsName],
            PrivateDnsName = isInterface ? service.PrivateDnsName : null,
            PrivateDnsNameSet = isInterface ? [new PrivateDnsDetails { PrivateDnsName = service.PrivateDnsName }] : null,
            PrivateDnsNameVerificationState = isInterface ? "verified" : null,
        };
    }
}
