using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Buckets;

/// <summary>Whether a bucket keeps versions.</summary>
internal sealed class VersioningOperations(ObjectStore store)
{
    private const int LargestDocument = 64 * 1024;

    public IEnumerable<S3Operation> Operations() =>
        [
            new("GetBucketVersioning", S3Resource.Bucket, GetAsync, "GetBucketVersioning"),
            new("PutBucketVersioning", S3Resource.Bucket, PutAsync, "PutBucketVersioning"),
        ];

    private static Task GetAsync(S3Call call) =>
        S3Xml.WriteAsync(
            call.Response,
            "VersioningConfiguration",
            xml =>
            {
                if (call.Bucket.Versioning is { } status)
                    xml.Element("Status", status);
            }
        );

    private async Task PutAsync(S3Call call)
    {
        using var body = await BodyIntake.ReceiveDocumentAsync(call, LargestDocument);
        var root = S3Xml.Parse(body.Small!, "VersioningConfiguration");
        var status =
            root.Text("Status")
            ?? throw S3Errors.Bad("IllegalVersioningConfigurationException", "The Versioning element must be specified");
        if (status is not ("Enabled" or "Suspended"))
            throw S3Errors.MalformedXml();
        if (root.Text("MfaDelete") is "Enabled")
            throw S3Errors.NotImplementedHeader("x-amz-mfa", "Daybreak has no MFA Delete");
        await store.ChangeBucketAsync(call.Bucket, bucket => bucket with { Versioning = status });
        call.Empty();
    }
}
