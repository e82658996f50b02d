using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.InstanceProfiles;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;

namespace Daybreak.Cloud.Iam.Accounts;

public sealed record GetAccountAuthorizationDetailsRequest : PagedRequest
{
    [Values("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy", OfItems = true)]
    public IReadOnlyList<string>? Filter { get; init; }
}

public sealed record GetAccountAuthorizationDetailsResponse : PagedResponse
{
    public required IReadOnlyList<UserDetail> UserDetailList { get; init; }

    public required IReadOnlyList<GroupDetail> GroupDetailList { get; init; }

    public required IReadOnlyList<RoleDetail> RoleDetailList { get; init; }

    public required IReadOnlyList<ManagedPolicyDetail> Policies { get; init; }
}

/// <summary>An inline policy.</summary>
public sealed record PolicyDetail
{
    public required string PolicyName { get; init; }

    /// <summary>Percent-encoded.</summary>
    public required string PolicyDocument { get; init; }
}

public sealed record UserDetail
{
    public required string Path { get; init; }

    public required string UserName { get; init; }

    public required string UserId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public required IReadOnlyList<PolicyDetail> UserPolicyList { get; init; }

    public required IReadOnlyList<string> GroupList { get; init; }

    public required IReadOnlyList<AttachedPolicyDescription> AttachedManagedPolicies { get; init; }

    public AttachedPermissionsBoundary? PermissionsBoundary { get; init; }

    public required IReadOnlyList<Tag> Tags { get; init; }
}

public sealed record GroupDetail
{
    public required string Path { get; init; }

    public required string GroupName { get; init; }

    public required string GroupId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    public required IReadOnlyList<PolicyDetail> GroupPolicyList { get; init; }

    public required IReadOnlyList<AttachedPolicyDescription> AttachedManagedPolicies { get; init; }
}

public sealed record RoleDetail
{
    public required string Path { get; init; }

    public required string RoleName { get; init; }

    public required string RoleId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>Percent-encoded.</summary>
    public required string AssumeRolePolicyDocument { get; init; }

    public required IReadOnlyList<InstanceProfileDescription> InstanceProfileList { get; init; }

    public required IReadOnlyList<PolicyDetail> RolePolicyList { get; init; }

    public required IReadOnlyList<AttachedPolicyDescription> AttachedManagedPolicies { get; init; }

    public AttachedPermissionsBoundary? PermissionsBoundary { get; init; }

    public required IReadOnlyList<Tag> Tags { get; init; }

    public required RoleLastUsed RoleLastUsed { get; init; }
}

public sealed record ManagedPolicyDetail
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

    public required IReadOnlyList<PolicyVersionDescription> PolicyVersionList { get; init; }
}
