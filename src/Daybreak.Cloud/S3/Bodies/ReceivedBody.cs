using System.Collections.Immutable;
using Daybreak.Cloud.S3.Storage;

namespace Daybreak.Cloud.S3.Bodies;

/// <summary>A body that has arrived whole and is what its sender said. Unless it is kept, its file goes with it.</summary>
internal sealed class ReceivedBody(BodyFiles? files) : IDisposable
{
    private string? _file;
    private bool _isKept;

    /// <summary>Null: it is in a file.</summary>
    public byte[]? Small { get; set; }

    public long Size { get; set; }

    public byte[] Md5 { get; set; } = [];

    public string ETag => Convert.ToHexStringLower(Md5);

    /// <summary>The one that the sender chose, or CRC64NVME.</summary>
    public required ChecksumAlgorithm Algorithm { get; init; }

    public byte[] Checksum { get; set; } = [];

    /// <summary>By the algorithm that was wanted in any case.</summary>
    public byte[] Second { get; set; } = [];

    /// <summary>Whether the sender has sent a checksum.</summary>
    public bool HasSentChecksum { get; init; }

    public string ChecksumText => Convert.ToBase64String(Checksum);

    public ImmutableArray<Segment> Segments => _file is null ? [] : [new Segment(_file, Size)];

    public FileStream CreateFile()
    {
        _file = BodyFiles.NewName();
        return files!.Create(_file);
    }

    /// <summary>The row that refers to its file is committed.</summary>
    public void Keep()
    {
        files?.Settle(Segments);
        _isKept = true;
    }

    public void Dispose()
    {
        if (_file is not null && !_isKept)
            files!.Delete(_file);
        _isKept = true;
    }
}
