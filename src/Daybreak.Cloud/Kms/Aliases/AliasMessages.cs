using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Kms.Keys;

namespace Daybreak.Cloud.Kms.Aliases;

internal sealed class AliasNameAttribute : CompositeAttribute
{
    public override IEnumerable<Attribute> All => [new LengthAttribute(1, 256), new PatternAttribute("^[a-zA-Z0-9:/_-]+$")];
}

/// <summary>The request of CreateAlias and UpdateAlias.</summary>
internal sealed record AliasRequest
{
    [AliasName]
    public required string AliasName { get; init; }

    [KeyId]
    public required string TargetKeyId { get; init; }
}

internal sealed record DeleteAliasRequest
{
    [AliasName]
    public required string AliasName { get; init; }
}

internal sealed record ListAliasesRequest
{
    [KeyId]
    public string? KeyId { get; init; }

    [Range(1, 1000)]
    public int? Limit { get; init; }

    [Marker]
    public string? Marker { get; init; }
}

internal sealed record ListAliasesResponse
{
    public required IReadOnlyList<AliasEntry> Aliases { get; init; }

    public string? NextMarker { get; init; }

    public required bool? Truncated { get; init; }
}

internal sealed record AliasEntry
{
    public required string AliasName { get; init; }

    public required string AliasArn { get; init; }

    public string? TargetKeyId { get; init; }

    public DateTimeOffset? CreationDate { get; init; }

    public DateTimeOffset? LastUpdatedDate { get; init; }
}
