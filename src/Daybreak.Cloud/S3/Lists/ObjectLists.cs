using System.Text;
using System.Xml;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Lists;

/// <summary>Lists of a bucket's objects, in both forms.</summary>
internal sealed class ObjectLists(ObjectStore store)
{
    public IEnumerable<S3Operation> Operations() =>
        [
            new("ListObjects", S3Resource.Bucket, ListAsync, "ListBucket"),
            new("ListObjectsV2", S3Resource.Bucket, ListSecondAsync, "ListBucket"),
        ];

    private Task ListAsync(S3Call call)
    {
        var wanted = ListParameters.Of(call);
        var marker = call.Query("marker") ?? "";
        var page = PageOf(call, wanted, Encoding.UTF8.GetBytes(marker));
        return S3Xml.WriteAsync(
            call.Response,
            "ListBucketResult",
            xml =>
            {
                xml.Element("Name", call.BucketName);
                xml.Element("Prefix", wanted.Shown(wanted.Prefix));
                xml.Element("Marker", wanted.Shown(marker));
                if (page.IsTruncated && wanted.Delimiter.Length > 0)
                    xml.Element("NextMarker", wanted.Shown(page.Items[^1].Text));
                WriteCommon(xml, wanted, page);
                WriteItems(xml, call, wanted, page, withOwner: true);
            }
        );
    }

    private Task ListSecondAsync(S3Call call)
    {
        var wanted = ListParameters.Of(call);
        var token = call.Query("continuation-token");
        var start = token is null ? call.Query("start-after") : null;
        var after = token is null ? Encoding.UTF8.GetBytes(start ?? "") : KeyOf(token);
        var page = PageOf(call, wanted, after);
        return S3Xml.WriteAsync(
            call.Response,
            "ListBucketResult",
            xml =>
            {
                xml.Element("Name", call.BucketName);
                xml.Element("Prefix", wanted.Shown(wanted.Prefix));
                if (start is not null)
                    xml.Element("StartAfter", wanted.Shown(start));
                if (token is not null)
                    xml.Element("ContinuationToken", token);
                if (page.IsTruncated)
                    xml.Element("NextContinuationToken", TokenOf(page.Items[^1].Key));
                xml.Element("KeyCount", page.Items.Count);
                WriteCommon(xml, wanted, page);
                WriteItems(xml, call, wanted, page, withOwner: call.Query("fetch-owner") == "true");
            }
        );
    }

    private KeyPage PageOf(S3Call call, ListParameters wanted, byte[] after) =>
        wanted.Most == 0
            ? new KeyPage([], false)
            : store.Database.Read(rows =>
                KeyWalk.Page(rows, call.Bucket.Id, wanted.PrefixBytes, wanted.DelimiterBytes, after, wanted.Most)
            );

    private static void WriteCommon(XmlWriter xml, ListParameters wanted, KeyPage page)
    {
        xml.Element("MaxKeys", wanted.Most);
        if (wanted.Delimiter.Length > 0)
            xml.Element("Delimiter", wanted.Shown(wanted.Delimiter));
        if (wanted.IsEncoded)
            xml.Element("EncodingType", "url");
        xml.Element("IsTruncated", page.IsTruncated);
    }

    private static void WriteItems(XmlWriter xml, S3Call call, ListParameters wanted, KeyPage page, bool withOwner)
    {
        foreach (var item in page.Items)
        {
            if (item.Object is { } found)
                xml.Element("Contents", () => WriteObject(xml, found, wanted.Shown(item.Text), withOwner ? call.OwnerId : null));
        }
        foreach (var item in page.Items)
        {
            if (item.Object is null)
                xml.Element("CommonPrefixes", () => xml.Element("Prefix", wanted.Shown(item.Text)));
        }
    }

    private static void WriteObject(XmlWriter xml, ObjectVersion found, string key, string? owner)
    {
        xml.Element("Key", key);
        WriteDetails(xml, found);
        if (owner is not null)
            xml.Element("Owner", () => xml.Element("ID", owner));
    }

    /// <summary>What lists show of an object or a version.</summary>
    public static void WriteDetails(XmlWriter xml, ObjectVersion found)
    {
        var shown = found.Object;
        xml.Element("LastModified", S3Xml.Time(shown.ModifiedTime));
        xml.Element("ETag", $"\"{shown.ETag}\"");
        if (shown.Checksum is { } checksum)
        {
            xml.Element("ChecksumAlgorithm", checksum.Algorithm);
            xml.Element("ChecksumType", checksum.Type);
        }
        xml.Element("Size", shown.Size);
        xml.Element("StorageClass", shown.StorageClass ?? "STANDARD");
    }

    // A token is the last key that was shown, behind a letter that tells it from what nobody was given.
    private static string TokenOf(byte[] key) => "1" + Convert.ToBase64String(key);

    private static byte[] KeyOf(string token)
    {
        try
        {
            if (token.Length > 1 && token[0] == '1')
                return Convert.FromBase64String(token[1..]);
        }
        catch (FormatException)
        {
            // It is refused below.
        }
        throw S3Errors.InvalidArgumentOnly("The continuation token provided is incorrect", "continuation-token");
    }
}
