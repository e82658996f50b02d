using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ec2.Requests;

internal abstract record Ec2Request
{
    /// <summary>Whether to check only if the request would succeed.</summary>
    public bool? DryRun { get; init; }
}

/// <summary>A request that creates a resource and may give it tags.</summary>
internal abstract record CreationRequest : Ec2Request
{
    [WireName("TagSpecification")]
    public IReadOnlyList<TagSpecification>? TagSpecifications { get; init; }
}

/// <summary>A request for a list.</summary>
internal abstract record DescribeRequest : Ec2Request
{
    [WireName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal virtual PageLimits Limits => PageLimits.Usual;
}

/// <summary>The response of operations that return nothing.</summary>
internal sealed record Done
{
    public static readonly Done Instance = new();

    public bool Return { get; init; } = true;
}

/// <summary>A boolean in a structure of its own: <c>EnableDnsSupport.Value=true</c>.</summary>
internal sealed record AttributeBooleanValue
{
    public bool? Value { get; init; }

    public static AttributeBooleanValue Of(bool value) => new() { Value = value };
}

/// <summary>The result of a change: the new network and the response.</summary>
internal readonly record struct Change<TResponse>(Network After, TResponse Response);

internal static class Change
{
    public static Change<TResponse> To<TResponse>(Network after, TResponse response) => new(after, response);

    public static Change<Done> To(Network after) => new(after, Done.Instance);
}
