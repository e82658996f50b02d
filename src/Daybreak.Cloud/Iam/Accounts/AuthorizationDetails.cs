using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Groups;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.InstanceProfiles;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Users;

namespace Daybreak.Cloud.Iam.Accounts;

/// <summary>GetAccountAuthorizationDetails: everybody of an account and every policy that is there or in use, in one list of
/// pages.</summary>
public sealed class AuthorizationDetails(IamState state, RoleOperations roles, InstanceProfileOperations profiles)
{
    public GetAccountAuthorizationDetailsResponse Get(GetAccountAuthorizationDetailsRequest request, OperationContext context)
    {
        var filter = request.Filter is { Count: > 0 } asked ? asked : ["User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy"];
        var account = context.AccountId;
        IEnumerable<(string Key, object Item)> Of<T>(string kind, IEnumerable<T> items, Func<T, string> name)
            where T : class => filter.Contains(kind) ? items.Select(item => ($"{kind}/{name(item)}", (object)item)) : [];
        var all = Of("User", state.Users.List(account), static user => user.Name)
            .Concat(Of("Role", state.Roles.List(account), static role => role.Name))
            .Concat(Of("Group", state.Groups.List(account), static group => group.Name))
            .Concat(Of("LocalManagedPolicy", state.Policies.Local(account), static policy => policy.Name))
            .Concat(
                Of(
                    "AWSManagedPolicy",
                    state.Policies.AwsManaged.Where(policy => UsesOf(policy, account).Any()),
                    static policy => policy.Arn
                )
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

    private UserDetail DetailOf(User user) =>
        new()
        {
            Path = user.Path,
            UserName = user.Name,
            UserId = user.Id,
            Arn = user.Arn,
            CreateDate = user.CreateDate,
            UserPolicyList = InlineOf(user),
            GroupList =
            [
                .. state.Groups.List(user.AccountId).Where(group => user.GroupIds.Contains(group.Id)).Select(static group => group.Name),
            ],
            AttachedManagedPolicies = AttachedTo(user),
            PermissionsBoundary = AttachedPermissionsBoundary.Of(user.PermissionsBoundary),
            Tags = user.Tags,
        };

    private GroupDetail DetailOf(Group group) =>
        new()
        {
            Path = group.Path,
            GroupName = group.Name,
            GroupId = group.Id,
            Arn = group.Arn,
            CreateDate = group.CreateDate,
            GroupPolicyList = InlineOf(group),
            AttachedManagedPolicies = AttachedTo(group),
        };

    private RoleDetail DetailOf(Role role, OperationContext context)
    {
        var use = state.LastUses.Find(role.Id);
        return new RoleDetail
        {
            Path = role.Path,
            RoleName = role.Name,
            RoleId = role.Id,
            Arn = role.Arn,
            CreateDate = role.CreateDate,
            AssumeRolePolicyDocument = roles.Describe(role).AssumeRolePolicyDocument,
            InstanceProfileList = profiles
                .ListForRole(new RoleListRequest { RoleName = role.Name, MaxItems = 1000 }, context)
                .InstanceProfiles,
            RolePolicyList = InlineOf(role),
            AttachedManagedPolicies = AttachedTo(role),
            PermissionsBoundary = AttachedPermissionsBoundary.Of(role.PermissionsBoundary),
            Tags = role.Tags,
            RoleLastUsed = new RoleLastUsed { LastUsedDate = use?.Date, Region = use?.Region },
        };
    }

    private ManagedPolicyDetail DetailOf(ManagedPolicy policy, string account) =>
        new()
        {
            PolicyName = policy.Name,
            PolicyId = policy.Id,
            Arn = policy.Arn,
            Path = policy.Path,
            DefaultVersionId = policy.DefaultVersionId,
            AttachmentCount = UsesOf(policy, account).Count(identity => identity.AttachedPolicies.Contains(policy.Arn)),
            PermissionsBoundaryUsageCount = UsesOf(policy, account).Count(identity => identity.PermissionsBoundary == policy.Arn),
            IsAttachable = true,
            Description = policy.Description,
            CreateDate = policy.CreateDate,
            UpdateDate = policy.UpdateDate,
            PolicyVersionList =
            [
                .. policy.Versions.Select(version => new PolicyVersionDescription
                {
                    Document = PolicyText.Encode(version.Document),
                    VersionId = version.VersionId,
                    IsDefaultVersion = version.VersionId == policy.DefaultVersionId,
                    CreateDate = version.CreateDate,
                }),
            ],
        };

    private IEnumerable<Identity> UsesOf(ManagedPolicy policy, string account) =>
        state
            .Groups.List(account)
            .Concat<Identity>(state.Users.List(account))
            .Concat(state.Roles.List(account))
            .Where(identity => identity.AttachedPolicies.Contains(policy.Arn) || identity.PermissionsBoundary == policy.Arn);

    private static List<PolicyDetail> InlineOf(Identity identity) =>
        [
            .. identity.InlinePolicies.Select(static policy => new PolicyDetail
            {
                PolicyName = policy.Key,
                PolicyDocument = PolicyText.Encode(policy.Value),
            }),
        ];

    private List<AttachedPolicyDescription> AttachedTo(Identity identity) =>
        [
            .. identity
                .AttachedPolicies.Select(arn => state.Policies.Find(identity.AccountId, arn))
                .OfType<ManagedPolicy>()
                .Select(static policy => new AttachedPolicyDescription { PolicyName = policy.Name, PolicyArn = policy.Arn }),
        ];
}
