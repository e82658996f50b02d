using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Cloud.Postgres;

/// <summary>PostgreSQL's stored form of a password, computed here so that no statement and no log contains the password itself.</summary>
/// <remarks>RFC 5803; https://www.postgresql.org/docs/current/catalog-pg-authid.html</remarks>
internal static class ScramVerifier
{
    private const int Iterations = 4096;
    private const int SaltBytes = 16;

    /// <param name="password">Printable ASCII, which SASLprep leaves unchanged.</param>
    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.ASCII.GetBytes(password),
            salt,
            Iterations,
            HashAlgorithmName.SHA256,
            SHA256.HashSizeInBytes
        );
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return $"SCRAM-SHA-256${Iterations}:{Convert.ToBase64String(salt)}$"
            + $"{Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}";
    }
}
