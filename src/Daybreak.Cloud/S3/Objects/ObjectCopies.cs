using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Events;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Settings;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>Copies of objects.</summary>
internal sealed class ObjectCopies(ObjectStore store, CopySources sources, BucketEvents events, TimeProvider time)
{
    private const string Copy = "COPY",
        Replace = "REPLACE";

    public IEnumerable<S3Operation> Operations() => [new("CopyObject", S3Resource.Object, CopyAsync, "PutObject")];

    private async Task CopyAsync(S3Call call)
    {
        ObjectWrites.CheckKey(call);
        var check = Conditions.OfWrite(call);
        var replacesMetadata = Directive(call, "x-amz-metadata-directive") == Replace;
        var replacesTags = Directive(call, "x-amz-tagging-directive") == Replace;
        var sent = Encryption.Apply(call, ObjectHeaders.Read(call));
        var algorithm = call.Header("x-amz-checksum-algorithm") is { } name
            ? ChecksumAlgorithm.Find(name) ?? throw S3Errors.UnknownChecksum()
            : null;
        using var source = sources.Open(call, null);
        var from = source.Version.Object;
        if (source.Length > BodyIntake.LargestBody)
            throw S3Errors.InvalidRequest(
                "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120"
            );
        if (
            IsOntoItself(call, source)
            && !replacesMetadata
            && !ChangesStorage(call)
            && (algorithm is null || algorithm.Name == from.Checksum?.Algorithm)
        )
            throw S3Errors.InvalidRequest(
                "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, "
                    + "storage class, website redirect location or encryption attributes."
            );
        var tags =
            !replacesTags ? from.Tags
            : call.Header("x-amz-tagging") is { } header ? ObjectTags.OfHeader(header)
            : [];
        if (!tags.IsEmpty)
            call.Access.Require(call, "PutObjectTagging", call.Bucket, call.Key);
        algorithm ??= from.Checksum is { } known ? ChecksumAlgorithm.Find(known.Algorithm) : null;
        using var body = await BodyIntake.CopyAsync(
            source.Pieces,
            source.Length,
            store.Files,
            BodyIntake.SmallBody,
            algorithm ?? ChecksumAlgorithm.Crc64Nvme,
            call.Aborted
        );
        var checksum = new ObjectChecksum(body.Algorithm.Name, "FULL_OBJECT", body.ChecksumText);
        var document = sent with
        {
            Headers = replacesMetadata ? sent.Headers : from.Headers,
            Metadata = replacesMetadata ? sent.Metadata : from.Metadata,
            Tags = tags,
            ETag = body.ETag,
            Size = body.Size,
            Modified = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Files = body.Segments,
            Checksum = checksum,
        };
        var written = await store.PutAsync(
            call.Bucket,
            call.KeyBytes,
            _ => (document, body.Small),
            check,
            (change, written) => events.Created(change, call.KeyBytes, written, document, "Copy", EventCause.Of(call))
        );
        body.Keep();
        source.WriteVersion(call);
        ObjectHeaders.WriteEncryption(call, document);
        ObjectWrites.WriteVersion(call, written);
        await S3Xml.WriteAsync(
            call.Response,
            "CopyObjectResult",
            xml =>
            {
                xml.Element("LastModified", S3Xml.Time(document.ModifiedTime));
                xml.Element("ETag", $"\"{document.ETag}\"");
                xml.Element(body.Algorithm.Element, checksum.Value);
                xml.Element("ChecksumType", checksum.Type);
            }
        );
    }

    private static bool IsOntoItself(S3Call call, CopySource source) =>
        source.Bucket.Id == call.Bucket.Id && source.Version.KeyText == call.Key && source.Version.IsLatest;

    private static bool ChangesStorage(S3Call call) =>
        call.Header("x-amz-storage-class") is not null
        || call.Header("x-amz-server-side-encryption") is not null
        || call.Header("x-amz-website-redirect-location") is not null;

    private static string Directive(S3Call call, string name) =>
        call.Header(name) switch
        {
            null or Copy => Copy,
            Replace => Replace,
            var other => throw S3Errors.InvalidArgument($"Unknown {name[6..].Split('-')[0]} directive.", name, other),
        };
}
