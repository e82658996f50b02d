using System.Collections.Immutable;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.DhcpOptions;

/// <summary>Sets of DHCP options. Pure functions of a request and a network.</summary>
internal static class DhcpOptionsOperations
{
    private const string None = "default";

    private static readonly string[] Known =
    [
        "domain-name",
        DhcpOptionsSet.DomainNameServers,
        "ipv6-address-preferred-lease-time",
        "netbios-name-servers",
        "netbios-node-type",
        "ntp-servers",
    ];

    private static readonly Filters<DhcpOptionsSet> Filters = new(Resource.TagValue)
    {
        { "dhcp-options-id", options => options.Id },
        { "key", options => options.Options.Keys },
        { "value", options => options.Options.Values.SelectMany(values => values) },
        { "owner-id", (_, network) => [network.AccountId] },
        { "tag-key", options => options.Tags.Keys },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<AssociateDhcpOptionsRequest, Done>(state, "AssociateDhcpOptions", Associate)
            {
                Names = [("dhcp-options", static (r, _) => [r.DhcpOptionsId]), ("vpc", static (r, _) => [r.VpcId])],
            },
            new Ec2Operation<CreateDhcpOptionsRequest, CreateDhcpOptionsResponse>(state, "CreateDhcpOptions", Create)
            {
                Makes = "dhcp-options",
            },
            new Ec2Operation<DhcpOptionsRequest, Done>(state, "DeleteDhcpOptions", Delete)
            {
                Names = [("dhcp-options", static (r, _) => [r.DhcpOptionsId])],
            },
            new Ec2Operation<DescribeDhcpOptionsRequest, DescribeDhcpOptionsResponse>(state, "DescribeDhcpOptions", Describe),
        ];

    public static Change<CreateDhcpOptionsResponse> Create(CreateDhcpOptionsRequest request, Network network)
    {
        if (request.DhcpConfigurations is not { Count: > 0 } configurations)
            throw Ec2Errors.Missing("dhcpConfigurations");
        var options = ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var configuration in configurations)
        {
            if (configuration.Key is not { } key || !Known.Contains(key))
                throw Ec2Errors.InvalidValue("name", configuration.Key, "Unknown DHCP option");
            if (options.ContainsKey(key))
                throw Ec2Errors.InvalidValue($"Duplicate DHCP option '{key}'");
            if (configuration.Values is not { Count: > 0 } values)
                throw Ec2Errors.Missing("value");
            options = options.Add(key, [.. values]);
        }
        var made = new DhcpOptionsSet
        {
            Id = ResourceKind.DhcpOptions.NewId(),
            Options = options,
            Tags = TagSpecification.For(request, "dhcp-options"),
        };
        return Change.To(
            network with
            {
                DhcpOptions = network.DhcpOptions.With(made),
            },
            new CreateDhcpOptionsResponse { DhcpOptions = DhcpOptionsDescription.Of(made, network) }
        );
    }

    public static DescribeDhcpOptionsResponse Describe(DescribeDhcpOptionsRequest request, Network network)
    {
        var page = Page.Of(request, network, network.DhcpOptions, ResourceKind.DhcpOptions, request.DhcpOptionsIds, Filters);
        return new DescribeDhcpOptionsResponse
        {
            DhcpOptionsSet = page.Select(options => DhcpOptionsDescription.Of(options, network)),
            NextToken = page.NextToken,
        };
    }

    public static Change<Done> Associate(AssociateDhcpOptionsRequest request, Network network)
    {
        var vpc = ResourceKind.Vpc.Find(network.Vpcs, request.VpcId);
        var id = request.DhcpOptionsId == None ? None : ResourceKind.DhcpOptions.Find(network.DhcpOptions, request.DhcpOptionsId).Id;
        return Change.To(network with { Vpcs = network.Vpcs.With(vpc with { DhcpOptionsId = id }) });
    }

    public static Change<Done> Delete(DhcpOptionsRequest request, Network network)
    {
        var options = ResourceKind.DhcpOptions.Find(network.DhcpOptions, request.DhcpOptionsId);
        return network.Vpcs.All.Any(vpc => vpc.DhcpOptionsId == options.Id)
            ? throw Ec2Errors.HasDependencies("dhcpOptions", options.Id)
            : Change.To(network with { DhcpOptions = network.DhcpOptions.Without(options.Id) });
    }
}
