using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Roles;

/// <summary>Operations on the managed policies that are attached to roles, on their inline policies, and on their boundaries.</summary>
public sealed class RolePolicyOperations(IamState state, RoleOperations roles)
{
    private readonly AttachedPolicies<Role> _attached = new(state, state.Roles);
    private readonly InlinePolicies<Role> _inline = new(state.Roles);
    private readonly PermissionsBoundaries<Role> _boundaries = new(state, state.Roles);

    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<RolePolicyArnRequest, NoMembers>(
                state,
                "AttachRolePolicy",
                (r, c) => _attached.AttachAsync(c, roles.Modifiable(c, r.RoleName, r.PolicyArn), r.PolicyArn)
            )
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName, r.PolicyArn),
            },
            new IamChange<RoleRequest, NoMembers>(state, "DeleteRolePermissionsBoundary", (r, c) => _boundaries.DeleteAsync(c, r.RoleName))
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName),
            },
            new IamChange<RolePolicyRequest, NoMembers>(
                state,
                "DeleteRolePolicy",
                (r, c) => _inline.DeleteAsync(c, roles.Modifiable(c, r.RoleName).Name, r.PolicyName)
            )
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName),
            },
            new IamChange<RolePolicyArnRequest, NoMembers>(
                state,
                "DetachRolePolicy",
                (r, c) => _attached.DetachAsync(c, roles.Modifiable(c, r.RoleName, r.PolicyArn), r.PolicyArn)
            )
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName, r.PolicyArn),
            },
            new AwsOperation<RolePolicyRequest, GetRolePolicyResponse>(
                "GetRolePolicy",
                (r, c) =>
                    new GetRolePolicyResponse
                    {
                        RoleName = r.RoleName,
                        PolicyName = r.PolicyName,
                        PolicyDocument = _inline.Get(c, r.RoleName, r.PolicyName),
                    }
            )
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName),
            },
            new AwsOperation<ListAttachedRolePoliciesRequest, ListAttachedPoliciesResponse>(
                "ListAttachedRolePolicies",
                (r, c) => _attached.List(c, r.RoleName, r.PathPrefix, r)
            )
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
            },
            new AwsOperation<RoleListRequest, ListInlinePoliciesResponse>("ListRolePolicies", (r, c) => _inline.List(c, r.RoleName, r))
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
            },
            new IamChange<PutRolePermissionsBoundaryRequest, NoMembers>(
                state,
                "PutRolePermissionsBoundary",
                (r, c) => _boundaries.PutAsync(c, roles.Modifiable(c, r.RoleName).Name, r.PermissionsBoundary)
            )
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = static (r, c) => IamKeys.Tags(null, r.PermissionsBoundary),
            },
            new IamChange<PutRolePolicyRequest, NoMembers>(
                state,
                "PutRolePolicy",
                (r, c) => _inline.PutAsync(c, roles.Modifiable(c, r.RoleName).Name, r.PolicyName, r.PolicyDocument)
            )
            {
                Resource = (r, c) => state.Roles.ArnOf(c, r.RoleName),
                Keys = (r, c) => state.Arns.RoleKeys(c, r.RoleName),
            },
        ];
}
