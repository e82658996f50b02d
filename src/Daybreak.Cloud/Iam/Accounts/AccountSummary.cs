using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam.Accounts;

/// <summary>The numbers of an account's resources, and their quotas.</summary>
public sealed class AccountSummary(IamState state)
{
    public IEnumerable<AwsOperation> Operations() => [new AwsOperation<NoMembers, GetAccountSummaryResponse>("GetAccountSummary", Get)];

    public GetAccountSummaryResponse Get(NoMembers request, OperationContext context)
    {
        var account = context.AccountId;
        return new GetAccountSummaryResponse
        {
            SummaryMap = new Dictionary<string, int>
            {
                ["Users"] = state.Users.List(account).Count(),
                ["UsersQuota"] = 5000,
                ["Groups"] = state.Groups.List(account).Count(),
                ["GroupsQuota"] = 300,
                ["GroupsPerUserQuota"] = 10,
                ["Roles"] = state.Roles.List(account).Count(),
                ["RolesQuota"] = 1000,
                ["InstanceProfiles"] = state.InstanceProfiles.List(account, "").Count,
                ["InstanceProfilesQuota"] = 1000,
                ["Policies"] = state.Policies.Local(account).Count(),
                ["PoliciesQuota"] = 1500,
                ["PolicyVersionsInUse"] = state.Policies.Local(account).Sum(static policy => policy.Versions.Length),
                ["PolicyVersionsInUseQuota"] = 10_000,
                ["VersionsPerPolicyQuota"] = 5,
                ["PolicySizeQuota"] = PolicySize.ManagedPolicy,
                ["AssumeRolePolicySizeQuota"] = PolicySize.TrustPolicy,
                ["UserPolicySizeQuota"] = PolicySize.UserInlinePolicies,
                ["GroupPolicySizeQuota"] = PolicySize.GroupInlinePolicies,
                ["RolePolicySizeQuota"] = PolicySize.RoleInlinePolicies,
                ["AttachedPoliciesPerUserQuota"] = IdentityKind.AttachedLimit,
                ["AttachedPoliciesPerGroupQuota"] = IdentityKind.AttachedLimit,
                ["AttachedPoliciesPerRoleQuota"] = IdentityKind.AttachedLimit,
                ["AccessKeysPerUserQuota"] = 2,
                ["AccountAccessKeysPresent"] = state.AccessKeys.List("", "").Any(key => key.AccountId == account && key.UserId == account)
                    ? 1
                    : 0,
                ["AccountMFAEnabled"] = 0,
                ["MFADevices"] = 0,
                ["MFADevicesInUse"] = 0,
                ["Providers"] = 0,
                ["ServerCertificates"] = 0,
                ["GlobalEndpointTokenVersion"] = 1,
            },
        };
    }
}

public sealed record GetAccountSummaryResponse
{
    public required IReadOnlyDictionary<string, int> SummaryMap { get; init; }
}
