using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Ssm.Listing;

namespace Daybreak.Cloud.Ssm.Reading;

internal sealed record GetParameterRequest
{
    [Length(1, 2048)]
    public required string Name { get; init; }

    public bool? WithDecryption { get; init; }
}

internal sealed record GetParameterResponse
{
    public required ParameterAnswer Parameter { get; init; }
}

internal sealed record GetParametersRequest
{
    [Length(1, 10), Length(1, 2048, OfItems = true)]
    public required IReadOnlyList<string> Names { get; init; }

    public bool? WithDecryption { get; init; }
}

internal sealed record GetParametersResponse
{
    public required IReadOnlyList<ParameterAnswer> Parameters { get; init; }

    public required IReadOnlyList<string> InvalidParameters { get; init; }
}

internal sealed record GetParametersByPathRequest
{
    [Length(1, 2048)]
    public required string Path { get; init; }

    public bool? Recursive { get; init; }

    public IReadOnlyList<ParameterFilter>? ParameterFilters { get; init; }

    public bool? WithDecryption { get; init; }

    [Range(1, 10)]
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record GetParametersByPathResponse
{
    public required IReadOnlyList<ParameterAnswer> Parameters { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record GetParameterHistoryRequest
{
    [Length(1, 2048)]
    public required string Name { get; init; }

    public bool? WithDecryption { get; init; }

    [Range(1, 50)]
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record GetParameterHistoryResponse
{
    public required IReadOnlyList<HistoryEntry> Parameters { get; init; }

    public string? NextToken { get; init; }
}

/// <summary>A parameter with its value.</summary>
internal sealed record ParameterAnswer
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string Value { get; init; }

    public required long? Version { get; init; }

    public string? Selector { get; init; }

    public string? SourceResult { get; init; }

    public required DateTimeOffset? LastModifiedDate { get; init; }

    public required string ARN { get; init; }

    public string? DataType { get; init; }

    // A record would write its members.
    public override string ToString() => nameof(ParameterAnswer);
}

internal sealed record HistoryEntry
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public string? KeyId { get; init; }

    public required DateTimeOffset? LastModifiedDate { get; init; }

    public required string LastModifiedUser { get; init; }

    public string? Description { get; init; }

    public required string Value { get; init; }

    public string? AllowedPattern { get; init; }

    public required long? Version { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public required string Tier { get; init; }

    public required IReadOnlyList<string> Policies { get; init; }

    public required string DataType { get; init; }

    // A record would write its members.
    public override string ToString() => nameof(HistoryEntry);
}
