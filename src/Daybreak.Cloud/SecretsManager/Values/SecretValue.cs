using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.SecretsManager.Secrets;

namespace Daybreak.Cloud.SecretsManager.Values;

/// <summary>A value as a request brings it.</summary>
internal sealed record SecretValue(ReadOnlyMemory<byte> Bytes, bool IsBinary)
{
    /// <exception cref="Aws.AwsException">There are both.</exception>
    public static SecretValue? Of(string? text, ReadOnlyMemory<byte>? binary) =>
        (text, binary) switch
        {
            (not null, not null) => throw SecretsErrors.BothValues(),
            (not null, _) => new SecretValue(Encoding.UTF8.GetBytes(text), IsBinary: false),
            (_, { } bytes) => new SecretValue(bytes, IsBinary: true),
            _ => null,
        };

    // A record would write its members.
    public override string ToString() => nameof(SecretValue);
}

/// <summary>The versions of secrets and their staging labels.</summary>
internal sealed class SecretValues(SecretStore secrets, TimeProvider time)
{
    public const string Current = "AWSCURRENT";
    public const string Previous = "AWSPREVIOUS";
    public const string Pending = "AWSPENDING";

    private const int KeptVersions = 100;

    /// <summary>The secret with one more value.</summary>
    /// <param name="stages">Its labels; null: it becomes the current one.</param>
    /// <returns>The same secret when it has the value already.</returns>
    /// <exception cref="Aws.AwsException">The token is that of another value.</exception>
    public Secret With(Secret secret, string token, SecretValue value, IReadOnlyList<string>? stages, OperationContext? context)
    {
        var known = secret.Version(token);
        if (known is { HasValue: true })
            return
                value is not null
                && known.IsBinary == value.IsBinary
                && CryptographicOperations.FixedTimeEquals(secrets.Unseal(secret, known, context), value.Bytes.Span)
                ? secret
                : throw SecretsErrors.TokenInUse(token, secret.Arn);
        var now = time.GetUtcNow();
        var version = secrets.Seal(secret, new SecretVersion(token, [], value.IsBinary, now, []), value.Bytes.Span, context);
        // A rotation has made a version with a label and no value.
        var versions = known is null
            ? secret.Versions.Add(version)
            : secret.Versions.Replace(known, version with { Stages = known.Stages });
        var changed = secret with { Versions = versions, LastChangedDate = now };
        foreach (var stage in stages ?? [Current])
            changed = Move(changed, stage, token);
        // The first value is the current one, whatever it is called.
        if (changed.Staged(Current) is null)
            changed = Move(changed, Current, token);
        return WithoutOld(changed, now);
    }

    public SecretValue Of(Secret secret, SecretVersion version, OperationContext? context) =>
        new(secrets.Unseal(secret, version, context), version.IsBinary);

    /// <summary>The secret under another key, with what has one of AWS's labels.</summary>
    /// <param name="keyId">Null: the default one.</param>
    public Secret Under(Secret secret, string? keyId, OperationContext context)
    {
        var changed = secret with { KmsKeyId = keyId };
        return changed with
        {
            Versions =
            [
                .. secret.Versions.Select(version =>
                    version.HasValue && version.Stages.Any(static stage => stage is Current or Previous or Pending)
                        ? secrets.Seal(changed, version, secrets.Unseal(secret, version, context), context)
                        : version
                ),
            ],
        };
    }

    /// <summary>The secret with a label on one version and on no other.</summary>
    /// <param name="to">The version; null: the label is taken away.</param>
    public static Secret Move(Secret secret, string stage, string? to)
    {
        var left = secret.Staged(stage);
        if (left?.Id == to)
            return secret;
        var moved = secret with
        {
            Versions =
            [
                .. secret.Versions.Select(version =>
                    version.Id == to ? version with { Stages = version.Stages.Add(stage) }
                    : version.Id == left?.Id ? version with { Stages = version.Stages.Remove(stage) }
                    : version
                ),
            ],
        };
        return stage == Current && left is not null && to is not null ? Move(moved, Previous, left.Id) : moved;
    }

    private static Secret WithoutOld(Secret secret, DateTimeOffset now)
    {
        var many = secret.Versions.Length - KeptVersions;
        if (many <= 0)
            return secret;
        var old = secret.Versions.Where(version => version.Stages.IsEmpty && version.CreatedDate < now.AddDays(-1)).Take(many).ToHashSet();
        return secret with { Versions = secret.Versions.RemoveAll(old.Contains) };
    }
}
