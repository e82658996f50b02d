using System.Collections.Immutable;
using System.Xml.Linq;
using Daybreak.Cloud.S3.Bodies;
using Daybreak.Cloud.S3.Events;
using Daybreak.Cloud.S3.Objects;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Multipart;

/// <summary>Makes objects of parts. No byte is copied: the files of the parts become those of the object.</summary>
internal sealed class Completions(ObjectStore store, BucketEvents events, TimeProvider time)
{
    private const int LargestDocument = 8 * 1024 * 1024;
    private const long SmallestPart = 5 * 1024 * 1024;

    public IEnumerable<S3Operation> Operations() => [new("CompleteMultipartUpload", S3Resource.Object, CompleteAsync, "PutObject")];

    private async Task CompleteAsync(S3Call call)
    {
        var check = Conditions.OfWrite(call);
        var isConditional = call.Header("If-Match") is not null || call.Header("If-None-Match") is not null;
        var upload = MultipartUploads.Find(store, call);
        using var body = await BodyIntake.ReceiveDocumentAsync(call, LargestDocument);
        if (body.Size == 0)
            throw S3Errors.MalformedXml();
        var named = Read(S3Xml.Parse(body.Small!, "CompleteMultipartUpload", "CompleteMultipartUploadInput"));
        CheckOrder(named, upload.Id);
        StoredObject document = null!;
        var written = await store.PutAsync(
            call.Bucket,
            call.KeyBytes,
            change =>
            {
                var present = change.FindUpload(call.Bucket.Id, call.KeyBytes, upload.Id) ?? throw MultipartUploads.NoSuchUpload(upload.Id);
                var parts = Match(present, named, change.Parts(upload.Id, 0, int.MaxValue));
                document = ObjectOf(call, present, parts);
                change.RemoveUpload(upload.Id, named.Select(static part => part.Number).ToHashSet());
                return (document, null);
            },
            latest =>
            {
                if (isConditional && latest?.Age != upload.State.KeyAge)
                    throw S3Errors.Error(
                        409,
                        "ConditionalRequestConflict",
                        "The conditional request cannot succeed due to a conflicting operation against this resource.",
                        ("Condition", call.Header("If-Match") is null ? "If-None-Match" : "If-Match"),
                        ("Key", call.Key)
                    );
                check(latest);
            },
            (change, made) => events.Created(change, call.KeyBytes, made, document, "CompleteMultipartUpload", EventCause.Of(call))
        );
        ObjectHeaders.WriteEncryption(call, document);
        ObjectWrites.WriteVersion(call, written);
        await S3Xml.WriteAsync(
            call.Response,
            "CompleteMultipartUploadResult",
            xml =>
            {
                xml.Element("Location", LocationOf(call));
                xml.Element("Bucket", call.BucketName);
                xml.Element("Key", call.Key);
                xml.Element("ETag", $"\"{document.ETag}\"");
                if (document.Checksum is { } checksum)
                {
                    xml.Element($"Checksum{checksum.Algorithm}", checksum.Value);
                    xml.Element("ChecksumType", checksum.Type);
                }
            }
        );
    }

    private StoredObject ObjectOf(S3Call call, Upload upload, IReadOnlyList<UploadedPart> parts)
    {
        var size = parts.Sum(static part => part.Size);
        if (call.Header("x-amz-mp-object-size") is { } sent && sent != S3Errors.Number(size))
            throw S3Errors.InvalidRequest(
                $"The provided 'x-amz-mp-object-size' header value {sent} does not match what was computed: {size}"
            );
        var checksum = ChecksumRules.Of(upload, parts);
        if (call.Header("x-amz-checksum-type") is { } type && type != upload.State.ChecksumType)
            throw S3Errors.InvalidRequest(
                $"The upload was created using the {upload.State.ChecksumType ?? "null"} checksum mode. "
                    + "The complete request must use the same checksum mode."
            );
        var algorithm = ChecksumRules.AlgorithmOf(upload);
        if (call.Header(algorithm.Header) is { } value && value != checksum.Value)
            throw S3Errors.BadChecksum(algorithm.LowerName);
        return upload.State.Object with
        {
            ETag = ChecksumRules.ETagOf(parts),
            Size = size,
            Modified = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Files = [.. parts.SelectMany(static part => part.Files)],
            Checksum = checksum,
            Parts =
            [
                .. parts.Select(part => new ObjectPart(part.Number, part.Size, upload.State.Algorithm is null ? null : part.Checksum)),
            ],
        };
    }

