using System.Collections.Immutable;
using System.Text;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>A multipart upload that is neither completed nor aborted.</summary>
/// <param name="Started">Milliseconds since 1970.</param>
internal sealed record Upload(byte[] Key, long Started, string Id, UploadState State)
{
    public string KeyText => Encoding.UTF8.GetString(Key);
}

internal sealed record UploadState
{
    /// <summary>What the object will be, but for its body.</summary>
    public required StoredObject Object { get; init; }

    /// <summary>Null: its creator named none.</summary>
    public string? Algorithm { get; init; }

    /// <summary><c>COMPOSITE</c> or <c>FULL_OBJECT</c>.</summary>
    public string? ChecksumType { get; init; }

    /// <summary>ARN of its creator.</summary>
    public string? Initiator { get; init; }

    /// <summary>The age of the key's latest version when it began; null: there was none.</summary>
    public long? KeyAge { get; init; }
}

/// <summary>A part that has been uploaded.</summary>
internal sealed record UploadedPart
{
    public int Number { get; init; }

    /// <summary>MD5 in hex.</summary>
    public required string ETag { get; init; }

    public long Size { get; init; }

    public long Modified { get; init; }

    public ImmutableArray<Segment> Files { get; init; } = [];

    /// <summary>In Base64, by the upload's algorithm, or else by CRC64NVME.</summary>
    public required string Checksum { get; init; }
}
