using System.Security.Cryptography;

namespace Daybreak.Cloud.State;

/// <summary>
/// The key of a state directory, under which secrets are stored in it: AES-256-GCM, each with a nonce of its own. It lies in a file that
/// only its owner can read, so that the database alone (a copy, a backup) tells no secret.
/// </summary>
internal sealed class SealingKey
{
    private const string FileName = "secrets.key";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key;

    private SealingKey(byte[] key) => _key = key;

    /// <summary>A key of 32 bytes that is kept elsewhere.</summary>
    public static SealingKey Of(byte[] key) => new(key);

    /// <summary>Reads the key, or makes one.</summary>
    /// <exception cref="StateException">The file cannot be read, or is no key.</exception>
    public static SealingKey Open(string directory)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            if (!File.Exists(path))
                Write(path, RandomNumberGenerator.GetBytes(KeyBytes));
            var key = File.ReadAllBytes(path);
            return key.Length == KeyBytes ? new SealingKey(key) : throw new StateException($"{path} is not a key of {KeyBytes} bytes");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The key {path} cannot be read or made: {error.Message}", error);
        }
    }

    /// <param name="owner">What the secret belongs to: it can be read as no other's.</param>
    public byte[] Seal(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> owner)
    {
        var result = new byte[NonceBytes + TagBytes + secret.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_key, TagBytes); // an instance may be used by one thread only
        cipher.Encrypt(
            result.AsSpan(0, NonceBytes),
            secret,
            result.AsSpan(NonceBytes + TagBytes),
            result.AsSpan(NonceBytes, TagBytes),
            owner
        );
        return result;
    }

    /// <exception cref="StateException">It was sealed under another key, for another owner, or damaged.</exception>
    public byte[] Unseal(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> owner)
    {
        if (stored.Length < NonceBytes + TagBytes)
            throw Unreadable(null);
        var result = new byte[stored.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(_key, TagBytes);
            cipher.Decrypt(stored[..NonceBytes], stored[(NonceBytes + TagBytes)..], stored.Slice(NonceBytes, TagBytes), result, owner);
            return result;
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw Unreadable(error);
        }
    }

    private static StateException Unreadable(Exception? cause) =>
        new(
            $"A stored secret cannot be read: it is damaged, or {FileName} in the state directory is not the key it was stored with",
            cause
        );

    // Written whole before it has its name, so that a process that is killed leaves no part of a key.
    private static void Write(string path, byte[] key)
    {
        var part = path + ".new";
        File.Delete(part);
        using (
            var file = new FileStream(
                part,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            )
        )
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }
        File.Move(part, path);
    }
}
