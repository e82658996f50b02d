using System.Text;
using Daybreak.Cloud.Processes;
using Daybreak.Cloud.Rds.Servers;

namespace Daybreak.Cli.Demo;

/// <summary>Runs SQL through the real psql, as the superuser on the server's Unix socket.</summary>
internal static class Psql
{
    /// <returns>What psql printed.</returns>
    /// <exception cref="CommandFailedException">psql failed; the message holds its errors.</exception>
    public static async Task<string> RunAsync(PostgresServer server, string sql, CancellationToken cancellation)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await using var psql = await ChildProcess.StartAsync(new ChildStart
        {
            Program = server.Installation.Program("psql"),
            Arguments = ["-X", "-P", "pager=off", "-v", "ON_ERROR_STOP=1", "-c", sql],
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/bin:/bin",
                ["LC_ALL"] = "C.UTF-8",
                ["PGHOST"] = server.Options.SocketDirectory,
                ["PGPORT"] = $"{server.Options.Port}",
                ["PGUSER"] = "postgres",
                ["PGDATABASE"] = "postgres",
                ["PGCONNECT_TIMEOUT"] = "10",
            },
            StandardOutput = output.Write,
            StandardError = error.Write,
        });
        var exit = await psql.Exited.WaitAsync(cancellation);
        return exit.Succeeded
            ? Encoding.UTF8.GetString(output.ToArray())
            : throw new CommandFailedException(ExitCode.Failure, $"psql failed ({exit}):\n{Encoding.UTF8.GetString(error.ToArray()).TrimEnd()}");
    }
}
