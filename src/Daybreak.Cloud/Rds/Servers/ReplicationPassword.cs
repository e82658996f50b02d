using System.Security.Cryptography;
using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>The password of the replication role of readers, in a password file of libpq that no session of a server can read.</summary>
/// <remarks>https://www.postgresql.org/docs/current/libpq-pgpass.html</remarks>
internal static class ReplicationPassword
{
    private const int Bytes = 32;

    public static string NewFile() => $"*:*:*:{ServerTemplate.Replicator}:{Convert.ToHexString(RandomNumberGenerator.GetBytes(Bytes))}\n";

    /// <summary>Returns PostgreSQL's stored form of the password in a file.</summary>
    public static async Task<string> VerifierAsync(string file) =>
        ScramVerifier.Of((await File.ReadAllTextAsync(file)).Trim().Split(':')[^1]);
}
