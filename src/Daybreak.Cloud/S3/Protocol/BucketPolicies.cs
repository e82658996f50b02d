using System.Collections.Concurrent;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Settings;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>The policies of buckets, each parsed once.</summary>
internal sealed class BucketPolicies(IPrincipalIds principals)
{
    /// <summary>Its place among the settings of a bucket.</summary>
    public const string Setting = "policy";

    private const int Kept = 1024;

    private readonly ConcurrentDictionary<string, PolicyDocument> _parsed = new(StringComparer.Ordinal);

    /// <summary>The policy as it is shown and applied; null: the bucket has none.</summary>
    public string? TextOf(Bucket bucket) =>
        bucket.Settings.TryGetValue(Setting, out var text) ? NamedPrincipals.TextOf(text, bucket.PolicyPrincipals, principals) : null;

    /// <summary>Whether callers of other accounts are kept out, because the policy is public and the bucket must not be.</summary>
    public static bool KeepsOthersOut(Bucket bucket) =>
        bucket.Settings.TryGetValue(Setting, out var text) && PublicAccess.RestrictsBucket(bucket) && PublicPolicy.IsPublic(text);

    /// <summary>Null: the bucket has none.</summary>
    public AttachedPolicy? Of(Bucket bucket)
    {
        if (TextOf(bucket) is not { } text)
            return null;
        if (!_parsed.TryGetValue(text, out var document))
        {
            // It was parsed before it was stored.
            if (!PolicyParser.TryParse(text, PolicyDialect.ResourcePolicy, out document, out _))
                document = PolicyDocument.Empty;
            if (_parsed.Count >= Kept)
                _parsed.Clear();
            _parsed[text] = document;
        }
        return new AttachedPolicy(PolicyKind.Resource, bucket.Arn, document);
    }
}
