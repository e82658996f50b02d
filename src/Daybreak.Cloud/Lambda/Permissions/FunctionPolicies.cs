using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Permissions;

/// <summary>The resource policies of functions, stored and as decisions use them. Each belongs to exactly the qualifier that it was
/// added for.</summary>
internal sealed class FunctionPolicies(ResourceTable<FunctionPolicy> table, IPrincipalIds principals)
{
    public FunctionPolicy? Find(FunctionReference reference) => table.Find(reference.QualifiedKey);

    public Task PutAsync(FunctionReference reference, FunctionPolicy policy) => table.PutAsync(reference.QualifiedKey, policy);

    public async Task RemoveAsync(FunctionReference reference) => await table.RemoveAsync(reference.QualifiedKey);

    /// <summary>
    /// The changes that remove the policies of a deleted function, version or alias, so that the next one of its name has none.
    /// </summary>
    public IEnumerable<RowChange> RemovalsOf(FunctionReference reference) =>
        reference.Qualifier is null
            ? table.All().Where(item => item.Key == reference.Key || reference.Owns(item.Key)).Select(item => table.Remove(item.Key))
            : [table.Remove(reference.QualifiedKey)];

    /// <summary>The policy that a decision about a request uses; null when the function has none.</summary>
    public AttachedPolicy? PolicyOf(INamesFunction request, OperationContext context) => PolicyOf(FunctionReference.Of(request, context));

    /// <summary>The same for an ARN.</summary>
    public AttachedPolicy? PolicyOf(string functionArn)
    {
        if (
            !Arn.TryParse(functionArn, out var arn)
            || arn.Resource.Split(':') is not ["function", var name, .. var rest]
            || rest.Length > 1
        )
            return null;
        var reference = new FunctionReference(arn.AccountId, arn.Region, name, rest.FirstOrDefault());
        return PolicyOf(reference);
    }

    private AttachedPolicy? PolicyOf(FunctionReference reference) =>
        table.Find(reference.QualifiedKey) is { } policy
            ? new AttachedPolicy(
                PolicyKind.Resource,
                reference.Arn,
                CompiledPolicies.Of(policy.TextFor(principals), PolicyDialect.ResourcePolicy)
            )
            : null;
}
