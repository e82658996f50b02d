using System.Globalization;
using System.Text;
using Daybreak.Cloud.S3.Lists;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Multipart;

/// <summary>Lists of uploads and of their parts.</summary>
internal sealed class UploadLists(ObjectStore store)
{
    public IEnumerable<S3Operation> Operations() =>
        [
            new("ListParts", S3Resource.Object, ListPartsAsync, "ListMultipartUploadParts"),
            new("ListMultipartUploads", S3Resource.Bucket, ListUploadsAsync, "ListBucketMultipartUploads"),
        ];

    private Task ListPartsAsync(S3Call call)
    {
        var upload = MultipartUploads.Find(store, call);
        var most = ListParameters.MostOf(call, "max-parts");
        var text = call.Query("part-number-marker") ?? "0";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            throw S3Errors.InvalidArgument(
                "Argument part-number-marker must be an integer between 0 and 2147483647",
                "part-number-marker",
                text
            );
        var parts = store.Database.Read(rows => rows.Parts(upload.Id, after, most + 1));
        var shown = parts.Take(most).ToList();
        return S3Xml.WriteAsync(
            call.Response,
            "ListPartsResult",
            xml =>
            {
                xml.Element("Bucket", call.BucketName);
                xml.Element("Key", call.Key);
                xml.Element("UploadId", upload.Id);
                xml.Element(
                    "Initiator",
                    () =>
                    {
                        xml.Element("ID", upload.State.Initiator ?? call.OwnerId);
                        xml.Element("DisplayName", "");
                    }
                );
                xml.Element("Owner", () => xml.Element("ID", call.OwnerId));
                xml.Element("StorageClass", upload.State.Object.StorageClass ?? "STANDARD");
                xml.Element("PartNumberMarker", after);
                xml.Element("NextPartNumberMarker", shown.Count == 0 ? 0 : shown[^1].Number);
                xml.Element("MaxParts", most);
                xml.Element("IsTruncated", parts.Count > most);
                if (upload.State.Algorithm is { } algorithm)
                {
                    xml.Element("ChecksumAlgorithm", algorithm);
                    xml.Element("ChecksumType", upload.State.ChecksumType);
                }
                foreach (var part in shown)
                    xml.Element(
                        "Part",
                        () =>
                        {
                            xml.Element("PartNumber", part.Number);
                            xml.Element("LastModified", S3Xml.Time(DateTimeOffset.FromUnixTimeMilliseconds(part.Modified)));
                            xml.Element("ETag", $"\"{part.ETag}\"");
                            xml.Element("Size", part.Size);
                            if (upload.State.Algorithm is { } name)
                                xml.Element($"Checksum{name}", part.Checksum);
                        }
                    );
            }
        );
    }

    private Task ListUploadsAsync(S3Call call)
    {
        var wanted = ListParameters.Of(call, "max-uploads");
        var keyMarker = call.Query("key-marker") ?? "";
        var idMarker = keyMarker.Length == 0 ? "" : call.Query("upload-id-marker") ?? "";
        var page = store.Database.Read(rows => PageOf(rows, call, wanted, keyMarker, idMarker));
        return S3Xml.WriteAsync(
            call.Response,
            "ListMultipartUploadsResult",
            xml =>
            {
                xml.Element("Bucket", call.BucketName);
                xml.Element("KeyMarker", wanted.Shown(keyMarker));
                xml.Element("UploadIdMarker", idMarker);
                xml.Element("NextKeyMarker", page.Last is null ? "" : wanted.Shown(page.Last));
                xml.Element("NextUploadIdMarker", page.LastId ?? "");
                if (wanted.Delimiter.Length > 0)
                    xml.Element("Delimiter", wanted.Shown(wanted.Delimiter));
                xml.Element("Prefix", wanted.Shown(wanted.Prefix));
                xml.Element("MaxUploads", wanted.Most);
                if (wanted.IsEncoded)
                    xml.Element("EncodingType", "url");
                xml.Element("IsTruncated", page.IsTruncated);
                foreach (var upload in page.Uploads)
                    xml.Element(
                        "Upload",
                        () =>
                        {
                            xml.Element("Key", wanted.Shown(upload.KeyText));
                            xml.Element("UploadId", upload.Id);
                            xml.Element(
                                "Initiator",
                                () =>
                                {
                                    xml.Element("ID", upload.State.Initiator ?? call.OwnerId);
                                    xml.Element("DisplayName", "");
                                }
                            );
                            xml.Element("Owner", () => xml.Element("ID", call.OwnerId));
                            xml.Element("StorageClass", upload.State.Object.StorageClass ?? "STANDARD");
                            xml.Element("Initiated", S3Xml.Time(DateTimeOffset.FromUnixTimeMilliseconds(upload.Started)));
                            if (upload.State.Algorithm is { } algorithm)
                            {
                                xml.Element("ChecksumAlgorithm", algorithm);
                                xml.Element("ChecksumType", upload.State.ChecksumType);
                            }
                        }
                    );
                foreach (var prefix in page.Prefixes)
                    xml.Element("CommonPrefixes", () => xml.Element("Prefix", wanted.Shown(prefix)));
            }
        );
    }

    private static UploadPage PageOf(S3Rows rows, S3Call call, ListParameters wanted, string keyMarker, string idMarker)
    {
        var page = new UploadPage();
        var key = Encoding.UTF8.GetBytes(keyMarker);
        var from = KeyWalk.Start(wanted.PrefixBytes, wanted.DelimiterBytes, key);
        var (started, id) = (0L, "");
        if (idMarker.Length > 0)
        {
            var mark =
                rows.FindUpload(call.Bucket.Id, key, idMarker)
                ?? throw S3Errors.InvalidArgument("Invalid uploadId marker", "upload-id-marker", idMarker);
            (from, started, id) = (key, mark.Started, idMarker + "\0");
        }
        while (wanted.Most > 0)
        {
            byte[]? jump = null;
            var count = 0;
            const int Ahead = 256;
            foreach (var found in rows.Uploads(call.Bucket.Id, from, started, id, Ahead))
            {
                count++;
                if (!found.Key.AsSpan().StartsWith(wanted.PrefixBytes))
                    return page;
                if (page.Uploads.Count + page.Prefixes.Count == wanted.Most)
                    return page with { IsTruncated = true };
                if (KeyWalk.CommonPrefix(found.Key, wanted.PrefixBytes, wanted.DelimiterBytes) is { } common)
                {
                    page.Prefixes.Add(Encoding.UTF8.GetString(common));
                    page = page with { Last = page.Prefixes[^1], LastId = null };
                    jump = KeyWalk.After(common);
                    break;
                }
                page.Uploads.Add(found);
                page = page with { Last = found.KeyText, LastId = found.Id };
                (from, started, id) = (found.Key, found.Started, found.Id + "\0");
            }
            if (jump is not null)
                (from, started, id) = (jump, 0, "");
            else if (count < Ahead)
                break;
        }
        return page;
    }

    private sealed record UploadPage
    {
        public List<Upload> Uploads { get; } = [];

        public List<string> Prefixes { get; } = [];

        public string? Last { get; init; }

        public string? LastId { get; init; }

        public bool IsTruncated { get; init; }
    }
}
