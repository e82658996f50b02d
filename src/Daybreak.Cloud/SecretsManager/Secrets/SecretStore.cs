using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.SecretsManager.Secrets;

/// <summary>All secrets: how a request finds one, and how one is changed.</summary>
internal sealed class SecretStore(StateStore store, ISecretKeys keys, TimeProvider time)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Kind = "secret:";
    private const int SuffixLength = 6;

    private readonly KeyedLock<ResourceKey> _changes = new();
    private readonly ResourceTable<Secret> _table = store.Table("secrets", SecretsJson.Default.Secret);
    private readonly SealingKey _key = SealingKey.Open(store.Directory);

    public int Count => _table.All().Count(item => !IsGone(item.Value));

    public IEnumerable<Secret> All => _table.All().Select(static item => item.Value).Where(secret => !IsGone(secret));

    public IEnumerable<Secret> Of(string accountId, string region) => _table.List(accountId, region).Where(secret => !IsGone(secret));

    /// <summary>The secret of that name.</summary>
    public Secret? Find(ResourceKey key) => _table.Find(key) is { } found && !IsGone(found) ? found : null;

    /// <summary>The secret that a request names by its name, its ARN, or its ARN without the random characters.</summary>
    public Secret? Find(string secretId, OperationContext context)
    {
        if (!Arn.TryParse(secretId, out var arn))
            return Find(new ResourceKey(context.AccountId, context.Region, secretId));
        if (arn.Region != context.Region || !arn.Resource.StartsWith(Kind, StringComparison.Ordinal))
            return null;
        var rest = arn.Resource[Kind.Length..];
        // What ends like a whole ARN is read as one.
        if (rest.Length > SuffixLength + 1 && rest[^(SuffixLength + 1)] == '-')
            return WithArn(secretId);
        return Find(new ResourceKey(arn.AccountId, arn.Region, rest));
    }

    /// <summary>The secret that has exactly this ARN.</summary>
    public Secret? WithArn(string arn) =>
        Arn.TryParse(arn, out var parsed)
        && parsed.Resource.Length > Kind.Length + SuffixLength + 1
        && Find(new ResourceKey(parsed.AccountId, parsed.Region, parsed.Resource[Kind.Length..^(SuffixLength + 1)])) is { } found
        && found.Arn == arn
            ? found
            : null;

    /// <exception cref="AwsException">There is none.</exception>
    public Secret Named(string secretId, OperationContext context) => Find(secretId, context) ?? throw SecretsErrors.SecretNotFound();

    /// <summary>The same for operations that a scheduled deletion prevents.</summary>
    public Secret Usable(string secretId, OperationContext context)
    {
        var secret = Named(secretId, context);
        if (secret.AccountId != context.AccountId && secret.KmsKeyId is null)
            throw SecretsErrors.DefaultKeyOfOtherAccount();
        return secret.DeletedDate is null ? secret : throw SecretsErrors.MarkedForDeletion();
    }

    /// <exception cref="AwsException">Another service changes the secret, not its user.</exception>
    public static void CheckUnowned(Secret secret)
    {
        if (secret.OwningService is not null)
            throw SecretsErrors.OwnedByService();
    }

    /// <summary>What a permission is asked for: the ARN, also of a secret that is not there.</summary>
    public string ArnOf(string secretId, OperationContext context) =>
        Find(secretId, context)?.Arn ?? (Arn.TryParse(secretId, out _) ? secretId : FutureArn(secretId, context));

    /// <summary>The ARN of a secret that has none yet.</summary>
    public static string FutureArn(string name, OperationContext context) =>
        $"arn:aws:secretsmanager:{context.Region}:{context.AccountId}:{Kind}{name}-??????";

    public static string NewSuffix() => RandomNumberGenerator.GetString(Letters, SuffixLength);

    /// <summary>Makes the next state of a secret, one change after the other.</summary>
    /// <param name="change">From the secret of that name, null where there is none, to its next state; null deletes.</param>
    /// <returns>What the change has returned.</returns>
    public async ValueTask<T> ChangeAsync<T>(ResourceKey key, Func<Secret?, (Secret? Next, T Result)> change)
    {
        using var turn = await _changes.EnterAsync(key);
        var before = _table.Find(key);
        var (next, result) = change(Find(key));
        if (next is null && before is not null)
            await _table.RemoveAsync(key);
        else if (next is not null && !ReferenceEquals(next, before))
            await _table.PutAsync(key, next);
        return result;
    }

    /// <summary>The same for a secret that a request names.</summary>
    /// <exception cref="AwsException">There is none, or it is to be deleted.</exception>
    public ValueTask<T> ChangeAsync<T>(INamesSecret request, OperationContext context, Func<Secret, (Secret, T)> change) =>
        ChangeAsync<T>(
            Usable(request.SecretId, context).Key,
            found =>
                found switch
                {
                    null => throw SecretsErrors.SecretNotFound(),
                    { DeletedDate: not null } => throw SecretsErrors.MarkedForDeletion(),
                    _ => change(found),
                }
        );

    /// <summary>Removes what was to be deleted by now.</summary>
    public async Task SweepAsync()
    {
        foreach (var secret in _table.All().Select(static item => item.Value).Where(IsGone))
            await ChangeAsync(secret.Key, found => (found, true));
    }

    /// <summary>Removes all secrets of users: another service that has some still needs them.</summary>
    public async Task EmptyAsync()
    {
        foreach (var (key, _) in _table.All().ToList())
            await ChangeAsync<bool>(key, static found => (found?.OwningService is null ? null : found, true));
    }

    /// <summary>A version of a secret with a value that is encrypted under the key of the secret.</summary>
    /// <param name="context">Of the caller, who has to be allowed to use the key; null: the key is the default one.</param>
    public SecretVersion Seal(Secret secret, SecretVersion version, ReadOnlySpan<byte> value, OperationContext? context)
    {
        var owner = OwnerOf(secret, version.Id);
        if (secret.KmsKeyId is not { } keyId)
            return version with { Stored = _key.Seal(value, owner), KmsKeyId = null, EncryptedKey = null };
        var (plain, encrypted) = keys.Generate(keyId, secret.Arn, version.Id, In(secret, context));
        return version with { Stored = SealingKey.Of(plain).Seal(value, owner), KmsKeyId = keyId, EncryptedKey = encrypted };
    }

    public byte[] Unseal(Secret secret, SecretVersion version, OperationContext? context)
    {
        var key = version.EncryptedKey is { } encrypted
            ? SealingKey.Of(keys.Decrypt(encrypted, secret.Arn, version.Id, In(secret, context)))
            : _key;
        return key.Unseal(version.Stored, OwnerOf(secret, version.Id));
    }

    /// <summary>The key belongs to the account of the secret.</summary>
    private static OperationContext In(Secret secret, OperationContext? context) => context! with { AccountId = secret.AccountId };

    private bool IsGone(Secret secret) => secret.DeletionDate is { } end && end <= time.GetUtcNow();

    private static byte[] OwnerOf(Secret secret, string versionId) => Encoding.UTF8.GetBytes($"{secret.Arn}\n{versionId}");
}
