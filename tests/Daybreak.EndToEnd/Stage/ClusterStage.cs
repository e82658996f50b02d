using System.Globalization;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Postgres;

namespace Daybreak.EndToEnd.Stage;

/// <summary>A local AWS whose clusters have the extensions and the published bridge. Its master users are called <c>postgres</c>, as on
/// AWS's page.</summary>
public sealed class ClusterStage : IAsyncLifetime
{
    public const string Password = "correct-horse_battery";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private CloudHost? _cloud;

    internal static PostgresInstallation Installation { get; } = PostgresInstallation.InTree(Path.Combine(Checkout.Build, "pgsql"));

    internal Uri Endpoint => _cloud!.Endpoint;

    public async ValueTask InitializeAsync() =>
        _cloud = await CloudHost.StartAsync(new CloudOptions { Port = 0, Postgres = [Installation] });

    public async ValueTask DisposeAsync()
    {
        if (_cloud is not null)
            await _cloud.DisposeAsync();
    }

    internal Task<string> TypeAsync(string commands) => AwsCli.TypeAsync(Endpoint, commands);

    /// <summary>What <c>create-db-cluster</c> and <c>create-db-instance</c> need besides names.</summary>
    internal static string CreateCluster(string name, string more = "") =>
        $"aws rds create-db-cluster --db-cluster-identifier {name} --engine aurora-postgresql --master-username postgres "
        + $"--master-user-password {Password} {more}";

    internal static string CreateInstance(string cluster, string name) =>
        $"aws rds create-db-instance --db-instance-identifier {name} --db-cluster-identifier {cluster} --engine aurora-postgresql "
        + "--db-instance-class db.r6g.large";

    /// <summary>Makes a cluster with a writer, and waits for it.</summary>
    /// <returns>The writer's address.</returns>
    internal async Task<string> CreateClusterAsync(string name, string more = "")
    {
        await TypeAsync($"{CreateCluster(name, more)}\n{CreateInstance(name, $"{name}-1")}");
        await AvailableAsync(Endpoint, $"{name}-1");
        return await EndpointOfAsync(Endpoint, name);
    }

    internal static Task<string> EndpointOfAsync(Uri cloud, string cluster, string which = "Endpoint") =>
        LocalApi.AskRdsAsync(cloud, $"Action=DescribeDBClusters&DBClusterIdentifier={cluster}", which);

    /// <summary>As <c>aws rds wait db-instance-available</c>, which looks every 30 seconds only.</summary>
    internal static async Task AvailableAsync(Uri cloud, string instance)
    {
        using var ended = new CancellationTokenSource(Patience);
        while (true)
        {
            var status = await LocalApi.AskRdsAsync(
                cloud,
                $"Action=DescribeDBInstances&DBInstanceIdentifier={instance}",
                "DBInstanceStatus"
            );
            if (status == "available")
                return;
            Assert.NotEqual("failed", status);
            Assert.False(ended.IsCancellationRequested, $"{instance} is still {status}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>
    /// Types a script into psql, which shows rows as <c>a|b</c>. Its output and errors come in the order a terminal would show them.
    /// </summary>
    /// <param name="options">Settings of the session, as in <c>PGOPTIONS</c>: they precede those of its database and role.</param>
    internal static async Task<string> PsqlAsync(
        string host,
        string script,
        string user = "postgres",
        string password = Password,
        string database = "postgres",
        int port = 5432,
        string options = ""
    ) => (await RunAsync("psql", ["-X", "-A", "-t", "-q"], host, user, password, database, port, script, options)).Expect(0).Output;

    /// <summary>Repeats a script until psql shows the expected text, as changes reach a server with a short delay.</summary>
    internal static async Task<string> PsqlUntilAsync(string host, string script, Predicate<string> expected)
    {
        using var ended = new CancellationTokenSource(Patience);
        while (true)
        {
            var shown = (await RunAsync("psql", ["-X", "-A", "-t", "-q"], host, "postgres", Password, "postgres", 5432, script)).Output;
            if (expected(shown))
                return shown;
            Assert.False(ended.IsCancellationRequested, $"still: {shown}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    internal static Task<Program.Finished> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string host,
        string user,
        string password,
        string database,
        int port = 5432,
        string input = "",
        string options = ""
    ) =>
        Program.RunAsync(
            new Program.Start("/bin/sh")
            {
                Arguments = ["-c", "exec \"$0\" \"$@\" 2>&1", Installation.Program(program), .. arguments],
                Input = input,
                Environment = new Dictionary<string, string>
                {
                    ["PGHOST"] = host,
                    ["PGPORT"] = port.ToString(CultureInfo.InvariantCulture),
                    ["PGUSER"] = user,
                    ["PGPASSWORD"] = password,
                    ["PGDATABASE"] = database,
                    ["PGCONNECT_TIMEOUT"] = "20",
                    ["PGOPTIONS"] = options,
                    ["LC_ALL"] = "C.UTF-8",
                },
            }
        );
}
