using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.InternetGateways;

internal sealed record CreateInternetGatewayRequest : CreationRequest;

internal sealed record InternetGatewayRequest : Ec2Request
{
    public string? InternetGatewayId { get; init; }
}

internal sealed record InternetGatewayAttachmentRequest : Ec2Request
{
    public string? InternetGatewayId { get; init; }

    public string? VpcId { get; init; }
}

internal sealed record DescribeInternetGatewaysRequest : DescribeRequest
{
    [WireName("InternetGatewayId")]
    public IReadOnlyList<string>? InternetGatewayIds { get; init; }
}

internal sealed record InternetGatewayResponse
{
    public required InternetGatewayDescription InternetGateway { get; init; }
}

internal sealed record DescribeInternetGatewaysResponse
{
    public required IReadOnlyList<InternetGatewayDescription> InternetGatewaySet { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>An internet gateway in responses.</summary>
internal sealed record InternetGatewayDescription
{
    public required string InternetGatewayId { get; init; }

    public required string OwnerId { get; init; }

    public required IReadOnlyList<InternetGatewayAttachment> AttachmentSet { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public static InternetGatewayDescription Of(InternetGateway gateway, Network network) =>
        new()
        {
            InternetGatewayId = gateway.Id,
            OwnerId = network.AccountId,
            AttachmentSet = gateway.VpcId is null ? [] : [new InternetGatewayAttachment { VpcId = gateway.VpcId, State = "available" }],
            TagSet = Tag.List(gateway),
        };
}

internal sealed record InternetGatewayAttachment
{
    public required string VpcId { get; init; }

    public required string State { get; init; }
}
