using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Identities;

namespace Daybreak.Cloud.Iam.Groups;

/// <summary>Operations on the managed policies that are attached to groups, and on their inline policies.</summary>
public sealed class GroupPolicyOperations(IamState state)
{
    private readonly AttachedPolicies<Group> _attached = new(state, state.Groups);
    private readonly InlinePolicies<Group> _inline = new(state.Groups);

    public IEnumerable<AwsOperation> Operations() =>
        [
            new IamChange<GroupPolicyArnRequest, NoMembers>(
                state,
                "AttachGroupPolicy",
                (r, c) => _attached.AttachAsync(c, r.GroupName, r.PolicyArn)
            )
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
                Keys = static (r, c) => IamKeys.Policy(r.PolicyArn),
            },
            new IamChange<GroupPolicyRequest, NoMembers>(
                state,
                "DeleteGroupPolicy",
                (r, c) => _inline.DeleteAsync(c, r.GroupName, r.PolicyName)
            )
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
            new IamChange<GroupPolicyArnRequest, NoMembers>(
                state,
                "DetachGroupPolicy",
                (r, c) => _attached.DetachAsync(c, r.GroupName, r.PolicyArn)
            )
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
                Keys = static (r, c) => IamKeys.Policy(r.PolicyArn),
            },
            new AwsOperation<GroupPolicyRequest, GetGroupPolicyResponse>(
                "GetGroupPolicy",
                (r, c) =>
                    new GetGroupPolicyResponse
                    {
                        GroupName = r.GroupName,
                        PolicyName = r.PolicyName,
                        PolicyDocument = _inline.Get(c, r.GroupName, r.PolicyName),
                    }
            )
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
            new AwsOperation<ListAttachedGroupPoliciesRequest, ListAttachedPoliciesResponse>(
                "ListAttachedGroupPolicies",
                (r, c) => _attached.List(c, r.GroupName, r.PathPrefix, r)
            )
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
            new AwsOperation<GroupListRequest, ListInlinePoliciesResponse>("ListGroupPolicies", (r, c) => _inline.List(c, r.GroupName, r))
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
            new IamChange<PutGroupPolicyRequest, NoMembers>(
                state,
                "PutGroupPolicy",
                (r, c) => _inline.PutAsync(c, r.GroupName, r.PolicyName, r.PolicyDocument)
            )
            {
                Resource = (r, c) => state.Groups.ArnOf(c, r.GroupName),
            },
        ];
}
