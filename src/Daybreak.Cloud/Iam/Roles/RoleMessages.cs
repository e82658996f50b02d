using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.InstanceProfiles;

namespace Daybreak.Cloud.Iam.Roles;

public sealed record RoleDescription
{
    public required string Path { get; init; }

    public required string RoleName { get; init; }

    public required string RoleId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>The document, percent-encoded.</summary>
    public required string AssumeRolePolicyDocument { get; init; }

    public string? Description { get; init; }

    public int? MaxSessionDuration { get; init; }

    public AttachedPermissionsBoundary? PermissionsBoundary { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public RoleLastUsed? RoleLastUsed { get; init; }

    // Only GetAccountAuthorizationDetails returns these.
    public IReadOnlyList<InstanceProfileDescription>? InstanceProfileList { get; init; }

    public IReadOnlyList<PolicyDetail>? RolePolicyList { get; init; }

    public IReadOnlyList<AttachedPolicyDescription>? AttachedManagedPolicies { get; init; }
}

public sealed record RoleLastUsed
{
    public DateTimeOffset? LastUsedDate { get; init; }

    public string? Region { get; init; }
}

public sealed record CreateRoleRequest
{
    [Length(1, 512), EntityPath]
    public string? Path { get; init; }

    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(1, IamName.DocumentLength), Pattern(IamName.DocumentPattern)]
    public required string AssumeRolePolicyDocument { get; init; }

    [Length(0, 1000), Pattern(IamName.DescriptionPattern)]
    public string? Description { get; init; }

    [Range(3600, 43200)]
    public int? MaxSessionDuration { get; init; }

    [Length(20, 2048)]
    public string? PermissionsBoundary { get; init; }

    [Length(0, TagSet.Limit)]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

public sealed record RoleResponse
{
    public required RoleDescription Role { get; init; }
}

public sealed record RoleRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }
}

public sealed record ListRolesRequest : PagedRequest
{
    [Length(1, 512), Pattern(IamName.PathPrefixPattern)]
    public string? PathPrefix { get; init; }
}

public sealed record ListRolesResponse : PagedResponse
{
    public required IReadOnlyList<RoleDescription> Roles { get; init; }
}

public sealed record UpdateRoleRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(0, 1000), Pattern(IamName.DescriptionPattern)]
    public string? Description { get; init; }

    [Range(3600, 43200)]
    public int? MaxSessionDuration { get; init; }
}

/// <summary>A response with an empty result element.</summary>
public sealed record UpdateRoleResponse;

public sealed record UpdateRoleDescriptionRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(0, 1000), Pattern(IamName.DescriptionPattern)]
    public required string Description { get; init; }
}

public sealed record UpdateAssumeRolePolicyRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(1, IamName.DocumentLength), Pattern(IamName.DocumentPattern)]
    public required string PolicyDocument { get; init; }
}

public sealed record RolePolicyArnRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(20, 2048)]
    public required string PolicyArn { get; init; }
}

public sealed record ListAttachedRolePoliciesRequest : PagedRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(1, 512), Pattern(IamName.PolicyPathPattern)]
    public string? PathPrefix { get; init; }
}

public sealed record RoleListRequest : PagedRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }
}

public sealed record PutRolePolicyRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(1, 128), Name]
    public required string PolicyName { get; init; }

    [Length(1, IamName.DocumentLength), Pattern(IamName.DocumentPattern)]
    public required string PolicyDocument { get; init; }
}

public sealed record RolePolicyRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(1, 128), Name]
    public required string PolicyName { get; init; }
}

public sealed record GetRolePolicyResponse
{
    public required string RoleName { get; init; }

    public required string PolicyName { get; init; }

    public required string PolicyDocument { get; init; }
}

public sealed record PutRolePermissionsBoundaryRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(20, 2048)]
    public required string PermissionsBoundary { get; init; }
}

public sealed record TagRoleRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(0, TagSet.Limit)]
    public required IReadOnlyList<Tag> Tags { get; init; }
}

public sealed record UntagRoleRequest
{
    [Length(1, 64), Name]
    public required string RoleName { get; init; }

    [Length(0, TagSet.Limit), Length(1, 128, OfItems = true), Pattern(IamName.TagKeyPattern, OfItems = true)]
    public required IReadOnlyList<string> TagKeys { get; init; }
}

public sealed record CreateServiceLinkedRoleRequest
{
    [Length(1, 128), Name]
    public required string AWSServiceName { get; init; }

    [Length(0, 1000), Pattern(IamName.DescriptionPattern)]
    public string? Description { get; init; }

    [Length(1, 64), Name]
    public string? CustomSuffix { get; init; }
}

public sealed record DeleteServiceLinkedRoleResponse
{
    public required string DeletionTaskId { get; init; }
}

public sealed record ServiceLinkedRoleDeletionRequest
{
    [Length(1, 1000)]
    public required string DeletionTaskId { get; init; }
}

public sealed record ServiceLinkedRoleDeletionResponse
{
    /// <summary><c>SUCCEEDED</c> or <c>FAILED</c>.</summary>
    public required string Status { get; init; }

    public DeletionTaskFailureReason? Reason { get; init; }
}

public sealed record DeletionTaskFailureReason
{
    public required string Reason { get; init; }

    public required IReadOnlyList<RoleUsage> RoleUsageList { get; init; }
}

public sealed record RoleUsage
{
    public required string Region { get; init; }

    /// <summary>The ARNs of the resources.</summary>
    public required IReadOnlyList<string> Resources { get; init; }
}
