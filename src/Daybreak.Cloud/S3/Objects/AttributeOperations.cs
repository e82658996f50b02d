using System.Globalization;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>GetObjectAttributes.</summary>
internal sealed class AttributeOperations(ObjectStore store)
{
    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public IEnumerable<S3Operation> Operations() => [new("GetObjectAttributes", S3Resource.Object, GetAsync, null)];

    private Task GetAsync(S3Call call)
    {
        var version = call.VersionId();
        var suffix = version is null ? "" : "Version";
        call.Access.Require(call, $"GetObject{suffix}", call.Bucket, call.Key);
        call.Access.Require(call, $"GetObject{suffix}Attributes", call.Bucket, call.Key);
        var wanted = (call.Header("x-amz-object-attributes") ?? "").Split(',').Select(static name => name.Trim()).ToList();
        if (wanted.FirstOrDefault(static name => !Known.Contains(name)) is { } unknown)
            throw S3Errors.InvalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", unknown);
        var row = store.Database.Read(rows =>
            version is null ? rows.Latest(call.Bucket.Id, call.KeyBytes) : rows.Version(call.Bucket.Id, call.KeyBytes, version)
        );
        var found = ObjectReads.Present(call, row, version);
        var shown = found.Object;
        call.Response.Headers.LastModified = shown.ModifiedTime.ToString("r", CultureInfo.InvariantCulture);
        if (call.Bucket.Versioning is not null)
            call.Response.Headers["x-amz-version-id"] = found.Version;
        return S3Xml.WriteAsync(
            call.Response,
            "GetObjectAttributesResponse",
            xml =>
            {
                if (wanted.Contains("ETag"))
                    xml.Element("ETag", shown.ETag);
                if (wanted.Contains("Checksum") && shown.Checksum is { } checksum)
                    xml.Element(
                        "Checksum",
                        () =>
                        {
                            xml.Element($"Checksum{checksum.Algorithm}", checksum.Value.Split('-')[0]);
                            xml.Element("ChecksumType", checksum.Type);
                        }
                    );
                if (wanted.Contains("ObjectParts") && !shown.Parts.IsEmpty)
                    xml.Element("ObjectParts", () => WriteParts(xml, call, shown));
                if (wanted.Contains("StorageClass"))
                    xml.Element("StorageClass", shown.StorageClass ?? "STANDARD");
                if (wanted.Contains("ObjectSize"))
                    xml.Element("ObjectSize", shown.Size);
            }
        );
    }

    private static void WriteParts(System.Xml.XmlWriter xml, S3Call call, StoredObject shown)
    {
        xml.Element("PartsCount", shown.Parts.Length);
        if (shown.Parts.All(static part => part.Checksum is null))
            return;
        var most = int.TryParse(call.Header("x-amz-max-parts"), out var number) ? Math.Clamp(number, 0, 1000) : 1000;
        var after = int.TryParse(call.Header("x-amz-part-number-marker"), out var marker) ? marker : 0;
        var rest = shown.Parts.Where(part => part.Number > after).ToList();
        var parts = rest.Take(most).ToList();
        xml.Element("PartNumberMarker", after);
        xml.Element("NextPartNumberMarker", parts.Count == 0 ? 0 : parts[^1].Number);
        xml.Element("MaxParts", most);
        xml.Element("IsTruncated", rest.Count > most);
        foreach (var part in parts)
            xml.Element(
                "Part",
                () =>
                {
                    xml.Element("PartNumber", part.Number);
                    xml.Element("Size", part.Size);
                    xml.Element($"Checksum{shown.Checksum!.Algorithm}", part.Checksum);
                }
            );
    }
}
