using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.VpcEndpoints;

internal sealed record DescribeVpcEndpointServicesResponse
{
    public required IReadOnlyList<string> ServiceNameSet { get; init; }

    public required IReadOnlyList<ServiceDetail> ServiceDetailSet { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record ServiceDetail
{
    public required string ServiceName { get; init; }

    public required string ServiceId { get; init; }

    public required IReadOnlyList<ServiceTypeDetail> ServiceType { get; init; }

    public required string ServiceRegion { get; init; }

    public required IReadOnlyList<string> AvailabilityZoneSet { get; init; }

    public string Owner { get; init; } = "amazon";

    public required IReadOnlyList<string> BaseEndpointDnsNameSet { get; init; }

    public string? PrivateDnsName { get; init; }

    public IReadOnlyList<PrivateDnsDetails>? PrivateDnsNameSet { get; init; }

    public bool VpcEndpointPolicySupported { get; init; } = true;

    public bool AcceptanceRequired { get; init; }

    public bool ManagesVpcEndpoints { get; init; }

    public IReadOnlyList<string> TagSet { get; init; } = [];

    public string? PrivateDnsNameVerificationState { get; init; }

    public IReadOnlyList<string> SupportedIpAddressTypeSet { get; init; } = ["ipv4"];
}

internal sealed record ServiceTypeDetail
{
    [WireName("ServiceType")]
    public required string Type { get; init; }
}

internal sealed record PrivateDnsDetails
{
    public required string PrivateDnsName { get; init; }
}
