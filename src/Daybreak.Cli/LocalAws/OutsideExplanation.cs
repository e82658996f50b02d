using System.Text.Json;
using Daybreak.Cli.Text;

namespace Daybreak.Cli.LocalAws;

/// <summary>Gets explanations that no local AWS gives: of a call from this machine, and of one from any PostgreSQL server.</summary>
internal static class OutsideExplanation
{
    // Variables that would take precedence over the requested profile.
    private static readonly string[] KeyVariables = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCOUNT_ID"];

    public static bool IsServer(string database) =>
        database.StartsWith("postgresql://", StringComparison.Ordinal) || database.StartsWith("postgres://", StringComparison.Ordinal);

    /// <summary>
    /// Explains a call of a bridge on this machine with this process's environment. The bridge's own program is asked, because it also
    /// makes the calls.
    /// </summary>
    /// <exception cref="CommandFailedException">The bridge's program is missing or failed.</exception>
    public static async Task<JsonElement> OfThisMachineAsync(
        string function,
        string? region,
        string? profile,
        CancellationToken cancellation
    )
    {
        string[] arguments = ["--explain", function, .. region is null ? Array.Empty<string>() : ["--region", region]];
        var (code, output, error) = await ToolOutput.ReadAsync(
            Installation.BridgeProgram,
            arguments,
            start =>
            {
                if (profile is null)
                    return;
                start.Environment["AWS_PROFILE"] = profile;
                foreach (var name in KeyVariables)
                    start.Environment.Remove(name);
            },
            "",
            $"It is built by: {Installation.Command} explain --aws FUNCTION",
            cancellation
        );
        return code == 0 ? Read(output) : throw new CommandFailedException(ExitCode.Failure, $"The bridge's program failed: {error}");
    }

    /// <summary>
    /// Returns the result of <c>daybreak.explain_invoke</c> in a server's database, so that the checks run where its calls do.
    /// </summary>
    /// <param name="server">A connection URI of libpq. Its password does not appear among a program's arguments, which everybody can
    /// read.</param>
    /// <exception cref="CommandFailedException">psql is missing, or the server refused.</exception>
    public static async Task<JsonElement> OfServerAsync(string server, string function, string? region, CancellationToken cancellation)
    {
        const string Query = "SELECT daybreak.explain_invoke_json(:'function', nullif(:'region', ''));\n";
        var (address, password) = WithoutPassword(server);
        var (code, output, error) = await ToolOutput.ReadAsync(
            Installation.Psql,
            ["-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-v", $"function={function}", "-v", $"region={region}", "-d", address],
            start =>
            {
                start.Environment["PGCLIENTENCODING"] = "UTF8";
                start.Environment.TryAdd("PGAPPNAME", "daybreak explain");
                if (password is not null)
                    start.Environment["PGPASSWORD"] = password;
            },
            Query,
            "Install PostgreSQL's client programs.",
            cancellation
        );
        if (code == 0)
            return Read(output);
        var missing = error.Contains("\"daybreak\" does not exist", StringComparison.Ordinal);
        throw new CommandFailedException(
            ExitCode.Failure,
            error,
            missing ? $"Install the extension there: psql -c 'CREATE EXTENSION daybreak CASCADE' -d {address}" : null
        );
    }

    /// <summary><c>postgresql://user:password@host/…</c> without the password.</summary>
    internal static (string Address, string? Password) WithoutPassword(string server)
    {
        var start = server.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = server.AsSpan(start).IndexOfAny('/', '?') is >= 0 and var path ? start + path : server.Length;
        var at = server.LastIndexOf('@', end - 1, end - start);
        var colon = at < 0 ? -1 : server.IndexOf(':', start, at - start);
        return colon < 0 ? (server, null) : (server.Remove(colon, at - colon), Uri.UnescapeDataString(server[(colon + 1)..at]));
    }

    private static JsonElement Read(string output)
    {
        try
        {
            return JsonSerializer.Deserialize(output, CliJson.Default.JsonElement);
        }
        catch (JsonException)
        {
            throw new CommandFailedException(ExitCode.Failure, $"The answer is not an explanation: {output.Trim()}");
        }
    }
}
