using System.Xml.Linq;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>How objects are encrypted that say nothing of it: by name only, as nothing is encrypted here.</summary>
internal static class Encryption
{
    public static readonly BucketSetting Setting = new(
        "encryption",
        "ServerSideEncryptionConfiguration",
        ("GetBucketEncryption", "PutBucketEncryption", "DeleteBucketEncryption"),
        ("GetEncryptionConfiguration", "PutEncryptionConfiguration"),
        Checked,
        ("ServerSideEncryptionConfigurationNotFoundError", "The server side encryption configuration was not found")
    )
    {
        Default = Document("AES256", null, false),
    };

    /// <summary>An object as its bucket wants it, unless its sender said something of its encryption.</summary>
    public static StoredObject Apply(S3Call call, StoredObject sent)
    {
        if (call.Header("x-amz-server-side-encryption") is not null || !call.Bucket.Settings.ContainsKey(Setting.Name))
            return sent;
        var rule = Setting.Of(call.Bucket)?.Child("Rule")?.Child("ApplyServerSideEncryptionByDefault");
        return rule?.Text("SSEAlgorithm") is { } algorithm and not "AES256"
            ? sent with
            {
                Encryption = algorithm,
                KmsKey = rule.Text("KMSMasterKeyID"),
            }
            : sent;
    }

    private static XElement Checked(XElement root)
    {
        if (root.Children("Rule").ToList() is not [var rule])
            throw S3Errors.MalformedXml();
        var standard = rule.Child("ApplyServerSideEncryptionByDefault");
        var algorithm = standard is null ? "AES256" : standard.Text("SSEAlgorithm");
        if (algorithm is not ("AES256" or "aws:kms" or "aws:kms:dsse"))
            throw S3Errors.MalformedXml();
        var key = standard?.Text("KMSMasterKeyID") is { Length: > 0 } named ? named : null;
        if (key is not null && algorithm == "AES256")
            throw S3Errors.Bad(
                "InvalidArgument",
                "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse"
            );
        return Document(algorithm, key, BucketSetting.Truth(rule, "BucketKeyEnabled") ?? false);
    }

    private static XElement Document(string algorithm, string? key, bool hasBucketKey) =>
        BucketSetting.Element(
            "ServerSideEncryptionConfiguration",
            BucketSetting.Element(
                "Rule",
                BucketSetting.Element(
                    "ApplyServerSideEncryptionByDefault",
                    BucketSetting.Element("SSEAlgorithm", algorithm),
                    key is null ? null : BucketSetting.Element("KMSMasterKeyID", key)
                ),
                BucketSetting.Element("BucketKeyEnabled", hasBucketKey ? "true" : "false")
            )
        );
}
