using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Regions;

internal sealed record DescribeAvailabilityZonesRequest : Ec2Request
{
    [WireName("ZoneName")]
    public IReadOnlyList<string>? ZoneNames { get; init; }

    [WireName("ZoneId")]
    public IReadOnlyList<string>? ZoneIds { get; init; }

    /// <summary>Whether to include zones that an account has to opt in to. There are none.</summary>
    public bool? AllAvailabilityZones { get; init; }

    [WireName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }
}

internal sealed record DescribeRegionsRequest : Ec2Request
{
    [WireName("RegionName")]
    public IReadOnlyList<string>? RegionNames { get; init; }

    /// <summary>Whether to include Regions that an account has to opt in to.</summary>
    public bool? AllRegions { get; init; }

    [WireName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }
}

internal sealed record DescribeAccountAttributesRequest : Ec2Request
{
    [WireName("AttributeName")]
    public IReadOnlyList<string>? AttributeNames { get; init; }
}

internal sealed record DescribeAvailabilityZonesResponse
{
    public required IReadOnlyList<AvailabilityZoneDescription> AvailabilityZoneInfo { get; init; }
}

internal sealed record DescribeRegionsResponse
{
    public required IReadOnlyList<RegionDescription> RegionInfo { get; init; }
}

internal sealed record DescribeAccountAttributesResponse
{
    public required IReadOnlyList<AccountAttribute> AccountAttributeSet { get; init; }
}

internal sealed record AvailabilityZoneDescription
{
    public string OptInStatus { get; init; } = "opt-in-not-required";

    public IReadOnlyList<string> MessageSet { get; init; } = [];

    public required string RegionName { get; init; }

    public required string ZoneName { get; init; }

    public required string ZoneId { get; init; }

    public required string GroupName { get; init; }

    public string? GroupLongName { get; init; }

    public required string NetworkBorderGroup { get; init; }

    public string ZoneType { get; init; } = "availability-zone";

    public string ZoneState { get; init; } = "available";
}

internal sealed record RegionDescription
{
    public required string RegionName { get; init; }

    public required string RegionEndpoint { get; init; }

    public required string OptInStatus { get; init; }
}

internal sealed record AccountAttribute
{
    public required string AttributeName { get; init; }

    public required IReadOnlyList<AccountAttributeValue> AttributeValueSet { get; init; }
}

internal sealed record AccountAttributeValue
{
    public required string AttributeValue { get; init; }
}
