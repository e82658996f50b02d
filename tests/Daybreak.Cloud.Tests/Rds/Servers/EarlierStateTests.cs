using System.Text;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Tests.Rds.Servers;

/// <summary>A state directory of an earlier build is migrated, and rights that were too wide are removed.</summary>
[Trait("Pace", "slow")]
public sealed class EarlierStateTests : IDisposable
{
    private const UnixFileMode Passable = (UnixFileMode)0b111_001_001;

    private static readonly PostgresInstallation Installation = PostgresInstallation.OfSystem()[0];

    private readonly string _state = Directory.CreateTempSubdirectory("daybreak-").FullName;

    public EarlierStateTests() => File.SetUnixFileMode(_state, Passable);

    private string Clusters => Path.Combine(_state, "rds/clusters");

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task Servers_whose_files_were_the_user_postgres_s_and_that_had_no_database_for_administration_come_back()
    {
        await RunAsync("rds/servers/make_cluster_with_reader_and_notes.py");
        foreach (var data in DataDirectories())
            await MakeEarlierAsync(data);

        await RunAsync("rds/servers/servers_whose_files_were_the_user_postgres_s_and_that_had_no_database_for_administration_come_back.py");

        foreach (var data in DataDirectories())
        {
            var above = Path.GetDirectoryName(data)!;
            Assert.Equal(LibC.EffectiveUser(), LibC.OwnerOf(above)); // where we write, nobody else does
            Assert.Equal(LibC.EffectiveUser(), LibC.OwnerOf(Path.GetDirectoryName(above)!));
            Assert.Equal(Environment.IsPrivilegedProcess && ServerUser.HasOwn, LibC.OwnerOf(data) >= ServerUser.Stranger.UserId);
            Assert.Equal(LibC.OwnerOf(data), LibC.OwnerOf(Path.Combine(data, "base/1/PG_VERSION")));
        }
    }

    [Fact]
    public async Task Memberships_that_earlier_builds_allowed_and_that_reach_the_operating_system_are_removed()
    {
        await RunAsync("rds/servers/make_cluster_with_helpers.py");
        await AsSuperuserAsync(
            Assert.Single(DataDirectories()),
            "GRANT pg_execute_server_program, pg_read_server_files TO app_admin WITH ADMIN OPTION",
            "GRANT pg_write_server_files TO helpers"
        );

        await RunAsync("rds/servers/memberships_that_earlier_builds_allowed_and_that_reach_the_operating_system_are_removed.py");
    }

    [Fact]
    public async Task A_user_whom_an_earlier_build_let_become_superuser_is_one_no_longer()
    {
        await RunAsync("rds/servers/make_cluster.py");
        await AsSuperuserAsync(
            Assert.Single(DataDirectories()),
            "ALTER ROLE app_admin SUPERUSER REPLICATION BYPASSRLS",
            "CREATE ROLE hidden SUPERUSER LOGIN",
            "GRANT rdsadmin, rdsrepladmin TO app_admin"
        );

        var without =
            Installation.HasRules || await MajorAsync() >= 16
                ? ""
                : "pg_execute_server_program,pg_read_server_files,pg_write_server_files,";
        await RunAsync(
            "rds/servers/a_user_whom_an_earlier_build_let_become_superuser_is_one_no_longer.py",
            without + "rdsadmin,rdsrepladmin"
        );

        static async Task<int> MajorAsync() => (await Installation.VersionAsync()).Major;
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        await using var cloud = await CloudHost.StartAsync(
            new CloudOptions { Port = 0, StateDirectory = _state },
            cancellation: TestContext.Current.CancellationToken
        );
        await Boto.RunAsync(cloud.Endpoint, program, arguments);
    }

    private IEnumerable<string> DataDirectories() =>
        Directory
            .EnumerateDirectories(Clusters)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(instance => Path.Combine(instance, "data"));

    /// <summary>
    /// As it was: all below the cluster's directory is the user <c>postgres</c>'s, the configuration lies in the data directory, replicas
    /// follow without a password, and there is no database <c>rdsadmin</c>.
    /// </summary>
    private async Task MakeEarlierAsync(string data)
    {
        if (!File.Exists(Path.Combine(data, "standby.signal")))
            await AsSuperuserAsync(data, "DROP DATABASE rdsadmin", "DROP ROLE rdsrepladmin");
        var above = Path.GetDirectoryName(data)!;
        var settings = File.ReadLines(Path.Combine(above, "postgresql.conf"))
            .Where(line => !line.Contains("_file", StringComparison.Ordinal));
        await File.WriteAllLinesAsync(Path.Combine(data, "daybreak.conf"), settings, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(data, "postgresql.conf"),
            "include 'daybreak.conf'\n",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(data, "pg_hba.conf"),
            "local all all peer map=daybreak\nlocal replication rdsadmin peer map=daybreak\nhost all rdsadmin all reject\nhost all "
                + "all 0.0.0.0/0 scram-sha-256\n",
            TestContext.Current.CancellationToken
        );
        foreach (var name in (string[])["pg_ident.conf", "server.crt", "server.key"])
            File.Move(Path.Combine(above, name), Path.Combine(data, name), overwrite: true);
        foreach (var name in (string[])["pg_hba.conf", "postgresql.conf", "passwd", "../replication.pgpass"])
            File.Delete(Path.Combine(above, name));
        OwnedFiles.GiveAll(Path.GetDirectoryName(above)!, Installation.User);
    }

    /// <summary>Statements on a server that does not run.</summary>
    private static async Task AsSuperuserAsync(string data, params string[] statements)
    {
        OwnedFiles.GiveAll(data, Installation.User);
        await Installation.RunAsync(
            "postgres",
            ["--single", "-D", data, "-c", "exit_on_error=on", "postgres"],
            "/",
            Encoding.UTF8.GetBytes(string.Join('\n', statements) + "\n")
        );
    }
}
