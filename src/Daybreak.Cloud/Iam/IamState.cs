using Daybreak.Cloud.Iam.Accounts;
using Daybreak.Cloud.Iam.Groups;
using Daybreak.Cloud.Iam.Identities;
using Daybreak.Cloud.Iam.InstanceProfiles;
using Daybreak.Cloud.Iam.Managed;
using Daybreak.Cloud.Iam.Roles;
using Daybreak.Cloud.Iam.Users;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Iam;

/// <summary>All data of IAM. Changes run one after the other.</summary>
public sealed class IamState(StateStore store) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private long _version;

    public IdentityTable<Role> Roles { get; } = new(store.Table("iam_role", IamJson.Default.Role), IdentityKind.Role);

    public IdentityTable<User> Users { get; } = new(store.Table("iam_user", IamJson.Default.User), IdentityKind.User, Administrator.Of);

    public IdentityTable<Group> Groups { get; } = new(store.Table("iam_group", IamJson.Default.Group), IdentityKind.Group);

    public ManagedPolicyTable Policies { get; } = new(store.Table("iam_policy", IamJson.Default.ManagedPolicy), AwsManagedPolicies.Load());

    public ResourceTable<InstanceProfile> InstanceProfiles { get; } = store.Table("iam_instance_profile", IamJson.Default.InstanceProfile);

    public ResourceTable<UserAccessKey> AccessKeys { get; } = store.Table("iam_access_key", IamJson.Default.UserAccessKey);

    public ResourceTable<Account> Accounts { get; } = store.Table("iam_account", IamJson.Default.Account);

    /// <summary>The last deletion of each service-linked role, by its name.</summary>
    public ResourceTable<RoleDeletion> RoleDeletions { get; } = store.Table("iam_role_deletion", IamJson.Default.RoleDeletion);

    public LastUses LastUses { get; } = new(store.Table("iam_last_use", IamJson.Default.LastUse));

    /// <summary>Finds the ARNs by which policies name the resources of a request.</summary>
    internal IamArns Arns => field ??= new IamArns(this);

    /// <summary>Everything that policies can be attached to.</summary>
    public IEnumerable<Identity> Identities(string accountId) =>
        Groups.List(accountId).Concat<Identity>(Users.List(accountId)).Concat(Roles.List(accountId));

    /// <summary>The managed policies that are attached to an identity.</summary>
    public IEnumerable<ManagedPolicy> PoliciesOf(Identity identity) =>
        identity.AttachedPolicies.Select(arn => Policies.Find(identity.AccountId, arn)!);

    /// <summary>Rises with every change, so that data derived from an older state is known to be stale.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Runs a change exclusively: everything that it reads stays valid until it has written.</summary>
    public async ValueTask<T> ChangeAsync<T>(Func<ValueTask<T>> change, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return await change();
        }
        finally
        {
            // The number rises after a failure too, because part of the change may have been written.
            Interlocked.Increment(ref _version);
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
