using System.Xml.Linq;
using Daybreak.Cloud.S3.Protocol;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>Whose the objects of a bucket are. Kept and shown: without access control lists they are always the bucket's owner's.</summary>
internal static class Ownership
{
    public const string Enforced = "BucketOwnerEnforced";

    public static readonly BucketSetting Setting = new(
        "ownershipControls",
        "OwnershipControls",
        ("GetBucketOwnershipControls", "PutBucketOwnershipControls", "DeleteBucketOwnershipControls"),
        ("GetBucketOwnershipControls", "PutBucketOwnershipControls"),
        static root =>
            root.Children("Rule").ToList() is [var rule] && rule.Text("ObjectOwnership") is { } value && IsValid(value)
                ? Document(value)
                : throw S3Errors.MalformedXml(),
        ("OwnershipControlsNotFoundError", "The bucket ownership controls were not found")
    )
    {
        Default = Document(Enforced),
        DefaultGoes = true,
    };

    public static bool IsValid(string value) => value is Enforced or "BucketOwnerPreferred" or "ObjectWriter";

    public static XElement Document(string value) =>
        BucketSetting.Element("OwnershipControls", BucketSetting.Element("Rule", BucketSetting.Element("ObjectOwnership", value)));
}
