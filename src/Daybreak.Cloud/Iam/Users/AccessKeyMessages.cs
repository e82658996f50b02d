using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Iam.Users;

public sealed record AccessKeyOwnerRequest
{
    /// <summary>The caller's user, when it is absent.</summary>
    [Length(1, 128), Name]
    public string? UserName { get; init; }
}

public sealed record CreateAccessKeyResponse
{
    public required NewAccessKey AccessKey { get; init; }
}

public sealed record NewAccessKey
{
    public string? UserName { get; init; }

    public required string AccessKeyId { get; init; }

    public required string Status { get; init; }

    public required string SecretAccessKey { get; init; }

    public required DateTimeOffset CreateDate { get; init; }
}

public sealed record ListAccessKeysRequest : PagedRequest
{
    [Length(1, 128), Name]
    public string? UserName { get; init; }
}

public sealed record ListAccessKeysResponse : PagedResponse
{
    public string? UserName { get; init; }

    public required IReadOnlyList<AccessKeyMetadata> AccessKeyMetadata { get; init; }
}

public sealed record AccessKeyMetadata
{
    public string? UserName { get; init; }

    public required string AccessKeyId { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset CreateDate { get; init; }
}

public sealed record AccessKeyRequest
{
    [Length(1, 128), Name]
    public string? UserName { get; init; }

    [Length(16, 128), Pattern(@"[\w]+")]
    public required string AccessKeyId { get; init; }
}

public sealed record UpdateAccessKeyRequest
{
    [Length(1, 128), Name]
    public string? UserName { get; init; }

    [Length(16, 128), Pattern(@"[\w]+")]
    public required string AccessKeyId { get; init; }

    [Values("Active", "Inactive")]
    public required string Status { get; init; }
}

public sealed record GetAccessKeyLastUsedRequest
{
    [Length(16, 128), Pattern(@"[\w]+")]
    public required string AccessKeyId { get; init; }
}

public sealed record GetAccessKeyLastUsedResponse
{
    public string? UserName { get; init; }

    public required AccessKeyLastUsed AccessKeyLastUsed { get; init; }
}

public sealed record AccessKeyLastUsed
{
    public DateTimeOffset? LastUsedDate { get; init; }

    public required string ServiceName { get; init; }

    public required string Region { get; init; }
}
