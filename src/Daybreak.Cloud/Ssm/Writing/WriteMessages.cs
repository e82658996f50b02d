using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Ssm.Tags;

namespace Daybreak.Cloud.Ssm.Writing;

internal sealed record PutParameterRequest
{
    [Length(1, 2048)]
    public required string Name { get; init; }

    [Length(0, 1024)]
    public string? Description { get; init; }

    [Sensitive, Length(1, int.MaxValue)]
    public required string Value { get; init; }

    [Values("String", "StringList", "SecureString")]
    public string? Type { get; init; }

    [Length(1, 256), Pattern("^([a-zA-Z0-9:/_-]+)$")]
    public string? KeyId { get; init; }

    public bool? Overwrite { get; init; }

    [Length(0, 1024)]
    public string? AllowedPattern { get; init; }

    [Length(0, 1000)]
    public IReadOnlyList<ParameterTag>? Tags { get; init; }

    [Values("Standard", "Advanced", "Intelligent-Tiering")]
    public string? Tier { get; init; }

    [NotImplemented]
    public string? Policies { get; init; }

    [Length(0, 128)]
    public string? DataType { get; init; }

    // A record would write its members.
    public override string ToString() => nameof(PutParameterRequest);
}

internal sealed record PutParameterResponse
{
    public required long? Version { get; init; }

    public required string Tier { get; init; }
}

internal sealed record DeleteParameterRequest
{
    [Length(1, 2048)]
    public required string Name { get; init; }
}

internal sealed record DeleteParametersRequest
{
    [Length(1, 10), Length(1, 2048, OfItems = true)]
    public required IReadOnlyList<string> Names { get; init; }
}

internal sealed record DeleteParametersResponse
{
    public required IReadOnlyList<string> DeletedParameters { get; init; }

    public required IReadOnlyList<string> InvalidParameters { get; init; }
}
