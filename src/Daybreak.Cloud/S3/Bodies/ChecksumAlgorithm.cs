using System.Security.Cryptography;

namespace Daybreak.Cloud.S3.Bodies;

/// <summary>One of S3's five checksums.</summary>
/// <param name="Name">As in answers: <c>CRC32C</c>.</param>
/// <param name="Length">Of a value in bytes.</param>
/// <param name="Crc">Null: a hash.</param>
internal sealed record ChecksumAlgorithm(string Name, int Length, ReflectedCrc? Crc)
{
    public static readonly ChecksumAlgorithm Crc32 = new("CRC32", 4, ReflectedCrc.Crc32),
        Crc32C = new("CRC32C", 4, ReflectedCrc.Crc32C),
        Crc64Nvme = new("CRC64NVME", 8, ReflectedCrc.Crc64Nvme),
        Sha1 = new("SHA1", 20, null),
        Sha256 = new("SHA256", 32, null);

    public static readonly IReadOnlyList<ChecksumAlgorithm> All = [Crc32, Crc32C, Crc64Nvme, Sha1, Sha256];

    /// <summary>In lower case, as in headers.</summary>
    public string LowerName { get; } = Name.ToLowerInvariant();

    public string Header { get; } = $"x-amz-checksum-{Name.ToLowerInvariant()}";

    /// <summary>The name of its element in XML.</summary>
    public string Element { get; } = $"Checksum{Name}";

    public static ChecksumAlgorithm? Find(string name) =>
        All.FirstOrDefault(algorithm => algorithm.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static ChecksumAlgorithm? OfHeader(string header) =>
        All.FirstOrDefault(algorithm => algorithm.Header.Equals(header, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text is a value of this algorithm in Base64.</summary>
    public bool IsValue(string text)
    {
        Span<byte> bytes = stackalloc byte[64];
        return text.Length <= 64 && Convert.TryFromBase64String(text, bytes, out var length) && length == Length;
    }

    public RunningChecksum Start() => Crc is { } crc ? new RunningCrc(crc) : new RunningHash(Name == "SHA1");

    private sealed class RunningCrc(ReflectedCrc crc) : RunningChecksum
    {
        private ulong _state = crc.Start;

        public override void Append(ReadOnlySpan<byte> bytes) => _state = crc.Append(_state, bytes);

        public override byte[] Finish() => crc.Finish(_state);
    }

    private sealed class RunningHash(bool isSha1) : RunningChecksum
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(isSha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256);

        public override void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

        public override byte[] Finish() => _hash.GetHashAndReset();

        public override void Dispose()
        {
            _hash.Dispose();
            base.Dispose();
        }
    }
}

/// <summary>A checksum of what has been appended.</summary>
internal abstract class RunningChecksum : IDisposable
{
    public abstract void Append(ReadOnlySpan<byte> bytes);

    public abstract byte[] Finish();

    public virtual void Dispose() { }
}
