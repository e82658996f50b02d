using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>All users, groups or roles. Names differ by more than case.</summary>
public sealed class IdentityTable<T>(ResourceTable<T> table, IdentityKind kind)
    where T : Identity
{
    public int Count => table.Count;

    public IdentityKind Kind => kind;

    public T? Find(string accountId, string name) => table.Find(KeyOf(accountId, name));

    /// <exception cref="Aws.AwsException">NoSuchEntity</exception>
    public T Get(OperationContext context, string name) => Find(context.AccountId, name) ?? throw IamErrors.NoSuchIdentity(kind, name);

    /// <summary>By name, in the order in which IAM lists.</summary>
    public IEnumerable<T> List(string accountId) => table.List(accountId, "");

    public IEnumerable<T> All() => table.All().Select(static pair => pair.Value);

    /// <exception cref="Aws.AwsException">EntityAlreadyExists</exception>
    public async ValueTask AddAsync(T identity)
    {
        if (!await table.TryAddAsync(KeyOf(identity.AccountId, identity.Name), identity))
            throw IamErrors.EntityAlreadyExists($"{kind.Title} with name {identity.Name} already exists.");
    }

    public async ValueTask PutAsync(T identity) => await table.PutAsync(KeyOf(identity.AccountId, identity.Name), identity);

    public async ValueTask RemoveAsync(T identity) => await table.RemoveAsync(KeyOf(identity.AccountId, identity.Name));

    /// <summary>The ARN that policies name for <paramref name="name"/>: with its path, when there is such an identity.</summary>
    public string ArnOf(OperationContext context, string? name) =>
        (name is null ? null : Find(context.AccountId, name)?.Arn) ?? $"arn:aws:iam::{context.AccountId}:{kind.Resource}/{name}";

    private static ResourceKey KeyOf(string accountId, string name) => new(accountId, "", name.ToLowerInvariant());
}
