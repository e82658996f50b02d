using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Daybreak.Cloud.S3.Protocol;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Objects;

/// <summary>What a request says of an object in its headers, and an answer in its own.</summary>
internal static class ObjectHeaders
{
    private const string MetadataPrefix = "x-amz-meta-";
    private const int MostMetadata = 2048;

    private static readonly string[] Kept =
    [
        "content-type",
        "content-encoding",
        "content-language",
        "content-disposition",
        "cache-control",
        "expires",
        "x-amz-website-redirect-location",
    ];

    private static readonly string[] Overridable =
    [
        "content-type",
        "content-language",
        "expires",
        "cache-control",
        "content-disposition",
        "content-encoding",
    ];

    private static readonly string[] StorageClasses =
    [
        "STANDARD",
        "REDUCED_REDUNDANCY",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "GLACIER",
        "DEEP_ARCHIVE",
        "GLACIER_IR",
    ];

    /// <summary>Headers of requests that ask for something that is not here.</summary>
    private static readonly string[] Refused =
    [
        "x-amz-server-side-encryption-customer-algorithm",
        "x-amz-copy-source-server-side-encryption-customer-algorithm",
        "x-amz-object-lock-mode",
        "x-amz-object-lock-retain-until-date",
        "x-amz-object-lock-legal-hold",
        "x-amz-write-offset-bytes",
        "x-amz-grant-read",
        "x-amz-grant-write",
        "x-amz-grant-full-control",
        "x-amz-grant-read-acp",
        "x-amz-grant-write-acp",
    ];

    /// <summary>The part of an object that headers say.</summary>
    /// <param name="headers">By name; null: none of this name.</param>
    public static StoredObject Read(IEnumerable<KeyValuePair<string, string>> headers)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, string>();
        var metadata = ImmutableDictionary.CreateBuilder<string, string>();
        var read = new StoredObject();
        var size = 0;
        foreach (var (sent, value) in headers)
        {
            var name = sent.ToLowerInvariant();
            if (Refused.Contains(name))
                throw S3Errors.NotImplementedHeader(name);
            if (name.StartsWith(MetadataPrefix, StringComparison.Ordinal))
            {
                var text = EncodedText.Decode(value);
                metadata[name[MetadataPrefix.Length..]] = text;
                size += name.Length - MetadataPrefix.Length + Encoding.UTF8.GetByteCount(text);
            }
            else if (Kept.Contains(name))
                fields[name] = value.AsSpan().ContainsAnyInRange('\0', '\x1F')
                    ? throw S3Errors.InvalidArgument("Header value contains control characters.", name, value)
                    : value;
            else if (name == "x-amz-storage-class")
                read = read with { StorageClass = StorageClassOf(value) };
            else if (name == "x-amz-server-side-encryption")
                read = read with { Encryption = EncryptionOf(value) };
            else if (name == "x-amz-server-side-encryption-aws-kms-key-id")
                read = read with { KmsKey = value };
            else if (name == "x-amz-acl" && value is not ("private" or "bucket-owner-full-control" or "bucket-owner-read"))
                throw S3Errors.Bad("AccessControlListNotSupported", "The bucket does not allow ACLs");
        }
        if (size > MostMetadata)
            throw S3Errors.MetadataTooLarge(size);
        if (fields.TryGetValue("content-encoding", out var encoding))
        {
            var rest = string.Join(',', encoding.Split(',').Select(static one => one.Trim()).Where(static one => one != "aws-chunked"));
            if (rest.Length == 0)
                fields.Remove("content-encoding");
            else
                fields["content-encoding"] = rest;
        }
        return read with { Headers = fields.ToImmutable(), Metadata = metadata.ToImmutable() };
    }

    public static StoredObject Read(S3Call call) =>
        Read(call.Request.Headers.Select(static header => new KeyValuePair<string, string>(header.Key, header.Value.ToString())));

    /// <summary>Writes what GET and HEAD show of an object.</summary>
    public static void Write(S3Call call, ObjectVersion found, bool isWhole)
    {
        var overrides = Overrides(call); // may refuse, before anything is written
        var (headers, shown) = (call.Response.Headers, found.Object);
        headers.AcceptRanges = "bytes";
        headers.ETag = $"\"{shown.ETag}\"";
        headers.LastModified = shown.ModifiedTime.ToString("r", CultureInfo.InvariantCulture);
        headers.ContentType = "binary/octet-stream";
        foreach (var (name, value) in shown.Headers)
            headers[name] = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value)); // the bytes that were sent
        foreach (var (name, value) in shown.Metadata)
            headers[MetadataPrefix + name] = EncodedText.Encode(value);
        WriteEncryption(call, shown);
        if (shown.StorageClass is { } storageClass)
            headers["x-amz-storage-class"] = storageClass;
        if (!shown.Tags.IsEmpty)
            headers["x-amz-tagging-count"] = S3Errors.Number(shown.Tags.Length);
        if (call.Bucket.Versioning is not null)
            headers["x-amz-version-id"] = found.Version;
        if (
            isWhole
            && shown.Checksum is { } checksum
            && "ENABLED".Equals(call.Header("x-amz-checksum-mode"), StringComparison.OrdinalIgnoreCase)
        )
            WriteChecksum(call, checksum);
        foreach (var (name, value) in overrides)
            headers[name] = value;
    }

    public static void WriteChecksum(S3Call call, ObjectChecksum checksum)
    {
        call.Response.Headers[$"x-amz-checksum-{checksum.Algorithm.ToLowerInvariant()}"] = checksum.Value;
        call.Response.Headers["x-amz-checksum-type"] = checksum.Type;
    }

    public static void WriteEncryption(S3Call call, StoredObject shown)
    {
        call.Response.Headers["x-amz-server-side-encryption"] = shown.Encryption ?? "AES256";
        if (shown.KmsKey is { } key)
            call.Response.Headers["x-amz-server-side-encryption-aws-kms-key-id"] = key;
    }

    private static List<(string Name, string Value)> Overrides(S3Call call)
    {
        var overrides = new List<(string, string)>();
        if (call.Request.RawQuery.Length == 0)
            return overrides;
        foreach (var name in Overridable)
        {
            if (call.Query($"response-{name}") is not { } value)
                continue;
            if (call.Identity.IsAnonymous)
                throw S3Errors.InvalidRequest("Request specific response headers cannot be used for anonymous GET requests.");
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '\u00FF') || value.Contains('\x7F', StringComparison.Ordinal))
                throw S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", $"response-{name}", value);
            overrides.Add((name, value));
        }
        return overrides;
    }

    private static string? StorageClassOf(string value) =>
        !StorageClasses.Contains(value) ? throw S3Errors.InvalidStorageClass(value)
        : value == "STANDARD" ? null
        : value;

    private static string? EncryptionOf(string value) =>
        value switch
        {
            "AES256" => null,
            "aws:kms" or "aws:kms:dsse" => value,
            _ => throw S3Errors.InvalidArgument("The encryption method specified is not supported", "x-amz-server-side-encryption", value),
        };
}
