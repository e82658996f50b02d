using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Iam.Groups;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Users;

namespace Daybreak.Cloud.Iam.Accounts;

public sealed record GetAccountAuthorizationDetailsRequest : PagedRequest
{
    [Values("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy", OfItems = true)]
    public IReadOnlyList<string>? Filter { get; init; }
}

public sealed record GetAccountAuthorizationDetailsResponse : PagedResponse
{
    public required IReadOnlyList<UserDescription> UserDetailList { get; init; }

    public required IReadOnlyList<GroupDescription> GroupDetailList { get; init; }

    public required IReadOnlyList<RoleDescription> RoleDetailList { get; init; }

    public required IReadOnlyList<PolicyDescription> Policies { get; init; }
}
