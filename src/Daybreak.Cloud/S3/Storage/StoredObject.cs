using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>A version of a key.</summary>
/// <param name="Key">In UTF-8, which is the order of lists.</param>
/// <param name="Age">Smaller for newer versions.</param>
/// <param name="Version"><c>null</c> for one that was put while versioning was not enabled.</param>
/// <param name="Small">Where its body is in the database; null: it is in files, or empty.</param>
internal sealed record ObjectVersion(byte[] Key, long Age, string Version, bool IsLatest, bool IsMarker, long? Small, StoredObject Object)
{
    public string KeyText => Encoding.UTF8.GetString(Key);
}

/// <summary>What is known of an object beside its body.</summary>
internal sealed record StoredObject
{
    /// <summary>Without quotes.</summary>
    public string ETag { get; init; } = "";

    public long Size { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public long Modified { get; init; }

    /// <summary>The files that make up the body, one after the other.</summary>
    public ImmutableArray<Segment> Files { get; init; } = [];

    /// <summary>Content-Type and its like, by their names in lower case.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>User metadata, by the names after <c>x-amz-meta-</c> in lower case.</summary>
    public ImmutableDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableArray<ObjectTag> Tags { get; init; } = [];

    public ObjectChecksum? Checksum { get; init; }

    /// <summary>Null: STANDARD.</summary>
    public string? StorageClass { get; init; }

    /// <summary>Null: AES256.</summary>
    public string? Encryption { get; init; }

    public string? KmsKey { get; init; }

    /// <summary>The parts of a multipart upload.</summary>
    public ImmutableArray<ObjectPart> Parts { get; init; } = [];

    /// <summary>ARN of whoever put it, for the owner.</summary>
    public string? Owner { get; init; }

    [JsonIgnore]
    public DateTimeOffset ModifiedTime => DateTimeOffset.FromUnixTimeMilliseconds(Modified);
}

/// <summary>A file with a piece of a body.</summary>
internal sealed record Segment(string File, long Size);

internal sealed record ObjectTag(string Key, string Value);

/// <param name="Algorithm">As AWS spells it: <c>CRC32</c>.</param>
/// <param name="Type"><c>FULL_OBJECT</c> or <c>COMPOSITE</c>.</param>
/// <param name="Value">In Base64; a composite one ends with the number of parts.</param>
internal sealed record ObjectChecksum(string Algorithm, string Type, string Value);

/// <param name="Checksum">In Base64, if the upload has an algorithm.</param>
internal sealed record ObjectPart(int Number, long Size, string? Checksum = null);
