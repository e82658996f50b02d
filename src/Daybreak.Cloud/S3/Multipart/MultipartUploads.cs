using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Objects;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Settings;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Multipart;

/// <summary>Uploads in parts, until they are completed or aborted.</summary>
internal sealed class MultipartUploads(ObjectStore store, CopySources sources, TimeProvider time)
{
    public IEnumerable<S3Operation> Operations() =>
        [
            new("CreateMultipartUpload", S3Resource.Object, CreateAsync, "PutObject"),
            new("UploadPart", S3Resource.Object, UploadAsync, "PutObject"),
            new("UploadPartCopy", S3Resource.Object, CopyAsync, "PutObject"),
            new("AbortMultipartUpload", S3Resource.Object, AbortAsync, "AbortMultipartUpload"),
        ];

    private async Task CreateAsync(S3Call call)
    {
        ObjectWrites.CheckKey(call);
        var document = Encryption.Apply(call, ObjectHeaders.Read(call));
        if (call.Header("x-amz-tagging") is { } tags)
        {
            call.Access.Require(call, "PutObjectTagging", call.Bucket, call.Key);
            document = document with { Tags = ObjectTags.OfHeader(tags) };
        }
        var (algorithm, type) = ChecksumRules.OfCreation(call);
        var id = Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)).Replace('+', '.').Replace('/', '_');
        var started = time.GetUtcNow().ToUnixTimeMilliseconds();
        await store.Database.ChangeAsync(change =>
        {
            change.Present(call.Bucket);
            var state = new UploadState
            {
                Object = document,
                Algorithm = algorithm?.Name,
                ChecksumType = type,
                Initiator = call.Context.Caller.Arn,
                KeyAge = change.Latest(call.Bucket.Id, call.KeyBytes)?.Age,
            };
            change.AddUpload(call.Bucket.Id, new Upload(call.KeyBytes, started, id, state));
            return true;
        });
        ObjectHeaders.WriteEncryption(call, document);
        if (algorithm is not null)
        {
            call.Response.Headers["x-amz-checksum-algorithm"] = algorithm.Name;
            call.Response.Headers["x-amz-checksum-type"] = type;
        }
        await S3Xml.WriteAsync(
            call.Response,
            "InitiateMultipartUploadResult",
            xml =>
            {
                xml.Element("Bucket", call.BucketName);
                xml.Element("Key", call.Key);
                xml.Element("UploadId", id);
            }
        );
    }

    private async Task UploadAsync(S3Call call)
    {
        var number = NumberOf(call);
        var upload = Find(call);
        var algorithm = ChecksumRules.AlgorithmOf(upload);
        using var body = await BodyIntake.ReceiveAsync(call, store.Files, BodyIntake.AlwaysFile, algorithm);
        ChecksumRules.CheckPart(upload, body);
        var part = new UploadedPart
        {
            Number = number,
            ETag = body.ETag,
            Size = body.Size,
            Modified = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Files = body.Segments,
            Checksum = Convert.ToBase64String(body.Second),
        };
        await PutAsync(call, part);
        body.Keep();
        call.Response.Headers.ETag = $"\"{part.ETag}\"";
        ObjectHeaders.WriteEncryption(call, upload.State.Object);
        if (body.HasSentChecksum || upload.State.Algorithm is not null)
            call.Response.Headers[body.Algorithm.Header] = body.ChecksumText;
        call.Empty();
    }

    private async Task CopyAsync(S3Call call)
    {
        var number = NumberOf(call);
        var upload = Find(call);
        using var source = sources.Open(call, call.Header("x-amz-copy-source-range"));
        if (source.Length > BodyIntake.LargestBody)
            throw S3Errors.EntityTooLarge(source.Length, BodyIntake.LargestBody);
        var algorithm = ChecksumRules.AlgorithmOf(upload);
        using var body = await BodyIntake.CopyAsync(
            source.Pieces,
            source.Length,
            store.Files,
            BodyIntake.AlwaysFile,
            algorithm,
            call.Aborted
        );
        var part = new UploadedPart
        {
            Number = number,
            ETag = body.ETag,
            Size = body.Size,
            Modified = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Files = body.Segments,
            Checksum = body.ChecksumText,
        };
        await PutAsync(call, part);
        body.Keep();
        source.WriteVersion(call);
        ObjectHeaders.WriteEncryption(call, upload.State.Object);
        await S3Xml.WriteAsync(
            call.Response,
            "CopyPartResult",
            xml =>
            {
                xml.Element("ETag", $"\"{part.ETag}\"");
                xml.Element("LastModified", S3Xml.Time(DateTimeOffset.FromUnixTimeMilliseconds(part.Modified)));
                if (upload.State.Algorithm is not null)
                    xml.Element(algorithm.Element, body.ChecksumText);
            }
        );
    }

    private async Task AbortAsync(S3Call call)
    {
        var id = call.Query("uploadId") ?? "";
        await store.Database.ChangeAsync(change =>
        {
            if (change.FindUpload(call.Bucket.Id, call.KeyBytes, id) is null)
                throw NoSuchUpload(id);
            change.RemoveUpload(id, ImmutableHashSet<int>.Empty);
            return true;
        });
        store.DropGone();
        call.NoContent();
    }

    private async Task PutAsync(S3Call call, UploadedPart part)
    {
        var id = call.Query("uploadId")!;
        await store.Database.ChangeAsync(change =>
        {
            // It may have been completed or aborted while the part arrived.
            if (change.FindUpload(call.Bucket.Id, call.KeyBytes, id) is null)
                throw NoSuchUpload(id);
            change.PutPart(id, part);
            return true;
        });
        store.DropGone();
    }

    private Upload Find(S3Call call) => Find(store, call);

    /// <summary>The upload that a request names.</summary>
    public static Upload Find(ObjectStore store, S3Call call)
    {
        var id = call.Query("uploadId") ?? "";
        return store.Database.Read(rows => rows.FindUpload(call.Bucket.Id, call.KeyBytes, id)) ?? throw NoSuchUpload(id);
    }

    public static Aws.AwsException NoSuchUpload(string id) =>
        S3Errors.Error(
            404,
            "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
            ("UploadId", id)
        );

    private static int NumberOf(S3Call call) =>
        int.TryParse(call.Query("partNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= 10_000
            ? number
            : throw S3Errors.InvalidArgument(
                "Part number must be an integer between 1 and 10000, inclusive",
                "partNumber",
                call.Query("partNumber")
            );
}
