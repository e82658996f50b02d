using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.DhcpOptions;

internal sealed record CreateDhcpOptionsRequest : CreationRequest
{
    [WireName("DhcpConfiguration")]
    public IReadOnlyList<NewDhcpConfiguration>? DhcpConfigurations { get; init; }
}

internal sealed record NewDhcpConfiguration
{
    public string? Key { get; init; }

    [WireName("Value")]
    public IReadOnlyList<string>? Values { get; init; }
}

internal sealed record DhcpOptionsRequest : Ec2Request
{
    public string? DhcpOptionsId { get; init; }
}

internal sealed record AssociateDhcpOptionsRequest : Ec2Request
{
    /// <summary><c>default</c> means no options.</summary>
    public string? DhcpOptionsId { get; init; }

    public string? VpcId { get; init; }
}

internal sealed record DescribeDhcpOptionsRequest : DescribeRequest
{
    [WireName("DhcpOptionsId")]
    public IReadOnlyList<string>? DhcpOptionsIds { get; init; }
}

internal sealed record CreateDhcpOptionsResponse
{
    public required DhcpOptionsDescription DhcpOptions { get; init; }
}

internal sealed record DescribeDhcpOptionsResponse
{
    public required IReadOnlyList<DhcpOptionsDescription> DhcpOptionsSet { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>A set of DHCP options in responses.</summary>
internal sealed record DhcpOptionsDescription
{
    public required string DhcpOptionsId { get; init; }

    public required string OwnerId { get; init; }

    public required IReadOnlyList<DhcpConfiguration> DhcpConfigurationSet { get; init; }

    public required IReadOnlyList<Tag> TagSet { get; init; }

    public static DhcpOptionsDescription Of(DhcpOptionsSet options, Network network) =>
        new()
        {
            DhcpOptionsId = options.Id,
            OwnerId = network.AccountId,
            DhcpConfigurationSet =
            [
                .. options.Options.Select(option => new DhcpConfiguration
                {
                    Key = option.Key,
                    ValueSet = [.. option.Value.Select(value => new DhcpValue { Value = value })],
                }),
            ],
            TagSet = Tag.List(options),
        };
}

internal sealed record DhcpConfiguration
{
    public required string Key { get; init; }

    public required IReadOnlyList<DhcpValue> ValueSet { get; init; }
}

internal sealed record DhcpValue
{
    public required string Value { get; init; }
}
