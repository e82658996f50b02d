using Daybreak.Cloud.Postgres;

namespace Daybreak.Cli.LocalAws;

/// <summary>The directory with the launcher's build or the package's files; this program is in <c>cli/</c> within it.</summary>
internal static class Installation
{
    /// <summary>Set by the launcher of the package, whose own directory has no tree: that depends on the machine's PostgreSQL.</summary>
    private const string TreeVariable = "DAYBREAK_PGSQL_TREE";

    private static readonly string Build = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!;

    private static readonly string Tree = Environment.GetEnvironmentVariable(TreeVariable) is { Length: > 0 } tree
        ? tree
        : Path.Combine(Build, "pgsql");

    /// <summary>How the user started this program, for commands to copy.</summary>
    public static string Command { get; } =
        Environment.GetEnvironmentVariable("DAYBREAK_COMMAND") is { Length: > 0 } typed ? typed : "./daybreak";

    public static string BridgeProgram => Path.Combine(Build, "bridge", "daybreak-bridge");

    /// <summary>psql of the tree that the launcher built, otherwise the system's.</summary>
    public static string Psql
    {
        get
        {
            try
            {
                return PostgresInstallation.InTree(Tree).Program("psql");
            }
            catch (PostgresServerException)
            {
                return "psql";
            }
        }
    }

    /// <summary>
    /// The installations for database clusters: with the extensions if the launcher built them, otherwise the system's, which lack them.
    /// </summary>
    public static IReadOnlyList<PostgresInstallation> Postgres()
    {
        try
        {
            return PostgresInstallation.AllInTree(Tree);
        }
        catch (PostgresServerException)
        {
            return PostgresInstallation.OfSystem();
        }
    }

    /// <exception cref="CommandFailedException">There is no build, or this user cannot run it.</exception>
    public static PostgresInstallation FindPostgres()
    {
        try
        {
            return PostgresInstallation.InTree(Tree);
        }
        catch (PostgresServerException error)
        {
            throw new CommandFailedException(
                ExitCode.MissingPrerequisite,
                error.Message,
                $"Start through the launcher, which builds it: {Command} demo"
            );
        }
    }
}
