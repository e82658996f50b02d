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
    public FunctionPolicy? Find(FunctionReference reference) => table.Find(KeyOf(reference));

    public Task PutAsync(FunctionReference reference, FunctionPolicy policy) => table.PutAsync(KeyOf(reference), policy);

    public async Task RemoveAsync(FunctionReference reference) => await table.RemoveAsync(KeyOf(reference));

    /// <summary>Removes the policies of a deleted function, so that the next function of its name has none.</summary>
    public async ValueTask RemoveAllAsync(FunctionReference reference)
    {
        var unqualified = reference with { Qualifier = null };
        foreach (var (key, _) in table.All())
        {
            if (
                key == KeyOf(unqualified)
                || (
                    key.AccountId == reference.AccountId
                    && key.Region == reference.Region
                    && key.Name.StartsWith(reference.Name + ":", StringComparison.Ordinal)
                )
            )
                await table.RemoveAsync(key);
        }
    }

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
        table.Find(KeyOf(reference)) is { } policy
            ? new AttachedPolicy(
                PolicyKind.Resource,
                reference.Arn,
                CompiledPolicies.Of(policy.TextFor(principals), PolicyDialect.ResourcePolicy)
            )
            : null;

    private static ResourceKey KeyOf(FunctionReference reference) =>
        new(
            reference.AccountId,
            reference.Region,
            reference.Qualifier is null ? reference.Name : $"{reference.Name}:{reference.Qualifier}"
        );
}
