using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds.Settings;

/// <summary>
/// KMS keys of databases. Nothing is encrypted here: the ARN of the named key is only stored and shown.
/// </summary>
internal static partial class EncryptionKey
{
    private const string OfRds = "alias/aws/rds";
    private const string OfSecrets = "alias/aws/secretsmanager";

    /// <summary>
    /// Returns the ARN of the key for encrypted storage, AWS's own when none is named; null for storage that is not encrypted.
    /// </summary>
    /// <exception cref="AwsException">A key for storage that is not encrypted, or one that is not valid.</exception>
    public static string? OfStorage(bool encrypted, string? asked, string accountId, string region)
    {
        if (encrypted)
            return Find(asked, accountId, region);
        return string.IsNullOrEmpty(asked)
            ? null
            : throw RdsErrors.InvalidCombination("KmsKeyId can be set for encrypted storage only: StorageEncrypted must be true.");
    }

    /// <param name="asked">ARN or id of a key, or the alias of AWS's own; null: AWS's own.</param>
    /// <exception cref="AwsException">KMSKeyNotAccessibleFault</exception>
    public static string Find(string? asked, string accountId, string region)
    {
        var keys = $"arn:aws:kms:{region}:{accountId}:";
        if (string.IsNullOrEmpty(asked) || asked == OfRds || asked == keys + OfRds)
            return $"{keys}key/{OwnId(accountId, region, OfRds)}";
        if (KeyId().IsMatch(asked))
            return $"{keys}key/{asked}";
        return
            Arn.TryParse(asked, out var arn)
            && arn is { Service: "kms" }
            && arn.Region == region
            && arn.Resource.StartsWith("key/", StringComparison.Ordinal)
            && KeyId().IsMatch(arn.Resource[4..])
            ? asked
            : throw RdsErrors.KeyNotAccessible(asked);
    }

    /// <summary>Returns the ARN of the key of a master user's secret.</summary>
    /// <exception cref="AwsException">It is not the key that secrets have by default.</exception>
    public static string OfMasterSecret(string? asked, string accountId, string region)
    {
        var keys = $"arn:aws:kms:{region}:{accountId}:";
        var own = $"{keys}key/{OwnId(accountId, region, OfSecrets)}";
        return string.IsNullOrEmpty(asked) || asked == OfSecrets || asked == keys + OfSecrets || asked == own
            ? own
            : throw NotImplemented.Of($"the parameter MasterUserSecretKmsKeyId with a key other than {OfSecrets}");
    }

    /// <summary>Each account and Region has its own keys.</summary>
    private static Guid OwnId(string accountId, string region, string alias) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId}/{region}/{alias}")).AsSpan(0, 16));

    [GeneratedRegex("^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\\z")]
    private static partial Regex KeyId();
}