    private static List<NamedPart> Read(XElement root)
    {
        var parts = root.Children("Part")
            .Select(static part => new NamedPart(
                int.TryParse(part.Text("PartNumber"), out var number) ? number : throw S3Errors.MalformedXml(),
                (part.Text("ETag") ?? throw S3Errors.MalformedXml()).Trim('"'),
                part.Elements()
                    .Where(static child => child.Name.LocalName.StartsWith("Checksum", StringComparison.Ordinal))
                    .ToImmutableDictionary(static child => child.Name.LocalName, static child => child.Value)
            ))
            .ToList();
        return parts.Count switch
        {
            0 => throw S3Errors.InvalidRequest("You must specify at least one part"),
            > 10_000 => throw S3Errors.MalformedXml(),
            _ => parts,
        };
    }

    private static void CheckOrder(List<NamedPart> named, string upload)
    {
        for (var i = 1; i < named.Count; i++)
        {
            if (named[i].Number <= named[i - 1].Number)
                throw S3Errors.Bad(
                    "InvalidPartOrder",
                    "The list of parts was not in ascending order. Parts must be ordered by part number.",
                    ("UploadId", upload)
                );
        }
    }

    /// <summary>The uploaded parts that are named.</summary>
    private static List<UploadedPart> Match(Upload upload, List<NamedPart> named, IReadOnlyList<UploadedPart> uploaded)
    {
        var byNumber = uploaded.ToDictionary(static part => part.Number);
        var algorithm = ChecksumRules.AlgorithmOf(upload);
        var parts = new List<UploadedPart>();
        foreach (var name in named)
        {
            if (!byNumber.TryGetValue(name.Number, out var part) || part.ETag != name.ETag || Others(upload, name, algorithm))
                throw S3Errors.Bad(
                    "InvalidPart",
                    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
                        + "entity tag may not match the part's entity tag.",
                    ("UploadId", upload.Id),
                    ("PartNumber", S3Errors.Number(name.Number)),
                    ("ETag", name.ETag)
                );
            if (upload.State.Algorithm is not null)
            {
                if (name.Checksums.TryGetValue(algorithm.Element, out var value))
                {
                    if (value != part.Checksum)
                        throw S3Errors.Bad(
                            "BadDigest",
                            $"The {algorithm.LowerName} you specified for part {part.Number} did not match what we received."
                        );
                }
                else if (upload.State.ChecksumType == "COMPOSITE")
                    throw S3Errors.InvalidRequest(
                        $"The upload was created using a {algorithm.LowerName} checksum. "
                            + "The complete request must include the checksum for "
                            + $"each part. It was missing for part {part.Number} in the request."
                    );
            }
            parts.Add(part);
        }
        foreach (var part in parts.SkipLast(1))
        {
            if (part.Size < SmallestPart)
                throw S3Errors.Bad(
                    "EntityTooSmall",
                    "Your proposed upload is smaller than the minimum allowed size",
                    ("ProposedSize", S3Errors.Number(part.Size)),
                    ("MinSizeAllowed", S3Errors.Number(SmallestPart)),
                    ("PartNumber", S3Errors.Number(part.Number)),
                    ("ETag", part.ETag)
                );
        }
        return parts;
    }

    // Checksums that the upload does not have.
    private static bool Others(Upload upload, NamedPart name, ChecksumAlgorithm algorithm) =>
        name.Checksums.Keys.Any(element => upload.State.Algorithm is null || element != algorithm.Element);

    private static string LocationOf(S3Call call)
    {
        var key = Uri.EscapeDataString(call.Key).Replace("%2F", "/", StringComparison.Ordinal);
        return call.Address.IsByHost ? $"http://{call.Request.Host}/{key}" : $"http://{call.Request.Host}/{call.BucketName}/{key}";
    }

    private sealed record NamedPart(int Number, string ETag, ImmutableDictionary<string, string> Checksums);
}
