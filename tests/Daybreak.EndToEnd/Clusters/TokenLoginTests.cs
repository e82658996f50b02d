using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daybreak.Cloud.Postgres;
using Daybreak.EndToEnd.Stage;
using Npgsql;
using TemporaryDirectory = Daybreak.Cloud.Processes.TemporaryDirectory;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>A server whose members of rds_iam log in with tokens, and nobody who judges them.</summary>
public sealed class TokenLoginTests
{
    private const string Password = "a-good-password";

    [Fact]
    public async Task Without_the_listener_members_are_refused_and_everybody_else_logs_in()
    {
        using var directory = TemporaryDirectory.Create("test");
        await using var server = await PostgresServer.StartAsync(
            PostgresInstallation.InTree(Path.Combine(Checkout.Build, "pgsql")),
            new PostgresServerOptions
            {
                Directory = directory.Path,
                Port = FreePort.Find(),
                Password = Password,
                Certificate = SelfSigned(),
                ThrowAway = true,
                TokenLogins = new TokenLogins("rds_iam", FreePort.Find(), "db-ANY/"),
            },
            TestContext.Current.CancellationToken
        );
        await RunAsync(
            server,
            "postgres",
            $"CREATE ROLE rds_iam; CREATE ROLE member LOGIN PASSWORD '{Password}' IN ROLE rds_iam; CREATE ROLE other LOGIN PASSWORD '{Password}'"
        );

        foreach (var password in new[] { Password, "127.0.0.1:5432/?Action=connect&DBUser=member", " " })
            Assert.Equal(
                "28000",
                (await Assert.ThrowsAsync<PostgresException>(() => RunAsync(server, "member", "SELECT 1", password))).SqlState
            );
        await RunAsync(server, "other", "SELECT 1");
        await RunAsync(server, "postgres", "REVOKE rds_iam FROM member");
        await RunAsync(server, "member", "SELECT 1");
    }

    private static async Task RunAsync(PostgresServer server, string user, string sql, string password = Password)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = server.Options.Port,
                Username = user,
                Password = password,
                Database = "postgres",
                SslMode = SslMode.Require,
                Pooling = false,
            }
        );
        await source.CreateCommand(sql).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static (string Certificate, string Key) SelfSigned()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
