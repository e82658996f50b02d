using System.Xml;
using Daybreak.Cloud.S3.Protocol;

namespace Daybreak.Cloud.S3.Settings;

/// <summary>Settings that can be read, as they are when nobody has set them. Putting them is refused by name.</summary>
internal static class UnsetSettings
{
    private const string Schema = "http://www.w3.org/2001/XMLSchema-instance";

    public static IEnumerable<S3Operation> Operations() =>
        [
            Missing(
                "GetBucketWebsite",
                "GetBucketWebsite",
                "NoSuchWebsiteConfiguration",
                "The specified bucket does not have a website configuration"
            ),
            Gone("DeleteBucketWebsite", "DeleteBucketWebsite"),
            Missing(
                "GetBucketReplication",
                "GetReplicationConfiguration",
                "ReplicationConfigurationNotFoundError",
                "The replication configuration was not found"
            ),
            Gone("DeleteBucketReplication", "PutReplicationConfiguration"),
            Missing(
                "GetObjectLockConfiguration",
                "GetBucketObjectLockConfiguration",
                "ObjectLockConfigurationNotFoundError",
                "Object Lock configuration does not exist for this bucket"
            ),
            Document("GetBucketLogging", "GetBucketLogging", "BucketLoggingStatus", static (_, _) => { }),
            Document("GetBucketAccelerateConfiguration", "GetAccelerateConfiguration", "AccelerateConfiguration", static (_, _) => { }),
            Document(
                "GetBucketRequestPayment",
                "GetBucketRequestPayment",
                "RequestPaymentConfiguration",
                static (xml, _) => xml.Element("Payer", "BucketOwner")
            ),
            Document("GetBucketAcl", "GetBucketAcl", "AccessControlPolicy", WriteOwner),
        ];

    private static S3Operation Missing(string name, string action, string code, string message) =>
        new(name, S3Resource.Bucket, call => throw S3Errors.Error(404, code, message, ("BucketName", call.BucketName)), action);

    private static S3Operation Gone(string name, string action) =>
        new(
            name,
            S3Resource.Bucket,
            static call =>
            {
                call.NoContent();
                return Task.CompletedTask;
            },
            action
        );

    private static S3Operation Document(string name, string action, string root, Action<XmlWriter, S3Call> write) =>
        new(name, S3Resource.Bucket, call => S3Xml.WriteAsync(call.Response, root, xml => write(xml, call)), action);

    /// <summary>The list that every bucket has: its owner may do everything.</summary>
    private static void WriteOwner(XmlWriter xml, S3Call call)
    {
        xml.Element("Owner", () => xml.Element("ID", call.OwnerId));
        xml.Element(
            "AccessControlList",
            () =>
                xml.Element(
                    "Grant",
                    () =>
                    {
                        xml.WriteStartElement("Grantee", S3Xml.Namespace);
                        xml.WriteAttributeString("xmlns", "xsi", null, Schema);
                        xml.WriteAttributeString("xsi", "type", Schema, "CanonicalUser");
                        xml.Element("ID", call.OwnerId);
                        xml.WriteEndElement();
                        xml.Element("Permission", "FULL_CONTROL");
                    }
                )
        );
    }
}
