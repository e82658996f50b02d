using System.Xml.Linq;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>What keeps a bucket from being public, whatever its policy says.</summary>
internal static class PublicAccess
{
    private const string BlockPolicy = "BlockPublicPolicy",
        Restrict = "RestrictPublicBuckets";

    private static readonly string[] Names = ["BlockPublicAcls", "IgnorePublicAcls", BlockPolicy, Restrict];

    public static readonly BucketSetting Setting = new(
        "publicAccessBlock",
        "PublicAccessBlockConfiguration",
        ("GetPublicAccessBlock", "PutPublicAccessBlock", "DeletePublicAccessBlock"),
        ("GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock"),
        static root => Document(name => BucketSetting.Truth(root, name) ?? false),
        ("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")
    )
    {
        Default = Document(static _ => true),
        DefaultGoes = true,
    };

    /// <summary>Whether the bucket takes no public policy.</summary>
    public static bool BlocksPolicy(Bucket bucket) => Has(bucket, BlockPolicy);

    /// <summary>Whether a public policy lets nobody in but callers of the bucket's account.</summary>
    public static bool RestrictsBucket(Bucket bucket) => Has(bucket, Restrict);

    private static bool Has(Bucket bucket, string name) =>
        Setting.Of(bucket) is { } document && BucketSetting.Truth(document, name) == true;

    private static XElement Document(Func<string, bool> isSet) =>
        BucketSetting.Element(
            "PublicAccessBlockConfiguration",
            [.. Names.Select(name => BucketSetting.Element(name, isSet(name) ? "true" : "false"))]
        );
}
