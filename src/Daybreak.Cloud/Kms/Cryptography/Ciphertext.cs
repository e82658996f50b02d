using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Cloud.Kms.Keys;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Kms.Cryptography;

/// <summary>
/// What a key has encrypted: a head that names account, key and material, then nonce, tag and the encrypted bytes (AES-256-GCM). The head
/// and the encryption context are authenticated with them.
/// </summary>
internal readonly ref struct Ciphertext
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int AccountAt = 6;
    private const int KeyAt = AccountAt + sizeof(ulong);
    private const int MaterialAt = KeyAt + 16;
    private const int HeadBytes = MaterialAt + sizeof(ushort);

    private readonly ReadOnlySpan<byte> _bytes;

    private Ciphertext(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    // Those of AWS begin so as well.
    private static ReadOnlySpan<byte> Start => [1, 2, 2, 0, 0x78, 0x78];

    /// <summary>The key that can decrypt it, in a Region.</summary>
    public ResourceKey KeyIn(string region) =>
        new(
            BinaryPrimitives.ReadUInt64BigEndian(_bytes[AccountAt..]).ToString("D12", CultureInfo.InvariantCulture),
            region,
            new Guid(_bytes.Slice(KeyAt, 16), bigEndian: true).ToString()
        );

    public int Material => BinaryPrimitives.ReadUInt16BigEndian(_bytes[MaterialAt..]);

    /// <summary>Whether the bytes have the form of a ciphertext.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ciphertext ciphertext)
    {
        ciphertext = new Ciphertext(bytes);
        return bytes.Length >= HeadBytes + NonceBytes + TagBytes && bytes.StartsWith(Start);
    }

    /// <param name="material">The current material of the key.</param>
    public static byte[] Encrypt(Key key, byte[] material, ReadOnlySpan<byte> plain, IReadOnlyDictionary<string, string>? context)
    {
        var result = new byte[HeadBytes + NonceBytes + TagBytes + plain.Length];
        Start.CopyTo(result);
        BinaryPrimitives.WriteUInt64BigEndian(result.AsSpan(AccountAt), ulong.Parse(key.AccountId, CultureInfo.InvariantCulture));
        _ = Guid.Parse(key.Id).TryWriteBytes(result.AsSpan(KeyAt), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(MaterialAt), (ushort)(key.Materials.Length - 1));
        var nonce = result.AsSpan(HeadBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(material, TagBytes);
        cipher.Encrypt(
            nonce,
            plain,
            result.AsSpan(HeadBytes + NonceBytes + TagBytes),
            result.AsSpan(HeadBytes + NonceBytes, TagBytes),
            Authenticated(result.AsSpan(0, HeadBytes), context)
        );
        return result;
    }

    /// <returns>Null when it was encrypted with something else, for another context, or changed.</returns>
    public byte[]? Decrypt(byte[] material, IReadOnlyDictionary<string, string>? context)
    {
        var plain = new byte[_bytes.Length - HeadBytes - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(material, TagBytes);
            cipher.Decrypt(
                _bytes.Slice(HeadBytes, NonceBytes),
                _bytes[(HeadBytes + NonceBytes + TagBytes)..],
                _bytes.Slice(HeadBytes + NonceBytes, TagBytes),
                plain,
                Authenticated(_bytes[..HeadBytes], context)
            );
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>The head, and the pairs in the order of their keys, each text behind its length.</summary>
    private static byte[] Authenticated(ReadOnlySpan<byte> head, IReadOnlyDictionary<string, string>? context)
    {
        using var stream = new MemoryStream();
        stream.Write(head);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        foreach (var (key, value) in (context ?? new Dictionary<string, string>()).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Write(key);
            writer.Write(value);
        }
        writer.Flush();
        return stream.ToArray();
    }
}
