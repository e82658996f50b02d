using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.EgressOnlyGateways;

internal sealed record CreateEgressOnlyGatewayRequest : CreationRequest
{
    public string? VpcId { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record EgressOnlyGatewayRequest : Ec2Request
{
    public string? EgressOnlyInternetGatewayId { get; init; }
}

internal sealed record DescribeEgressOnlyGatewaysRequest : DescribeRequest
{
    internal override PageLimits Limits => PageLimits.OfGateways;

    [WireName("EgressOnlyInternetGatewayId")]
    public IReadOnlyList<string>? EgressOnlyInternetGatewayIds { get; init; }
}

internal sealed record CreateEgressOnlyGatewayResponse
{
    public required EgressOnlyGatewayDescription EgressOnlyInternetGateway { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record DeleteEgressOnlyGatewayResponse
{
    public bool ReturnCode { get; init; } = true;
}

internal sealed record DescribeEgressOnlyGatewaysResponse
{
    public required IReadOnlyList<EgressOnlyGatewayDescription> EgressOnlyInternetGatewaySet { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>An egress-only internet gateway in responses.</summary>
internal sealed record EgressOnlyGatewayDescription
{
    public required string EgressOnlyInternetGatewayId { get; init; }

    public required IReadOnlyList<EgressOnlyGatewayAttachment> AttachmentSet { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public static EgressOnlyGatewayDescription Of(EgressOnlyGateway gateway) =>
        new()
        {
            EgressOnlyInternetGatewayId = gateway.Id,
            AttachmentSet = [new EgressOnlyGatewayAttachment { VpcId = gateway.VpcId }],
            TagSet = Tag.List(gateway),
        };
}

internal sealed record EgressOnlyGatewayAttachment
{
    public string State { get; init; } = "attached";

    public required string VpcId { get; init; }
}
