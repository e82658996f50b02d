using System.Collections.Immutable;
using System.Text.Json;
using Daybreak.Cloud.Postgres;
using Daybreak.EndToEnd.Stage;
using TemporaryDirectory = Daybreak.Cloud.Processes.TemporaryDirectory;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>What a compromised server can reach: programs run as its operating-system user.</summary>
public sealed class ServerIsolationTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    [Fact]
    public async Task The_user_of_a_server_reaches_no_other_cluster_and_is_no_superuser_of_its_own()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root gives each cluster a user of its own.");
        var one = await stage.CreateClusterAsync("one");
        await stage.TypeAsync(ClusterStage.CreateInstance("one", "one-2"));
        await ClusterStage.AvailableAsync(stage.Endpoint, "one-2");
        var two = await stage.CreateClusterAsync("two");

        var servers = Postmasters(); // those of tests beside this one are among them
        var own = await OfAsync(one);
        var other = await OfAsync(two);
        Assert.Equal(2, servers.Count(server => server.User == own.User)); // a reader is its writer's user
        Assert.NotEqual(own.User, other.User);

        async Task<Server> OfAsync(string writer)
        {
            var data = (await ClusterStage.PsqlAsync(writer, "SHOW data_directory;")).Trim();
            return Assert.Single(servers, server => server.Data == data);
        }

        Assert.Contains("Permission denied", await AsAsync(own, "ls", other.Data), StringComparison.Ordinal);
        Assert.Contains("Permission denied", await AsAsync(own, "ls", other.Sockets), StringComparison.Ordinal);
        Assert.Contains(
            "Permission denied",
            await AsAsync(own, "cat", Path.Combine(Path.GetDirectoryName(other.Data)!, "pg_hba.conf")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Permission denied",
            await AsAsync(own, "touch", Path.Combine(Path.GetDirectoryName(own.Data)!, "link")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Permission denied",
            await AsAsync(own, "psql", "-h", other.Sockets, "-U", "rdsadmin", "rdsadmin"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Peer authentication failed",
            await AsAsync(own, "psql", "-h", own.Sockets, "-U", "rdsadmin", "rdsadmin"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no pg_hba.conf entry for host \"[local]\"",
            await AsAsync(own, "psql", "-h", own.Sockets, "-U", "postgres", "postgres"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_that_is_taken_over_reaches_no_file_socket_or_process_of_another_cluster()
    {
        var apart = await ApartAsync();
        Assert.SkipWhen(apart.StartsWith("NOT isolated: ", StringComparison.Ordinal), apart);
        var inSandbox = !Environment.IsPrivilegedProcess;
        Assert.Equal(
            inSandbox ? "isolated by bubblewrap, each server in its own sandbox" : "isolated by a separate user for each cluster",
            apart
        );
        var own = await PlaceAsync(await stage.CreateClusterAsync("taken"));
        var other = await PlaceAsync(await stage.CreateClusterAsync("safe"));

        var refusal = inSandbox ? "No such file or directory" : "Permission denied";
        foreach (
            var attempt in (string[])
                [
                    $"cat {other.Data}/PG_VERSION",
                    $"ls {other.Sockets}",
                    $"cat {Path.GetDirectoryName(other.Data)}/pg_hba.conf",
                    $"cat {Path.GetDirectoryName(other.Data)}/server.key",
                    $"{ClusterStage.Installation.Program("psql")} -h {other.Sockets} -U rdsadmin rdsadmin",
                ]
        )
            Assert.Contains(refusal, await InsideAsync(attempt), StringComparison.Ordinal);
        Assert.Contains(
            inSandbox ? "Read-only file system" : "Permission denied",
            await InsideAsync($"touch {Path.GetDirectoryName(own.Data)}/link"),
            StringComparison.Ordinal
        );
        var processes = await InsideAsync("readlink /proc/[0-9]*/cwd");
        Assert.Contains(own.Data, processes, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Data, processes, StringComparison.Ordinal);

        // The server can still read the files that it needs.
        Assert.Matches("^[0-9]+\n$", await InsideAsync($"cat {own.Data}/PG_VERSION"));
        Assert.Equal("", await InsideAsync($"touch {own.Data}/mine {own.Sockets}/mine && rm {own.Data}/mine {own.Sockets}/mine"));

        async Task<string> InsideAsync(string command) =>
            (
                await Program.RunAsync(
                    new Program.Start("/bin/sh")
                    {
                        Arguments =
                        [
                            "-c",
                            "exec \"$0\" \"$@\" 2>&1",
                            ClusterStage.Installation.Program("psql"),
                            "-X",
                            "-A",
                            "-t",
                            "-q",
                            "-h",
                            own.Sockets,
                            "-U",
                            "rdsadmin",
                            "rdsadmin",
                        ],
                        Input =
                            $"CREATE TEMP TABLE said (line text);\nCOPY said FROM PROGRAM $$({command}) 2>&1; true$$ (DELIMITER "
                            + "E'\\x01');\nTABLE said;\n",
                    }
                )
            )
                .Expect(0)
                .Output;
    }

    /// <summary>Also where all servers are one user of the machine, as in a container that has a part of the kernel's user numbers only.</summary>
    [Fact]
    public async Task On_its_socket_a_server_takes_the_local_AWS_s_own_user_for_the_superuser_and_nobody_else()
    {
        var directory = Path.GetDirectoryName((await PlaceAsync(await stage.CreateClusterAsync("mapped"))).Data)!;

        Assert.Equal([$"daybreak \"{Environment.UserName}\" rdsadmin"], File.ReadLines(Path.Combine(directory, "pg_ident.conf")));
        Assert.Equal(
            ["local all rdsadmin peer map=daybreak", "local replication rdsrepladmin scram-sha-256"],
            File.ReadLines(Path.Combine(directory, "pg_hba.conf")).Where(line => line.StartsWith("local ", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_server_that_is_taken_over_has_us_administer_no_other_cluster_by_a_link_in_the_place_of_its_socket()
    {
        var taken = await stage.CreateClusterAsync("linking");
        var safe = await stage.CreateClusterAsync("linked");
        var own = Path.Combine((await PlaceAsync(taken)).Sockets, ".s.PGSQL.5432");
        File.Move(own, own + ".aside");
        File.CreateSymbolicLink(own, Path.Combine((await PlaceAsync(safe)).Sockets, ".s.PGSQL.5432"));

        await stage.TypeAsync(
            "aws rds modify-db-cluster --db-cluster-identifier linking --master-user-password chosen-by-the-thief --apply-immediately"
        );
        await stage.TypeAsync("aws rds reboot-db-instance --db-instance-identifier linking-1"); // the steps of a cluster follow each other
        await ClusterStage.AvailableAsync(stage.Endpoint, "linking-1");
        Assert.Equal("1\n", await ClusterStage.PsqlAsync(safe, "SELECT 1;"));
    }

    [Fact]
    public async Task No_process_of_a_server_logs_in_as_the_superuser_where_it_is_the_user_whom_peer_authentication_trusts()
    {
        using var directory = TemporaryDirectory.Create("test");
        await using var server = await PostgresServer.StartAsync(
            ClusterStage.Installation,
            new PostgresServerOptions
            {
                Directory = directory.Path,
                Port = FreePort.Find(),
                Password = "not-so-secret",
                TrustedUsers = [Environment.UserName, ClusterStage.Installation.User?.Name ?? Environment.UserName],
                ThrowAway = true,
                Settings = ImmutableSortedDictionary<string, string>.Empty.Add("shared_preload_libraries", "rdsutils"),
            },
            TestContext.Current.CancellationToken
        );

        var sockets = server.Options.SocketDirectory;
        Assert.Equal(
            $"1\nERROR:  could not establish connection\nDETAIL:  connection to server on socket \"{sockets}/.s.PGSQL.{server.Options.Port}\" failed: "
                + "FATAL:  Peer authentication failed for user \"postgres\"\n",
            await ClusterStage.PsqlAsync(
                sockets,
                $"SELECT 1; CREATE EXTENSION dblink; SELECT dblink_connect('host={sockets} port={server.Options.Port} user=postgres dbname=postgres');",
                port: server.Options.Port
            )
        );
    }

    private static async Task<(string Data, string Sockets)> PlaceAsync(string writer)
    {
        var places = (await ClusterStage.PsqlAsync(writer, "SHOW data_directory;\nSHOW unix_socket_directories;")).Split('\n');
        return (places[0], places[1]);
    }

    private async Task<string> ApartAsync()
    {
        using var http = new HttpClient();
        return JsonDocument
            .Parse(await http.GetStringAsync(new Uri(stage.Endpoint, "/_daybreak/status"), TestContext.Current.CancellationToken))
            .RootElement.GetProperty("databases")
            .GetString()!;
    }

    private static List<Server> Postmasters() =>
        [
            .. ProcessTree
                .Below(Environment.ProcessId)
                .Keys.Where(process =>
                    File.Exists($"/proc/{process}/cwd/postmaster.pid")
                    && File.ReadLines($"/proc/{process}/cwd/postmaster.pid").First() == $"{process}"
                )
                .Select(process => new Server(
                    File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[
                        1
                    ],
                    new FileInfo($"/proc/{process}/cwd").LinkTarget!,
                    File.ReadLines($"/proc/{process}/cwd/postmaster.pid").ElementAt(4)
                )),
        ];

    private static async Task<string> AsAsync(Server server, params string[] command) =>
        (
            await Program.RunAsync(
                new Program.Start("/bin/sh")
                {
                    Arguments = ["-c", "exec setpriv --reuid \"$0\" --regid \"$0\" --clear-groups -- \"$@\" 2>&1", server.User, .. command],
                    Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["LC_ALL"] = "C.UTF-8" },
                }
            )
        ).Output;

    private sealed record Server(string User, string Data, string Sockets);
}
