using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Users;

public sealed record UserDescription
{
    public required string Path { get; init; }

    /// <summary>Null for the root user, who has no name.</summary>
    public string? UserName { get; init; }

    public required string UserId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public AttachedPermissionsBoundary? PermissionsBoundary { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    // Only GetAccountAuthorizationDetails returns these.
    public IReadOnlyList<PolicyDetail>? UserPolicyList { get; init; }

    public IReadOnlyList<string>? GroupList { get; init; }

    public IReadOnlyList<AttachedPolicyDescription>? AttachedManagedPolicies { get; init; }
}

public sealed record CreateUserRequest
{
    [Length(1, 512), EntityPath]
    public string? Path { get; init; }

    [Length(1, 64), Name]
    public required string UserName { get; init; }

    [Length(20, 2048)]
    public string? PermissionsBoundary { get; init; }

    [Length(0, TagSet.Limit)]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

public sealed record UserResponse
{
    public required UserDescription User { get; init; }
}

public sealed record UserRequest
{
    [Length(1, 128), Name]
    public required string UserName { get; init; }
}

public sealed record GetUserRequest
{
    /// <summary>The caller's user, when it is absent.</summary>
    [Length(1, 128), Name]
    public string? UserName { get; init; }
}

public sealed record ListUsersRequest : PagedRequest
{
    [Length(1, 512), Pattern(IamName.PathPrefixPattern)]
    public string? PathPrefix { get; init; }
}

public sealed record ListUsersResponse : PagedResponse
{
    public required IReadOnlyList<UserDescription> Users { get; init; }
}

public sealed record UpdateUserRequest
{
    [Length(1, 128), Name]
    public required string UserName { get; init; }

    [Length(1, 512), EntityPath]
    public string? NewPath { get; init; }

    [Length(1, 64), Name]
    public string? NewUserName { get; init; }
}

public sealed record UserPolicyArnRequest
{
    [Length(1, 64), Name]
    public required string UserName { get; init; }

    [Length(20, 2048)]
    public required string PolicyArn { get; init; }
}

public sealed record ListAttachedUserPoliciesRequest : PagedRequest
{
    [Length(1, 64), Name]
    public required string UserName { get; init; }

    [Length(1, 512), Pattern(IamName.PolicyPathPattern)]
    public string? PathPrefix { get; init; }
}

public sealed record UserListRequest : PagedRequest
{
    [Length(1, 128), Name]
    public required string UserName { get; init; }
}

public sealed record PutUserPolicyRequest
{
    [Length(1, 128), Name]
    public required string UserName { get; init; }

    [Length(1, 128), Name]
    public required string PolicyName { get; init; }

    [Length(1, IamName.DocumentLength), Pattern(IamName.DocumentPattern)]
    public required string PolicyDocument { get; init; }
}

public sealed record UserPolicyRequest
{
    [Length(1, 128), Name]
    public required string UserName { get; init; }

    [Length(1, 128), Name]
    public required string PolicyName { get; init; }
}

public sealed record GetUserPolicyResponse
{
    public required string UserName { get; init; }

    public required string PolicyName { get; init; }

    public required string PolicyDocument { get; init; }
}

public sealed record DeleteUserPermissionsBoundaryRequest
{
    [Length(1, 64), Name]
    public required string UserName { get; init; }
}

public sealed record PutUserPermissionsBoundaryRequest
{
    [Length(1, 64), Name]
    public required string UserName { get; init; }

    [Length(20, 2048)]
    public required string PermissionsBoundary { get; init; }
}

public sealed record TagUserRequest
{
    [Length(1, 128), Name]
    public required string UserName { get; init; }

    [Length(0, TagSet.Limit)]
    public required IReadOnlyList<Tag> Tags { get; init; }
}

public sealed record UntagUserRequest
{
    [Length(1, 128), Name]
    public required string UserName { get; init; }

    [Length(0, TagSet.Limit), Length(1, 128, OfItems = true), Pattern(IamName.TagKeyPattern, OfItems = true)]
    public required IReadOnlyList<string> TagKeys { get; init; }
}
