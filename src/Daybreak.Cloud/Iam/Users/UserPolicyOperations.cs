using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Users;

/// <summary>Operations on the managed policies that are attached to users, on their inline policies, and on their boundaries.</summary>
public sealed class UserPolicyOperations(IamState state)
{
    private readonly AttachedPolicies<User> _attached = new(state, state.Users);
    private readonly InlinePolicies<User> _inline = new(state.Users);
    private readonly PermissionsBoundaries<User> _boundaries = new(state, state.Users);

    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<UserPolicyArnRequest, NoMembers>(
                state,
                "AttachUserPolicy",
                (r, c) => _attached.AttachAsync(c, r.UserName, r.PolicyArn)
            )
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = (r, c) => state.Arns.UserKeys(c, r.UserName, r.PolicyArn),
            },
            new IamChange<DeleteUserPermissionsBoundaryRequest, NoMembers>(
                state,
                "DeleteUserPermissionsBoundary",
                (r, c) => _boundaries.DeleteAsync(c, r.UserName)
            )
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = (r, c) => state.Arns.UserKeys(c, r.UserName),
            },
            new IamChange<UserPolicyRequest, NoMembers>(
                state,
                "DeleteUserPolicy",
                (r, c) => _inline.DeleteAsync(c, r.UserName, r.PolicyName)
            )
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = (r, c) => state.Arns.UserKeys(c, r.UserName),
            },
            new IamChange<UserPolicyArnRequest, NoMembers>(
                state,
                "DetachUserPolicy",
                (r, c) => _attached.DetachAsync(c, r.UserName, r.PolicyArn)
            )
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = (r, c) => state.Arns.UserKeys(c, r.UserName, r.PolicyArn),
            },
            new AwsOperation<UserPolicyRequest, GetUserPolicyResponse>(
                "GetUserPolicy",
                (r, c) =>
                    new GetUserPolicyResponse
                    {
                        UserName = r.UserName,
                        PolicyName = r.PolicyName,
                        PolicyDocument = _inline.Get(c, r.UserName, r.PolicyName),
                    }
            )
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = (r, c) => state.Arns.UserKeys(c, r.UserName),
            },
            new AwsOperation<ListAttachedUserPoliciesRequest, ListAttachedPoliciesResponse>(
                "ListAttachedUserPolicies",
                (r, c) => _attached.List(c, r.UserName, r.PathPrefix, r)
            )
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new AwsOperation<UserListRequest, ListInlinePoliciesResponse>("ListUserPolicies", (r, c) => _inline.List(c, r.UserName, r))
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
            },
            new IamChange<PutUserPermissionsBoundaryRequest, NoMembers>(
                state,
                "PutUserPermissionsBoundary",
                (r, c) => _boundaries.PutAsync(c, r.UserName, r.PermissionsBoundary)
            )
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = static (r, c) => IamKeys.Tags(null, r.PermissionsBoundary),
            },
            new IamChange<PutUserPolicyRequest, NoMembers>(
                state,
                "PutUserPolicy",
                (r, c) => _inline.PutAsync(c, r.UserName, r.PolicyName, r.PolicyDocument)
            )
            {
                Resource = (r, c) => state.Arns.User(c, r.UserName),
                Keys = (r, c) => state.Arns.UserKeys(c, r.UserName),
            },
        ];
}
