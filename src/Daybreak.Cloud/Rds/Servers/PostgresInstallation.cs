using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>The programs of one PostgreSQL, and the operating-system user they run as.</summary>
/// <param name="BinDirectory">Holds <c>postgres</c>, <c>initdb</c> and <c>psql</c>.</param>
/// <param name="User">Null: our own. PostgreSQL refuses to run as root.</param>
public sealed record PostgresInstallation(string BinDirectory, ChildUser? User)
{
    /// <summary>Name of the user that Debian's packages create.</summary>
    private const string UnprivilegedUser = "postgres";

    public string Program(string name) => Path.Combine(BinDirectory, name);

    /// <summary>
    /// The newest installation in a tree made by <c>eng/pgsql-tree</c>, which mirrors the system's paths
    /// (<c>TREE/usr/lib/postgresql/15/bin</c>).
    /// </summary>
    /// <exception cref="PostgresServerException">The tree holds none, or we are root and there is no user to run it as.</exception>
    public static PostgresInstallation InTree(string tree)
    {
        var bin = Directory.Exists(tree)
            ? Directory.EnumerateFiles(tree, "postgres", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6 })
                .Select(file => Path.GetDirectoryName(file)!)
                .Where(directory => Path.GetFileName(directory) == "bin" && File.Exists(Path.Combine(directory, "initdb")))
                .OrderByDescending(directory => directory, StringComparer.Ordinal)
                .FirstOrDefault()
            : null;
        if (bin is null)
            throw new PostgresServerException($"There is no PostgreSQL in {tree}.");
        if (!Environment.IsPrivilegedProcess)
            return new PostgresInstallation(bin, null);
        return new PostgresInstallation(bin, ChildUser.Find(UnprivilegedUser)
            ?? throw new PostgresServerException($"PostgreSQL does not run as root, and there is no user {UnprivilegedUser} to run it as."));
    }
}
