using System.Text;
using System.Xml;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Lists;

/// <summary>Lists of versions and delete markers.</summary>
internal sealed class VersionLists(ObjectStore store)
{
    private const int Ahead = 256;

    public IEnumerable<S3Operation> Operations() => [new("ListObjectVersions", S3Resource.Bucket, ListAsync, "ListBucketVersions")];

    private Task ListAsync(S3Call call)
    {
        var wanted = ListParameters.Of(call);
        var keyMarker = call.Query("key-marker") ?? "";
        var versionMarker = call.Query("version-id-marker");
        if (versionMarker is not null && keyMarker.Length == 0)
            throw S3Errors.InvalidArgument(
                "A version-id marker cannot be specified without a key marker.",
                "version-id-marker",
                versionMarker
            );
        if (versionMarker is { Length: 0 })
            versionMarker = null;
        var items = new List<Item>();
        var isTruncated = store.Database.Read(rows => Fill(items, rows, call, wanted, keyMarker, versionMarker));
        return S3Xml.WriteAsync(
            call.Response,
            "ListVersionsResult",
            xml =>
            {
                xml.Element("Name", call.BucketName);
                xml.Element("Prefix", wanted.Shown(wanted.Prefix));
                xml.Element("KeyMarker", wanted.Shown(keyMarker));
                xml.Element("VersionIdMarker", versionMarker ?? "");
                if (isTruncated)
                {
                    xml.Element("NextKeyMarker", wanted.Shown(items[^1].Key));
                    if (items[^1].Version is { } last)
                        xml.Element("NextVersionIdMarker", last.Version);
                }
                xml.Element("MaxKeys", wanted.Most);
                if (wanted.Delimiter.Length > 0)
                    xml.Element("Delimiter", wanted.Shown(wanted.Delimiter));
                if (wanted.IsEncoded)
                    xml.Element("EncodingType", "url");
                xml.Element("IsTruncated", isTruncated);
                foreach (var item in items)
                    Write(xml, call, wanted, item);
            }
        );
    }

    private static void Write(XmlWriter xml, S3Call call, ListParameters wanted, Item item)
    {
        if (item.Version is not { } version)
        {
            xml.Element("CommonPrefixes", () => xml.Element("Prefix", wanted.Shown(item.Key)));
            return;
        }
        xml.Element(
            version.IsMarker ? "DeleteMarker" : "Version",
            () =>
            {
                xml.Element("Key", wanted.Shown(item.Key));
                xml.Element("VersionId", version.Version);
                xml.Element("IsLatest", version.IsLatest);
                if (version.IsMarker)
                    xml.Element("LastModified", S3Xml.Time(version.Object.ModifiedTime));
                else
                    ObjectLists.WriteDetails(xml, version);
                xml.Element("Owner", () => xml.Element("ID", call.OwnerId));
            }
        );
    }

    /// <returns>Whether there are more.</returns>
    private static bool Fill(List<Item> items, S3Rows rows, S3Call call, ListParameters wanted, string keyMarker, string? versionMarker)
    {
        var (prefix, delimiter) = (wanted.PrefixBytes, wanted.DelimiterBytes);
        var key = Encoding.UTF8.GetBytes(keyMarker);
        var (from, age) = (KeyWalk.Start(prefix, delimiter, key), long.MinValue);
        if (versionMarker is not null)
        {
            if (!VersionId.IsOne(versionMarker))
                throw S3Errors.InvalidArgument("Invalid version id specified", "version-id-marker", versionMarker);
            if (rows.Version(call.Bucket.Id, key, versionMarker) is { } mark)
                (from, age) = (key, mark.Age + 1);
        }
        while (wanted.Most > 0)
        {
            byte[]? jump = null;
            var count = 0;
            foreach (var found in rows.Versions(call.Bucket.Id, from, age, Ahead))
            {
                count++;
                if (!found.Key.AsSpan().StartsWith(prefix))
                    return false;
                if (items.Count == wanted.Most)
                    return true;
                if (KeyWalk.CommonPrefix(found.Key, prefix, delimiter) is { } common)
                {
                    items.Add(new Item(Encoding.UTF8.GetString(common), null));
                    jump = KeyWalk.After(common);
                    break;
                }
                items.Add(new Item(found.KeyText, found));
                (from, age) = (found.Key, found.Age + 1);
            }
            if (jump is not null)
                (from, age) = (jump, long.MinValue);
            else if (count < Ahead)
                return false;
        }
        return false;
    }

    /// <param name="Version">Null: a common prefix.</param>
    private sealed record Item(string Key, ObjectVersion? Version);
}
