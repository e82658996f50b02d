using System.Collections.Concurrent;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>The policies of buckets, each parsed once.</summary>
internal sealed class BucketPolicies
{
    private const int Kept = 1024;

    private readonly ConcurrentDictionary<string, PolicyDocument> _parsed = new(StringComparer.Ordinal);

    /// <summary>Null: the bucket has none.</summary>
    public AttachedPolicy? Of(Bucket bucket)
    {
        if (!bucket.Settings.TryGetValue("policy", out var text) || text.Length == 0)
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
