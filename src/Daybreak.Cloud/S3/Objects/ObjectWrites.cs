using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Events;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Settings;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>Writing objects.</summary>
internal sealed class ObjectWrites(ObjectStore store, BucketEvents events, TimeProvider time)
{
    private const int LongestKey = 1024;

    public IEnumerable<S3Operation> Operations() => [new("PutObject", S3Resource.Object, PutAsync, "PutObject")];

    public static void CheckKey(S3Call call)
    {
        if (call.KeyBytes.Length > LongestKey)
            throw S3Errors.KeyTooLong(call.KeyBytes.Length);
    }

    private async Task PutAsync(S3Call call)
    {
        CheckKey(call);
        var check = Conditions.OfWrite(call);
        var document = Encryption.Apply(call, ObjectHeaders.Read(call));
        if (call.Header("x-amz-tagging") is { } tags)
        {
            document = document with { Tags = ObjectTags.OfHeader(tags) };
            call.Access.Require(call, "PutObjectTagging", call.Bucket, call.Key);
        }
        using var body = await BodyIntake.ReceiveAsync(call, store.Files);
        var checksum = new ObjectChecksum(body.Algorithm.Name, "FULL_OBJECT", body.ChecksumText);
        document = document with
        {
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
            (change, written) => events.Created(change, call.KeyBytes, written, document, "Put", EventCause.Of(call))
        );
        body.Keep();
        call.Response.Headers.ETag = $"\"{body.ETag}\"";
        ObjectHeaders.WriteEncryption(call, document);
        ObjectHeaders.WriteChecksum(call, checksum);
        WriteVersion(call, written);
        call.Empty();
    }

    public static void WriteVersion(S3Call call, Written written)
    {
        if (written.Version is { } version)
            call.Response.Headers["x-amz-version-id"] = version;
    }
}
