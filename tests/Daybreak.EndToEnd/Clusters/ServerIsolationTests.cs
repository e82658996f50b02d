using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Clusters;

/// <summary>What a server that is taken over reaches: programs run as its operating-system user.</summary>
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
        Assert.Contains("Permission denied", await AsAsync(own, "cat", Path.Combine(Path.GetDirectoryName(other.Data)!, "pg_hba.conf")), StringComparison.Ordinal);
        Assert.Contains("Permission denied", await AsAsync(own, "touch", Path.Combine(Path.GetDirectoryName(own.Data)!, "link")), StringComparison.Ordinal);
        Assert.Contains("Permission denied", await AsAsync(own, "psql", "-h", other.Sockets, "-U", "rdsadmin", "rdsadmin"), StringComparison.Ordinal);
        Assert.Contains("Peer authentication failed", await AsAsync(own, "psql", "-h", own.Sockets, "-U", "rdsadmin", "rdsadmin"), StringComparison.Ordinal);
        Assert.Contains("no pg_hba.conf entry for host \"[local]\"", await AsAsync(own, "psql", "-h", own.Sockets, "-U", "postgres", "postgres"), StringComparison.Ordinal);
    }

    private static List<Server> Postmasters() =>
    [
        .. ProcessTree.Below(Environment.ProcessId).Keys
            .Where(process => File.Exists($"/proc/{process}/cwd/postmaster.pid") && File.ReadLines($"/proc/{process}/cwd/postmaster.pid").First() == $"{process}")
            .Select(process => new Server(
                File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1],
                new FileInfo($"/proc/{process}/cwd").LinkTarget!,
                File.ReadLines($"/proc/{process}/cwd/postmaster.pid").ElementAt(4))),
    ];

    private static async Task<string> AsAsync(Server server, params string[] command) => (await Program.RunAsync(new Program.Start("/bin/sh")
    {
        Arguments = ["-c", "exec setpriv --reuid \"$0\" --regid \"$0\" --clear-groups -- \"$@\" 2>&1", server.User, .. command],
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["LC_ALL"] = "C.UTF-8" },
    })).Output;

    private sealed record Server(string User, string Data, string Sockets);
}
