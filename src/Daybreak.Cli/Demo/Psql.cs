using System.Text;
using Daybreak.Cli.LocalAws;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cli.Demo;

/// <summary>Runs SQL through the real psql, as the cluster's master user.</summary>
internal sealed class Psql(PostgresInstallation installation, DemoCluster cluster, string passwordFile)
{
    /// <summary>The same psql command for the user to type.</summary>
    public string Typed =>
        $"PGPASSFILE={passwordFile} psql -h {cluster.Endpoint}{(cluster.Port == 5432 ? "" : $" -p {cluster.Port}")} -U "
        + $"{DemoCluster.MasterUser}";

    /// <returns>What psql printed.</returns>
    /// <exception cref="CommandFailedException">psql failed; the message contains its errors.</exception>
    public async Task<string> RunAsync(string sql, CancellationToken cancellation)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await using var psql = await ChildProcess.StartAsync(
            new ChildStart
            {
                Program = installation.Program("psql"),
                Arguments = ["-X", "-P", "pager=off", "-v", "ON_ERROR_STOP=1", "-c", sql],
                Environment = new Dictionary<string, string>
                {
                    ["PATH"] = "/usr/bin:/bin",
                    ["LC_ALL"] = "C.UTF-8",
                    ["PGHOST"] = cluster.Endpoint,
                    ["PGPORT"] = $"{cluster.Port}",
                    ["PGUSER"] = DemoCluster.MasterUser,
                    ["PGPASSFILE"] = passwordFile,
                    ["PGDATABASE"] = "postgres",
                    ["PGCONNECT_TIMEOUT"] = "10",
                },
                StandardOutput = output.Write,
                StandardError = error.Write,
            }
        );
        var exit = await psql.Exited.WaitAsync(cancellation);
        return exit.Succeeded
            ? Encoding.UTF8.GetString(output.ToArray())
            : throw new CommandFailedException(
                ExitCode.Failure,
                $"psql failed ({exit}):\n{Encoding.UTF8.GetString(error.ToArray()).TrimEnd()}"
            );
    }
}
