using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Iam.Accounts;
using Daybreak.Cloud.Iam.Groups;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.InstanceProfiles;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Simulation;
using Daybreak.Cloud.Iam.Users;

namespace Daybreak.Cloud.Iam;

/// <summary>AWS Identity and Access Management.</summary>
public sealed class IamService
{
    /// <param name="linkedRoles">The service-linked roles.</param>
    /// <param name="usesOf">Returns the Region and ARN of each resource of a service in an account, which needs the role.</param>
    public IamService(
        IamState state,
        TrustPolicy trust,
        PrincipalPolicyReader reader,
        ServiceLinkedRoles linkedRoles,
        Func<string, string, IEnumerable<(string Region, string Arn)>> usesOf,
        TimeProvider time
    )
    {
        var policies = new ManagedPolicies(state, time);
        var roles = new RoleOperations(state, trust, time);
        var profiles = new InstanceProfileOperations(state, roles, time);

        Description = new AwsService
        {
            Name = "iam",
            Version = "2010-05-08",
            Protocol = new QueryProtocol(),
            XmlNamespace = "https://iam.amazonaws.com/doc/2010-05-08/",
            ValidationErrorCode = "ValidationError",
            HidesValuesInValidationErrors = true,
            Counts = () =>
                new Dictionary<string, int>
                {
                    ["policies"] = state.Policies.Count,
                    ["roles"] = state.Roles.Count,
                    ["users"] = state.Users.Count,
                    ["groups"] = state.Groups.Count,
                },
            Operations = OperationNames.Complete(
                "Iam",
                [
                    .. roles.Operations(),
                    .. new RolePolicyOperations(state, roles).Operations(),
                    .. new ServiceLinkedRoleOperations(state, linkedRoles, roles, usesOf).Operations(),
                    .. new UserOperations(state, time).Operations(),
                    .. new UserPolicyOperations(state).Operations(),
                    .. new AccessKeyOperations(state, time).Operations(),
                    .. new LoginProfileOperations(state, time).Operations(),
                    .. new GroupOperations(state, time).Operations(),
                    .. new GroupPolicyOperations(state).Operations(),
                    .. profiles.Operations(),
                    .. policies.Operations(),
                    .. new ManagedPolicyVersions(state, policies, time).Operations(),
                    .. new PolicySimulation(state, reader).Operations(),
                    .. new AccountOperations(state).Operations(),
                    .. new AccountSummary(state).Operations(),
                    .. new AuthorizationDetails(state, roles, policies, profiles).Operations(),
                    .. new EmptyLists(state).Operations(),
                ]
            ),
        };
    }

    public AwsService Description { get; }
}
