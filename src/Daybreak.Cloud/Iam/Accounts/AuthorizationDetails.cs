using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Groups;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.InstanceProfiles;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Users;

namespace Daybreak.Cloud.Iam.Accounts;

/// <summary>
/// GetAccountAuthorizationDetails: all identities of an account, and all policies that it has or uses, as pages of one list.
/// </summary>
public sealed class AuthorizationDetails(IamState state, RoleOperations roles, ManagedPolicies policies, InstanceProfileOperations profiles)
{
    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse>(
                "GetAccountAuthorizationDetails",
                Get
            ),
        ];

    public GetAccountAuthorizationDetailsResponse Get(GetAccountAuthorizationDetailsRequest request, OperationContext context)
    {
        var filter = request.Filter is { Count: > 0 } asked ? asked : ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];
        var account = context.AccountId;
        IEnumerable<(string Key, object Item)> Of<T>(string kind, IEnumerable<T> items, Func<T, string> name)
            where T : class => filter.Contains(kind) ? items.Select(item => ($"{kind}/{name(item)}", (object)item)) : [];
        var used = state
            .Identities(account)
            .SelectMany(static identity => identity.AttachedPolicies.Append(identity.PermissionsBoundary ?? ""))
            .ToHashSet();
        var all = Of("User", state.Users.List(account), static user => user.Name)
            .Concat(Of("Role", state.Roles.List(account), static role => role.Name))
            .Concat(Of("Group", state.Groups.List(account), static group => group.Name))
            .Concat(Of("LocalManagedPolicy", state.Policies.Local(account), static policy => policy.Name))
            .Concat(
                Of("AWSManagedPolicy", state.Policies.AwsManaged.Where(policy => used.Contains(policy.Arn)), static policy => policy.Arn)
            );
        var page = Page.Of(all, static entry => entry.Key, request.Marker, request.MaxItems);
        var items = page.Items.Select(static entry => entry.Item).ToList();
        return new GetAccountAuthorizationDetailsResponse
        {
            UserDetailList = [.. items.OfType<User>().Select(DetailOf)],
            GroupDetailList = [.. items.OfType<Group>().Select(DetailOf)],
            RoleDetailList = [.. items.OfType<Role>().Select(role => DetailOf(role, context))],
            Policies = [.. items.OfType<ManagedPolicy>().Select(policy => DetailOf(policy, account))],
            IsTruncated = page.IsTruncated,
            Marker = page.Marker,
        };
    }

    private UserDescription DetailOf(User user) =>
        UserOperations.Describe(user) with
        {
            UserPolicyList = PolicyDetail.Of(user),
            GroupList =
            [
                .. state.Groups.List(user.AccountId).Where(group => user.GroupIds.Contains(group.Id)).Select(static group => group.Name),
            ],
            AttachedManagedPolicies = AttachedTo(user),
            Tags = user.Tags,
        };

    private GroupDescription DetailOf(Group group) =>
        GroupOperations.Describe(group) with
        {
            GroupPolicyList = PolicyDetail.Of(group),
            AttachedManagedPolicies = AttachedTo(group),
        };

    private RoleDescription DetailOf(Role role, OperationContext context) =>
        roles.Describe(role) with
        {
            Description = null,
            MaxSessionDuration = null,
            InstanceProfileList = profiles
                .ListForRole(new RoleListRequest { RoleName = role.Name, MaxItems = 1000 }, context)
                .InstanceProfiles,
            RolePolicyList = PolicyDetail.Of(role),
            AttachedManagedPolicies = AttachedTo(role),
            Tags = role.Tags,
            RoleLastUsed = roles.LastUseOf(role),
        };

    private PolicyDescription DetailOf(ManagedPolicy policy, string account) =>
        policies.Describe(policy, account) with
        {
            Description = policy.Description,
            PolicyVersionList =
            [
                .. policy.Versions.Select(version =>
                    ManagedPolicyVersions.Describe(policy, version) with
                    {
                        Document = PolicyText.Encode(version.Document),
                    }
                ),
            ],
        };

    private IReadOnlyList<AttachedPolicyDescription> AttachedTo(Identity identity) =>
        [.. state.PoliciesOf(identity).Select(AttachedPolicyDescription.Of)];
}
