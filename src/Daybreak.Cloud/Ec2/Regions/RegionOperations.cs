using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.Regions;

/// <summary>Regions, their zones, and the account's attributes in them. Pure functions of a request and a network.</summary>
internal static class RegionOperations
{
    private static readonly Filters<Zone> ZoneFilters = new()
    {
        { "zone-name", zone => zone.Name },
        { "zone-id", zone => zone.Id },
        { "region-name", (_, network) => [network.Region] },
        { "group-name", (_, network) => [GroupOf(network.Region)] },
        { "group-long-name", (_, network) => [LongGroupOf(network.Region)] },
        { "network-border-group", (_, network) => [network.Region] },
        { "zone-type", _ => "availability-zone" },
        { "state", _ => "available" },
        { "opt-in-status", _ => "opt-in-not-required" },
        { "message", _ => [] },
        { "parent-zone-id", _ => [] },
        { "parent-zone-name", _ => [] },
    };

    private static readonly Filters<RegionInfo> RegionFilters = new()
    {
        { "region-name", region => region.Name },
        { "endpoint", region => region.Endpoint },
        { "opt-in-status", region => region.OptInStatus },
    };

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<DescribeAccountAttributesRequest, DescribeAccountAttributesResponse>(
                state,
                "DescribeAccountAttributes",
                DescribeAccount
            ),
            new Ec2Operation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResponse>(
                state,
                "DescribeAvailabilityZones",
                DescribeZones
            ),
            new Ec2Operation<DescribeRegionsRequest, DescribeRegionsResponse>(state, "DescribeRegions", DescribeRegions),
        ];

    public static DescribeAvailabilityZonesResponse DescribeZones(DescribeAvailabilityZonesRequest request, Network network)
    {
        var zones = Zone.Of(network.Region);
        foreach (var name in request.ZoneNames ?? [])
        {
            if (!zones.Any(zone => zone.Name == name))
                throw Ec2Errors.InvalidValue($"Invalid availability zone: [{name}]");
        }
        foreach (var id in request.ZoneIds ?? [])
        {
            if (!zones.Any(zone => zone.Id == id))
                throw Ec2Errors.InvalidValue($"Invalid availability zone-id: [{id}]");
        }
        var asked = zones.Where(zone =>
            (request.ZoneNames is not { Count: > 0 } && request.ZoneIds is not { Count: > 0 })
            || request.ZoneNames?.Contains(zone.Name) == true
            || request.ZoneIds?.Contains(zone.Id) == true
        );
        return new DescribeAvailabilityZonesResponse
        {
            AvailabilityZoneInfo =
            [
                .. ZoneFilters
                    .Apply(asked, request.Filters, network)
                    .Select(zone => new AvailabilityZoneDescription
                    {
                        RegionName = network.Region,
                        ZoneName = zone.Name,
                        ZoneId = zone.Id,
                        GroupName = GroupOf(network.Region),
                        GroupLongName = LongGroupOf(network.Region),
                        NetworkBorderGroup = network.Region,
                    }),
            ],
        };
    }

    public static DescribeRegionsResponse DescribeRegions(DescribeRegionsRequest request, Network network)
    {
        foreach (var name in request.RegionNames ?? [])
        {
            if (!RegionInfo.All.Any(region => region.Name == name))
                throw Ec2Errors.InvalidValue($"Invalid region name '{name}'");
        }
        var asked = request.RegionNames is { Count: > 0 } names
            ? RegionInfo.All.Where(region => names.Contains(region.Name))
            : RegionInfo.All.Where(region => request.AllRegions == true || !region.IsOptIn);
        return new DescribeRegionsResponse
        {
            RegionInfo =
            [
                .. RegionFilters
                    .Apply(asked, request.Filters, network)
                    .Select(region => new RegionDescription
                    {
                        RegionName = region.Name,
                        RegionEndpoint = region.Endpoint,
                        OptInStatus = region.OptInStatus,
                    }),
            ],
        };
    }

    public static DescribeAccountAttributesResponse DescribeAccount(DescribeAccountAttributesRequest request, Network network)
    {
        (string Name, string Value)[] attributes =
        [
            ("supported-platforms", "VPC"),
            ("vpc-max-security-groups-per-interface", "5"),
            ("max-elastic-ips", "5"),
            ("max-instances", "20"),
            ("vpc-max-elastic-ips", "5"),
            ("default-vpc", network.DefaultVpc?.Id ?? "none"),
        ];
        foreach (var name in request.AttributeNames ?? [])
        {
            if (!attributes.Any(attribute => attribute.Name == name))
                throw Ec2Errors.InvalidValue("attributeName", name);
        }
        return new DescribeAccountAttributesResponse
        {
            AccountAttributeSet =
            [
                .. attributes
                    .Where(attribute => request.AttributeNames is not { Count: > 0 } names || names.Contains(attribute.Name))
                    .Select(attribute => new AccountAttribute
                    {
                        AttributeName = attribute.Name,
                        AttributeValueSet = [new AccountAttributeValue { AttributeValue = attribute.Value }],
                    }),
            ],
        };
    }

    private static string GroupOf(string region) => $"{region}-zg-1";

    private static string? LongGroupOf(string region) =>
        RegionInfo.All.FirstOrDefault(info => info.Name == region) is { } info ? $"{info.LongName} 1" : null;
}
