using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Aws.Signing;

/// <summary>
/// The key derived from a secret for one day, Region and service. Deriving takes four HMACs and is the most expensive part of a signature,
/// so a key is kept for its day. Safe for concurrent use.
/// </summary>
public sealed class SigningKey
{
    /// <summary>Length in bytes of both key and signature.</summary>
    public const int Length = 32;

    /// <summary>A power of two. With more threads than this, a hash is sometimes made again, which costs a microsecond.</summary>
    private const int Slots = 16;

    private readonly byte[] _key;
    private readonly IncrementalHash?[] _idle = new IncrementalHash?[Slots];

    private SigningKey(byte[] key) => this._key = key;

    /// <param name="day">Eight digits: <c>20150830</c>.</param>
    public static SigningKey Derive(string secretAccessKey, string day, string region, string service)
    {
        var secret = Encoding.UTF8.GetBytes("AWS4" + secretAccessKey);
        var ofDay = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(day));
        var ofRegion = HMACSHA256.HashData(ofDay, Encoding.UTF8.GetBytes(region));
        var ofService = HMACSHA256.HashData(ofRegion, Encoding.UTF8.GetBytes(service));
        var derived = HMACSHA256.HashData(ofService, "aws4_request"u8.ToArray());
        CryptographicOperations.ZeroMemory(secret);
        return new SigningKey(derived);
    }

    /// <param name="signature">Receives 32 bytes.</param>
    public void Sign(ReadOnlySpan<byte> stringToSign, Span<byte> signature)
    {
        // A used hash already contains the key. The thread that takes it owns it until it puts it back.
        ref var slot = ref _idle[Environment.CurrentManagedThreadId & (Slots - 1)];
        var hash = Interlocked.Exchange(ref slot, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(stringToSign);
        hash.GetHashAndReset(signature);
        Interlocked.Exchange(ref slot, hash)?.Dispose();
    }
}
