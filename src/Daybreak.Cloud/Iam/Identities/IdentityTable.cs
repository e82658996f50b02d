using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam.Identities;

/// <summary>All users, groups or roles. Names must differ in more than case.</summary>
/// <param name="builtIn">The identity that every account has from the start. It cannot be changed and is not listed.</param>
public sealed class IdentityTable<T>(ResourceTable<T> table, IdentityKind kind, Func<string, T>? builtIn = null)
    where T : Identity
{
    public int Count => table.Count;

    public IdentityKind Kind => kind;

    public T? Find(string accountId, string name) => table.Find(KeyOf(accountId, name)) ?? BuiltIn(accountId, name);

    /// <param name="id">The unique id.</param>
    public T? FindById(string accountId, string id) =>
        List(accountId).FirstOrDefault(identity => identity.Id == id)
        ?? (builtIn?.Invoke(accountId) is { } own && own.Id == id ? own : null);

    /// <exception cref="Aws.AwsException">NoSuchEntity</exception>
    public T Get(OperationContext context, string name) => Find(context.AccountId, name) ?? throw IamErrors.NoSuchIdentity(kind, name);

    /// <summary>In IAM's order of lists, by name.</summary>
    public IEnumerable<T> List(string accountId) => table.List(accountId, "");

    public IEnumerable<T> All() => table.All().Select(static pair => pair.Value);

    /// <exception cref="Aws.AwsException">EntityAlreadyExists</exception>
    public async ValueTask AddAsync(T identity)
    {
        if (
            BuiltIn(identity.AccountId, identity.Name) is not null
            || !await table.TryAddAsync(KeyOf(identity.AccountId, identity.Name), identity)
        )
            throw IamErrors.EntityAlreadyExists($"{kind.Title} with name {identity.Name} already exists.");
    }

    /// <exception cref="Aws.AwsException">UnmodifiableEntity</exception>
    public void CheckModifiable(T identity)
    {
        if (BuiltIn(identity.AccountId, identity.Name) is not null)
            throw IamErrors.UnmodifiableEntity($"The {kind.Resource} {identity.Name} comes with the local AWS and cannot be changed.");
    }

    /// <exception cref="Aws.AwsException">UnmodifiableEntity</exception>
    public async ValueTask PutAsync(T identity) => await table.PutAsync(OwnKeyOf(identity), identity);

    /// <exception cref="Aws.AwsException">UnmodifiableEntity</exception>
    public async ValueTask RemoveAsync(T identity) => await table.RemoveAsync(OwnKeyOf(identity));

    /// <summary>Returns the ARN that policies name for <paramref name="name"/>, with its path if the identity exists.</summary>
    public string ArnOf(OperationContext context, string? name) =>
        (name is null ? null : Find(context.AccountId, name)?.Arn) ?? $"arn:aws:iam::{context.AccountId}:{kind.Resource}/{name}";

    private T? BuiltIn(string accountId, string name) =>
        builtIn?.Invoke(accountId) is { } own && own.Name.Equals(name, StringComparison.OrdinalIgnoreCase) ? own : null;

    private ResourceKey OwnKeyOf(T identity)
    {
        CheckModifiable(identity);
        return KeyOf(identity.AccountId, identity.Name);
    }

    private static ResourceKey KeyOf(string accountId, string name) => new(accountId, "", name.ToLowerInvariant());
}
