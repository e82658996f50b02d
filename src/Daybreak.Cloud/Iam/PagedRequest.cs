using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Iam;

/// <summary>Members of every list request.</summary>
public abstract record PagedRequest
{
    [Length(1, 320), Pattern(@"[\u0020-\u00FF]+")]
    public string? Marker { get; init; }

    [Range(1, 1000)]
    public int? MaxItems { get; init; }
}

/// <summary>Members of every list response.</summary>
public abstract record PagedResponse
{
    public required bool IsTruncated { get; init; }

    public string? Marker { get; init; }
}
