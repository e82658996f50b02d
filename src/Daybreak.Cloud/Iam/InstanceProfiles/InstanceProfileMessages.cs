using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Roles;

namespace Daybreak.Cloud.Iam.InstanceProfiles;

public sealed record InstanceProfileDescription
{
    public required string Path { get; init; }

    public required string InstanceProfileName { get; init; }

    public required string InstanceProfileId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public required IReadOnlyList<RoleDescription> Roles { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

public sealed record CreateInstanceProfileRequest
{
    [Length(1, 128), Name]
    public required string InstanceProfileName { get; init; }

    [Length(1, 512), EntityPath]
    public string? Path { get; init; }

    [Length(0, TagSet.Limit)]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

public sealed record InstanceProfileResponse
{
    public required InstanceProfileDescription InstanceProfile { get; init; }
}

public sealed record InstanceProfileRequest
{
    [Length(1, 128), Name]
    public required string InstanceProfileName { get; init; }
}

public sealed record InstanceProfileRoleRequest
{
    [Length(1, 128), Name]
    public required string InstanceProfileName { get; init; }

    [Length(1, 64), Name]
    public required string RoleName { get; init; }
}

public sealed record ListInstanceProfilesRequest : PagedRequest
{
    [Length(1, 512), Pattern(IamName.PathPrefixPattern)]
    public string? PathPrefix { get; init; }
}

public sealed record ListInstanceProfilesResponse : PagedResponse
{
    public required IReadOnlyList<InstanceProfileDescription> InstanceProfiles { get; init; }
}

public sealed record TagInstanceProfileRequest
{
    [Length(1, 128), Name]
    public required string InstanceProfileName { get; init; }

    [Length(0, TagSet.Limit)]
    public required IReadOnlyList<Tag> Tags { get; init; }
}

public sealed record UntagInstanceProfileRequest
{
    [Length(1, 128), Name]
    public required string InstanceProfileName { get; init; }

    [Length(0, TagSet.Limit), Length(1, 128, OfItems = true), Pattern(IamName.TagKeyPattern, OfItems = true)]
    public required IReadOnlyList<string> TagKeys { get; init; }
}

public sealed record ListInstanceProfileTagsRequest : PagedRequest
{
    [Length(1, 128), Name]
    public required string InstanceProfileName { get; init; }
}
