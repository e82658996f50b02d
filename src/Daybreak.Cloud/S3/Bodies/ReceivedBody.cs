using System.Collections.Immutable;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Bodies;

/// <summary>A body that has arrived whole and is what its sender said. Unless it is kept, its file goes with it.</summary>
internal sealed class ReceivedBody(BodyFiles? files) : IDisposable
{
    /// <summary>Null: it is in a file.</summary>
    public byte[]? Small { get; set; }

    public string? File { get; set; }

    public long Size { get; set; }

    public byte[] Md5 { get; set; } = [];

    public string ETag => Convert.ToHexStringLower(Md5);

    /// <summary>By the algorithm that the sender chose, or CRC64NVME.</summary>
    public ChecksumAlgorithm Algorithm { get; set; } = ChecksumAlgorithm.Crc64Nvme;

    public byte[] Checksum { get; set; } = [];

    /// <summary>Whether the sender has sent a checksum.</summary>
    public bool HasSentChecksum { get; set; }

    public string ChecksumText => Convert.ToBase64String(Checksum);

    public ImmutableArray<Segment> Segments => File is null ? [] : [new Segment(File, Size)];

    /// <summary>The row that refers to its file is committed.</summary>
    public void Keep()
    {
        files?.Settle(Segments);
        File = null;
    }

    public void Dispose()
    {
        if (File is not null)
            files!.Delete(File);
        File = null;
    }
}
