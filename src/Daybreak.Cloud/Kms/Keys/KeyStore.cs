using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Kms.Aliases;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Kms.Keys;

/// <summary>All keys and aliases: how a request finds a key, and how one is changed.</summary>
internal sealed class KeyStore(StateStore store, TimeProvider time)
{
    private const int MaterialBytes = 32;
    private const int MaterialIdBytes = 32;

    private readonly KeyedLock<ResourceKey> _changes = new();
    private readonly ResourceTable<Key> _keys = store.Table("kms_keys", KmsJson.Default.Key);
    private readonly ResourceTable<KeyAlias> _aliases = store.Table("kms_aliases", KmsJson.Default.KeyAlias);
    private readonly SealingKey _sealing = SealingKey.Open(store.Directory);

    public int Count => _keys.All().Count(item => !IsGone(item.Value));

    public ResourceTable<KeyAlias> Aliases => _aliases;

    public IEnumerable<Key> Of(string accountId, string region) => _keys.List(accountId, region).Where(key => !IsGone(key));

    public Key? Find(ResourceKey place) => _keys.Find(place) is { } key && !IsGone(key) ? key : null;

    /// <summary>The aliases of an account and Region whose keys are there.</summary>
    public IEnumerable<KeyAlias> AliasesOf(string accountId, string region) =>
        _aliases.List(accountId, region).Where(alias => Find(alias.Target) is not null);

    /// <summary>The names of the aliases of a key, in no particular order.</summary>
    public IEnumerable<string> AliasesOf(Key key) =>
        _aliases.All().Where(item => item.Value.Target == key.Place).Select(static item => item.Value.Name);

    /// <summary>The key that a request names in any form.</summary>
    /// <returns>Null when there is none.</returns>
    public Key? Find(string keyId, OperationContext context)
    {
        try
        {
            var reference = KeyReference.Of(keyId, context);
            return reference.IsAlias ? OfAlias(reference.Place) : Find(reference.Place);
        }
        catch (AwsException)
        {
            return null;
        }
    }

    /// <summary>The key that a request names in any form. A key of AWS's own is made with its first use.</summary>
    /// <exception cref="AwsException">There is none.</exception>
    public async ValueTask<Key> NamedAsync(string keyId, OperationContext context)
    {
        var reference = KeyReference.Of(keyId, context);
        if (!reference.IsAlias)
            return Find(reference.Place) ?? throw KmsErrors.KeyNotFound(KeyReference.ArnOf(reference.Place));
        if (OfAlias(reference.Place) is { } found)
            return found;
        return ManagedKeys.Has(reference.Place.Name) && reference.Place.AccountId == context.AccountId
            ? await MakeManagedAsync(reference.Place)
            : throw KmsErrors.AliasNotFound(KeyReference.AliasArnOf(reference.Place));
    }

    /// <summary>The key that a request names by its id or ARN, as most operations want it.</summary>
    /// <exception cref="AwsException">There is none.</exception>
    public Key Named(string keyId, OperationContext context)
    {
        var reference = KeyReference.Of(keyId, context);
        if (reference.IsAlias)
            throw KmsErrors.InvalidKeyId(keyId);
        return Find(reference.Place) ?? throw KmsErrors.KeyNotFound(KeyReference.ArnOf(reference.Place));
    }

    public Task AddAsync(Key key) => _keys.PutAsync(key.Place, key);

    /// <summary>Makes the next state of a key, one change after the other.</summary>
    /// <returns>The next state.</returns>
    public async ValueTask<Key> ChangeAsync(string keyId, OperationContext context, Func<Key, Key> change)
    {
        var place = Named(keyId, context).Place;
        using var turn = await _changes.EnterAsync(place);
        var before = Find(place) ?? throw KmsErrors.KeyNotFound(KeyReference.ArnOf(place));
        if (before.ManagedAlias is not null)
            throw KmsErrors.ManagedByAws(before.Arn);
        var next = change(before);
        if (!ReferenceEquals(next, before))
            await _keys.PutAsync(place, next);
        return next;
    }

    /// <summary>New material for a key.</summary>
    public KeyMaterial NewMaterial(string keyId)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MaterialIdBytes));
        return new KeyMaterial(id, _sealing.Seal(RandomNumberGenerator.GetBytes(MaterialBytes), OwnerOf(keyId, id)));
    }

    public byte[] Unseal(Key key, KeyMaterial material) => _sealing.Unseal(material.Stored, OwnerOf(key.Id, material.Id));

    /// <summary>Removes what was to be deleted by now, and gives new material to keys whose time has come.</summary>
    public async Task SweepAsync()
    {
        foreach (var (place, seen) in _keys.All().ToList())
        {
            if (!IsGone(seen) && !IsDue(seen))
                continue;
            using var turn = await _changes.EnterAsync(place);
            if (_keys.Find(place) is not { } key)
                continue;
            if (IsGone(key))
            {
                foreach (var (alias, _) in _aliases.All().Where(item => item.Value.Target == place).ToList())
                    await _aliases.RemoveAsync(alias);
                await _keys.RemoveAsync(place);
            }
            else if (IsDue(key))
                await _keys.PutAsync(
                    place,
                    key with
                    {
                        Materials = key.Materials.Add(NewMaterial(key.Id)),
                        Rotation = key.Rotation! with { Next = time.GetUtcNow().AddDays(key.Rotation.Days) },
                    }
                );
        }
    }

    /// <summary>Removes all keys and aliases.</summary>
    public async Task EmptyAsync()
    {
        foreach (var (alias, _) in _aliases.All().ToList())
            await _aliases.RemoveAsync(alias);
        foreach (var (key, _) in _keys.All().ToList())
            await _keys.RemoveAsync(key);
    }

    private Key? OfAlias(ResourceKey alias) =>
        _aliases.Find(alias) is { } found ? Find(found.Target)
        : ManagedKeys.Has(alias.Name) ? Find(alias with { Name = ManagedKeys.IdOf(alias.AccountId, alias.Region, alias.Name) })
        : null;

    private async ValueTask<Key> MakeManagedAsync(ResourceKey alias)
    {
        var id = ManagedKeys.IdOf(alias.AccountId, alias.Region, alias.Name);
        var place = alias with { Name = id };
        using var turn = await _changes.EnterAsync(place);
        if (Find(place) is { } made)
            return made;
        var key = new Key(
            alias.AccountId,
            alias.Region,
            id,
            time.GetUtcNow(),
            ImmutableArray.Create(NewMaterial(id)),
            ManagedKeys.PolicyOf(alias.AccountId, alias.Region, alias.Name)
        )
        {
            Description = ManagedKeys.DescriptionOf(alias.Name),
            ManagedAlias = alias.Name,
            Rotation = new KeyRotation(RotationOperations.DefaultDays, time.GetUtcNow().AddDays(RotationOperations.DefaultDays)),
        };
        await _keys.PutAsync(place, key);
        return key;
    }

    private bool IsGone(Key key) => key.DeletionDate is { } end && end <= time.GetUtcNow();

    private bool IsDue(Key key) => key is { IsEnabled: true, Rotation: { } rotation } && rotation.Next <= time.GetUtcNow();

    private static byte[] OwnerOf(string keyId, string material) => Encoding.UTF8.GetBytes($"kms\n{keyId}\n{material}");
}
