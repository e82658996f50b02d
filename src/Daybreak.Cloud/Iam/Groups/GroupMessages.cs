using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.Users;

namespace Daybreak.Cloud.Iam.Groups;

public sealed record GroupDescription
{
    public required string Path { get; init; }

    public required string GroupName { get; init; }

    public required string GroupId { get; init; }

    public required string Arn { get; init; }

    public required DateTimeOffset CreateDate { get; init; }

    // Only GetAccountAuthorizationDetails returns these.
    public IReadOnlyList<PolicyDetail>? GroupPolicyList { get; init; }

    public IReadOnlyList<AttachedPolicyDescription>? AttachedManagedPolicies { get; init; }
}

public sealed record CreateGroupRequest
{
    [Length(1, 512), EntityPath]
    public string? Path { get; init; }

    [Length(1, 128), Name]
    public required string GroupName { get; init; }
}

public sealed record GroupResponse
{
    public required GroupDescription Group { get; init; }
}

public sealed record GroupRequest
{
    [Length(1, 128), Name]
    public required string GroupName { get; init; }
}

public sealed record GroupListRequest : PagedRequest
{
    [Length(1, 128), Name]
    public required string GroupName { get; init; }
}

public sealed record GetGroupResponse : PagedResponse
{
    public required GroupDescription Group { get; init; }

    public required IReadOnlyList<UserDescription> Users { get; init; }
}

public sealed record ListGroupsRequest : PagedRequest
{
    [Length(1, 512), Pattern(IamName.PathPrefixPattern)]
    public string? PathPrefix { get; init; }
}

public sealed record ListGroupsResponse : PagedResponse
{
    public required IReadOnlyList<GroupDescription> Groups { get; init; }
}

public sealed record UpdateGroupRequest
{
    [Length(1, 128), Name]
    public required string GroupName { get; init; }

    [Length(1, 512), EntityPath]
    public string? NewPath { get; init; }

    [Length(1, 128), Name]
    public string? NewGroupName { get; init; }
}

public sealed record GroupUserRequest
{
    [Length(1, 128), Name]
    public required string GroupName { get; init; }

    [Length(1, 128), Name]
    public required string UserName { get; init; }
}

public sealed record GroupPolicyArnRequest
{
    [Length(1, 128), Name]
    public required string GroupName { get; init; }

    [Length(20, 2048)]
    public required string PolicyArn { get; init; }
}

public sealed record ListAttachedGroupPoliciesRequest : PagedRequest
{
    [Length(1, 128), Name]
    public required string GroupName { get; init; }

    [Length(1, 512), Pattern(IamName.PolicyPathPattern)]
    public string? PathPrefix { get; init; }
}

public sealed record PutGroupPolicyRequest
{
    [Length(1, 128), Name]
    public required string GroupName { get; init; }

    [Length(1, 128), Name]
    public required string PolicyName { get; init; }

    [Length(1, IamName.DocumentLength), Pattern(IamName.DocumentPattern)]
    public required string PolicyDocument { get; init; }
}

public sealed record GroupPolicyRequest
{
    [Length(1, 128), Name]
    public required string GroupName { get; init; }

    [Length(1, 128), Name]
    public required string PolicyName { get; init; }
}

public sealed record GetGroupPolicyResponse
{
    public required string GroupName { get; init; }

    public required string PolicyName { get; init; }

    public required string PolicyDocument { get; init; }
}
