using Daybreak.Cloud.Postgres;

namespace Daybreak.Cli.LocalAws;

/// <summary>Where the launcher put what it built; this program lies in <c>cli/</c> beside it.</summary>
internal static class Installation
{
    private static readonly string Build = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!;

    /// <summary>How the user called us, for commands to copy.</summary>
    public static string Command { get; } =
        Environment.GetEnvironmentVariable("DAYBREAK_COMMAND") is { Length: > 0 } typed ? typed : "./daybreak";

    public static string BridgeProgram => Path.Combine(Build, "bridge", "daybreak-bridge");

    /// <summary>Of the tree that the launcher built, else the system's.</summary>
    public static string Psql
    {
        get
        {
            try
            {
                return PostgresInstallation.InTree(Path.Combine(Build, "pgsql")).Program("psql");
            }
            catch (PostgresServerException)
            {
                return "psql";
            }
        }
    }

    /// <summary>For database clusters: with the extensions where the launcher built them, else the system's, which lack them.</summary>
    public static IReadOnlyList<PostgresInstallation> Postgres()
    {
        try
        {
            return PostgresInstallation.AllInTree(Path.Combine(Build, "pgsql"));
        }
        catch (PostgresServerException)
        {
            return PostgresInstallation.OfSystem();
        }
    }

    /// <exception cref="CommandFailedException">It was not built, or cannot be run by this user.</exception>
    public static PostgresInstallation FindPostgres()
    {
        try
        {
            return PostgresInstallation.InTree(Path.Combine(Build, "pgsql"));
        }
        catch (PostgresServerException error)
        {
            throw new CommandFailedException(
                ExitCode.MissingPrerequisite,
                error.Message,
                "Start through the launcher, which builds it: ./daybreak demo"
            );
        }
    }
}
