using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam.Managed;

/// <summary>All managed policies: AWS's, which every account has, and those of customers.</summary>
public sealed class ManagedPolicyTable(ResourceTable<ManagedPolicy> table, AwsManagedPolicies awsManaged)
{
    public int Count => table.Count;

    public IEnumerable<ManagedPolicy> Local(string accountId) => table.List(accountId, "");

    public IEnumerable<ManagedPolicy> AwsManaged => awsManaged.All;

    /// <param name="arn">A policy of another account is not found, because IAM does not attach it.</param>
    public ManagedPolicy? Find(string accountId, string arn)
    {
        if (awsManaged.Find(arn) is { } aws)
            return aws;
        var found = table.Find(KeyOf(accountId, arn[(arn.LastIndexOf('/') + 1)..]));
        return found?.Arn == arn ? found : null;
    }

    /// <exception cref="Aws.AwsException">EntityAlreadyExists: names are unique whatever their path.</exception>
    public async ValueTask AddAsync(ManagedPolicy policy)
    {
        if (!await table.TryAddAsync(KeyOf(policy.AccountId, policy.Name), policy))
            throw IamErrors.EntityAlreadyExists($"A policy called {policy.Name} already exists. Duplicate names are not allowed.");
    }

    public async ValueTask PutAsync(ManagedPolicy policy) => await table.PutAsync(KeyOf(policy.AccountId, policy.Name), policy);

    public async ValueTask RemoveAsync(ManagedPolicy policy) => await table.RemoveAsync(KeyOf(policy.AccountId, policy.Name));

    private static ResourceKey KeyOf(string accountId, string name) => new(accountId, "", name.ToLowerInvariant());
}
