using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Managed;

public sealed record PolicyDescription
{
    public required string PolicyName { get; init; }

    public required string PolicyId { get; init; }

    public required string Arn { get; init; }

    public required string Path { get; init; }

    public required string DefaultVersionId { get; init; }

    public required int AttachmentCount { get; init; }

    public required int PermissionsBoundaryUsageCount { get; init; }

    public required bool IsAttachable { get; init; }

    public string? Description { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public required DateTimeOffset UpdateDate { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Only GetAccountAuthorizationDetails returns this.</summary>
    public IReadOnlyList<PolicyVersionDescription>? PolicyVersionList { get; init; }
}

public sealed record PolicyVersionDescription
{
    /// <summary>The document, percent-encoded.</summary>
    public string? Document { get; init; }

    public required string VersionId { get; init; }

    public required bool IsDefaultVersion { get; init; }

    public required DateTimeOffset CreateDate { get; init; }
}

public sealed record CreatePolicyRequest
{
    [Length(1, 128), Name]
    public required string PolicyName { get; init; }

    [Length(1, 512), EntityPath(IamName.PolicyPathPattern)]
    public string? Path { get; init; }

    [Length(1, IamName.DocumentLength), Pattern(IamName.DocumentPattern)]
    public required string PolicyDocument { get; init; }

    [Length(0, 1000)]
    public string? Description { get; init; }

    [Length(0, TagSet.Limit)]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

public sealed record PolicyResponse
{
    public required PolicyDescription Policy { get; init; }
}

public sealed record PolicyArnRequest
{
    [Length(20, 2048)]
    public required string PolicyArn { get; init; }
}

public sealed record ListPoliciesRequest : PagedRequest
{
    [Values("All", "AWS", "Local")]
    public string? Scope { get; init; }

    public bool? OnlyAttached { get; init; }

    [Length(1, 512), Pattern(IamName.PolicyPathPattern)]
    public string? PathPrefix { get; init; }

    [Values("PermissionsPolicy", "PermissionsBoundary")]
    public string? PolicyUsageFilter { get; init; }
}

public sealed record ListPoliciesResponse : PagedResponse
{
    public required IReadOnlyList<PolicyDescription> Policies { get; init; }
}

public sealed record CreatePolicyVersionRequest
{
    [Length(20, 2048)]
    public required string PolicyArn { get; init; }

    [Length(1, IamName.DocumentLength), Pattern(IamName.DocumentPattern)]
    public required string PolicyDocument { get; init; }

    public bool? SetAsDefault { get; init; }
}

public sealed record PolicyVersionRequest
{
    [Length(20, 2048)]
    public required string PolicyArn { get; init; }

    [Pattern(@"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")]
    public required string VersionId { get; init; }
}

public sealed record PolicyVersionResponse
{
    public required PolicyVersionDescription PolicyVersion { get; init; }
}

public sealed record ListPolicyVersionsRequest : PagedRequest
{
    [Length(20, 2048)]
    public required string PolicyArn { get; init; }
}

public sealed record ListPolicyVersionsResponse : PagedResponse
{
    public required IReadOnlyList<PolicyVersionDescription> Versions { get; init; }
}

public sealed record ListEntitiesForPolicyRequest : PagedRequest
{
    [Length(20, 2048)]
    public required string PolicyArn { get; init; }

    [Values("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy")]
    public string? EntityFilter { get; init; }

    [Length(1, 512), Pattern(IamName.PathPattern)]
    public string? PathPrefix { get; init; }

    [Values("PermissionsPolicy", "PermissionsBoundary")]
    public string? PolicyUsageFilter { get; init; }
}

public sealed record ListEntitiesForPolicyResponse : PagedResponse
{
    public required IReadOnlyList<PolicyGroup> PolicyGroups { get; init; }

    public required IReadOnlyList<PolicyUser> PolicyUsers { get; init; }

    public required IReadOnlyList<PolicyRole> PolicyRoles { get; init; }
}

public sealed record PolicyGroup
{
    public required string GroupName { get; init; }

    public required string GroupId { get; init; }
}

public sealed record PolicyUser
{
    public required string UserName { get; init; }

    public required string UserId { get; init; }
}

public sealed record PolicyRole
{
    public required string RoleName { get; init; }

    public required string RoleId { get; init; }
}

public sealed record TagPolicyRequest
{
    [Length(20, 2048)]
    public required string PolicyArn { get; init; }

    [Length(0, TagSet.Limit)]
    public required IReadOnlyList<Tag> Tags { get; init; }
}

public sealed record UntagPolicyRequest
{
    [Length(20, 2048)]
    public required string PolicyArn { get; init; }

    [Length(0, TagSet.Limit), Length(1, 128, OfItems = true), Pattern(IamName.TagKeyPattern, OfItems = true)]
    public required IReadOnlyList<string> TagKeys { get; init; }
}

public sealed record ListPolicyTagsRequest : PagedRequest
{
    [Length(20, 2048)]
    public required string PolicyArn { get; init; }
}

public sealed record ListTagsResponse : PagedResponse
{
    public required IReadOnlyList<Tag> Tags { get; init; }
}
