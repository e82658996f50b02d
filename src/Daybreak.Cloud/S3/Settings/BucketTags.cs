using System.Xml.Linq;
using Daybreak.Cloud.S3.Objects;
using Daybreak.Cloud.S3.Protocol;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>The tags of a bucket.</summary>
internal static class BucketTags
{
    public static readonly BucketSetting Setting = new(
        "tagging",
        "Tagging",
        ("GetBucketTagging", "PutBucketTagging", "DeleteBucketTagging"),
        ("GetBucketTagging", "PutBucketTagging"),
        Checked,
        ("NoSuchTagSet", "The TagSet does not exist")
    )
    {
        PutStatus = 204,
    };

    /// <summary>The tags of a new bucket.</summary>
    public static XElement OfCreation(XElement tags) =>
        tags.Children("Tag").Any(static tag => tag.Text("Key")?.StartsWith("aws:", StringComparison.Ordinal) == true)
            ? throw S3Errors.Bad(
                "InvalidTag",
                "User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. Remove \"aws:\" from your tag "
                    + "keys and try again."
            )
            : Checked(new XElement("Tagging", new XElement("TagSet", tags.Elements())));

    private static XElement Checked(XElement root) =>
        BucketSetting.Element(
            "Tagging",
            BucketSetting.Element(
                "TagSet",
                ObjectTags
                    .OfDocument(root, isOfBucket: true)
                    .Select(static tag =>
                        BucketSetting.Element("Tag", BucketSetting.Element("Key", tag.Key), BucketSetting.Element("Value", tag.Value))
                    )
            )
        );
}
