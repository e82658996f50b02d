using System.Text.RegularExpressions;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Kms.Keys;

/// <summary>A key as a request names it: by its id, its ARN, an alias, or the ARN of an alias.</summary>
/// <param name="Place">Of the key, or of the alias.</param>
internal readonly partial record struct KeyReference(ResourceKey Place, bool IsAlias)
{
    public const string AliasPrefix = "alias/";
    private const string KeyPrefix = "key/";

    /// <exception cref="AwsException">It is none of these.</exception>
    public static KeyReference Of(string keyId, OperationContext context)
    {
        var (account, region) = (context.AccountId, context.Region);
        var rest = keyId;
        if (Arn.TryParse(keyId, out var arn))
        {
            if (arn.Region != region)
                throw KmsErrors.InvalidArn(arn.Region);
            account = arn.AccountId;
            rest = arn.Resource;
            if (rest.StartsWith(KeyPrefix, StringComparison.Ordinal))
                rest = rest[KeyPrefix.Length..];
            else if (!rest.StartsWith(AliasPrefix, StringComparison.Ordinal))
                throw KmsErrors.InvalidKeyId(keyId);
        }
        if (rest.StartsWith(AliasPrefix, StringComparison.Ordinal))
            return new KeyReference(new ResourceKey(account, region, rest), IsAlias: true);
        return Id().IsMatch(rest)
            ? new KeyReference(new ResourceKey(account, region, rest), IsAlias: false)
            : throw KmsErrors.InvalidKeyId(keyId);
    }

    public static string ArnOf(ResourceKey key) => $"arn:aws:kms:{key.Region}:{key.AccountId}:{KeyPrefix}{key.Name}";

    public static string AliasArnOf(ResourceKey alias) => $"arn:aws:kms:{alias.Region}:{alias.AccountId}:{alias.Name}";

    [GeneratedRegex(@"^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\z")]
    private static partial Regex Id();
}
