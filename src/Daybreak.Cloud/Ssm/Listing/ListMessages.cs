using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Ssm.Listing;

internal sealed record ParameterFilter
{
    [Length(1, 132), Pattern("tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType")]
    public required string Key { get; init; }

    [Length(1, 10)]
    public string? Option { get; init; }

    [Length(1, 50), Length(1, 1024, OfItems = true)]
    public IReadOnlyList<string>? Values { get; init; }
}

/// <summary>The form of filters that AWS had before.</summary>
internal sealed record OldFilter
{
    [Values("Name", "Type", "KeyId")]
    public required string Key { get; init; }

    [Length(1, 50), Length(1, 1024, OfItems = true)]
    public required IReadOnlyList<string> Values { get; init; }
}

internal sealed record DescribeParametersRequest
{
    public IReadOnlyList<OldFilter>? Filters { get; init; }

    public IReadOnlyList<ParameterFilter>? ParameterFilters { get; init; }

    [Range(1, 50)]
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    [NotImplemented]
    public bool? Shared { get; init; }
}

internal sealed record DescribeParametersResponse
{
    public required IReadOnlyList<ParameterDescription> Parameters { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>A parameter without its value.</summary>
internal sealed record ParameterDescription
{
    public required string Name { get; init; }

    public required string ARN { get; init; }

    public required string Type { get; init; }

    public string? KeyId { get; init; }

    public required DateTimeOffset? LastModifiedDate { get; init; }

    public required string LastModifiedUser { get; init; }

    public string? Description { get; init; }

    public string? AllowedPattern { get; init; }

    public required long? Version { get; init; }

    public required string Tier { get; init; }

    public required IReadOnlyList<string> Policies { get; init; }

    public required string DataType { get; init; }
}
