using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>The programs of one PostgreSQL, and the operating-system user they run as.</summary>
/// <param name="BinDirectory">Contains <c>postgres</c>, <c>initdb</c> and <c>psql</c>.</param>
/// <param name="User">Null: our own. PostgreSQL refuses to run as root.</param>
public sealed record PostgresInstallation(string BinDirectory, ChildUser? User)
{
    /// <summary>Name of the user that Debian's packages create.</summary>
    private const string UnprivilegedUser = "postgres";

    private static readonly string[] ShippedLibraries = ["rdsutils", "aws_lambda"];

    /// <summary>The sandbox of its servers; null: there is none, because separate users isolate servers, or nothing does.</summary>
    internal ServerSandbox? Sandbox { get; init; }

    /// <summary>The directories its programs need, besides the system's libraries.</summary>
    internal IReadOnlyList<string> Directories =>
        [Path.GetFullPath(Path.Combine(BinDirectory, "..")), Path.GetDirectoryName(ExtensionDirectory)!];

    public string Program(string name) => Path.Combine(BinDirectory, name);

    /// <summary>The directory of libraries: <c>pg_config --pkglibdir</c>, in a private tree as in the system's.</summary>
    public string LibraryDirectory => Path.GetFullPath(Path.Combine(BinDirectory, "../lib"));

    /// <summary>The directory of extensions' control files.</summary>
    public string ExtensionDirectory
    {
        get
        {
            // Debian: PREFIX/lib/postgresql/15/bin and PREFIX/share/postgresql/15. Otherwise PREFIX/bin and PREFIX/share.
            var prefix = Path.GetFullPath(Path.Combine(BinDirectory, ".."));
            var debian = prefix.Replace("/lib/postgresql/", "/share/postgresql/", StringComparison.Ordinal);
            var share =
                debian != prefix
                    ? debian
                    : Path.Combine(prefix, "share", Directory.Exists(Path.Combine(prefix, "share/postgresql")) ? "postgresql" : "");
            return Path.Combine(share, "extension");
        }
    }

    /// <summary>Our libraries in it, which every server preloads, in this order.</summary>
    public IReadOnlyList<string> OwnLibraries => [.. ShippedLibraries.Where(name => File.Exists(Library(name)))];

    /// <summary>Whether it has RDS's rules for statements (<c>eng/rds/rdsutils</c>).</summary>
    public bool HasRules => File.Exists(Library("rdsutils"));

    /// <summary>Whether it was built with LDAP, as all packages are.</summary>
    public bool SpeaksLdap => File.ReadAllBytes(Program("postgres")).AsSpan().IndexOf("ldap_start_tls_s"u8) >= 0;

    public string Library(string name) => Path.Combine(LibraryDirectory, name + ".so");

    /// <summary>The program that <c>aws_lambda</c> starts.</summary>
    public string Bridge => Path.Combine(LibraryDirectory, "daybreak-bridge");

    /// <exception cref="PostgresServerException">It does not report a version.</exception>
    public async Task<PostgresVersion> VersionAsync()
    {
        // postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)
        var said = await RunAsync("postgres", ["--version"], "/");
        return PostgresVersion.TryParse(said.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(2))
            ?? throw new PostgresServerException($"{Program("postgres")} does not report its version: {said}");
    }

    /// <summary>Runs one of its programs to the end.</summary>
    /// <param name="sees">If there is a sandbox: the files of ours that the program reads and writes.</param>
    /// <returns>The end of its standard output.</returns>
    /// <exception cref="PostgresServerException">It failed; the message contains its output.</exception>
    internal async Task<string> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string directory,
        ReadOnlyMemory<byte>? input = null,
        (IReadOnlyList<string> Shown, IReadOnlyList<string> Own)? sees = null,
        CancellationToken cancellation = default
    )
    {
        using var output = new ServerLog(null);
        using var error = new ServerLog(null);
        var start = new ChildStart
        {
            Program = program.StartsWith('/') ? program : Program(program),
            Arguments = arguments,
            User = User,
            WorkingDirectory = directory,
            Environment = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/bin:/bin",
                ["LC_ALL"] = "C.UTF-8",
                ["TZ"] = "UTC",
            },
            StandardInput = input,
            StandardOutput = output.Write,
            StandardError = error.Write,
        };
        if (Sandbox is not null && sees is var (shown, own))
            start = Sandbox.Around(start, this, shown, own);
        await using var child = await ChildProcess.StartAsync(start);
        var exit = await child.Exited.WaitAsync(cancellation);
        return exit.Succeeded
            ? output.Tail
            : throw new PostgresServerException($"{Path.GetFileName(program)} failed ({exit}):\n{error.Tail}");
    }

    /// <summary>
    /// The system's installations, newest first, in the directories of Debian's packages: <c>/usr/lib/postgresql/15/bin</c>.
    /// </summary>
    public static IReadOnlyList<PostgresInstallation> OfSystem()
    {
        const string Root = "/usr/lib/postgresql";
        var user = Environment.IsPrivilegedProcess ? ChildUser.Find(UnprivilegedUser) : null;
        if (!Directory.Exists(Root) || (user is null && Environment.IsPrivilegedProcess))
            return [];
        return
        [
            .. Directory
                .EnumerateDirectories(Root)
                .OrderByDescending(directory => directory, StringComparer.Ordinal)
                .Select(directory => Path.Combine(directory, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "postgres")) && File.Exists(Path.Combine(bin, "initdb")))
                .Select(bin => new PostgresInstallation(bin, user)),
        ];
    }

    /// <summary>The newest of <see cref="AllInTree"/>.</summary>
    /// <exception cref="PostgresServerException">The tree contains none, or we are root and there is no user to run it as.</exception>
    public static PostgresInstallation InTree(string tree) => AllInTree(tree)[0];

    /// <summary>
    /// The installations in a tree made by <c>eng/pgsql-tree</c>, which mirrors the system's paths (<c>TREE/usr/lib/postgresql/15/bin</c>),
    /// newest first. There is at least one.
    /// </summary>
    /// <exception cref="PostgresServerException">The tree contains none, or we are root and there is no user to run it as.</exception>
    public static IReadOnlyList<PostgresInstallation> AllInTree(string tree)
    {
        IReadOnlyList<string> directories = Directory.Exists(tree)
            ?
            [
                .. Directory
                    .EnumerateFiles(tree, "postgres", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6 })
                    .Select(file => Path.GetDirectoryName(file)!)
                    .Where(directory => Path.GetFileName(directory) == "bin" && File.Exists(Path.Combine(directory, "initdb")))
                    .OrderByDescending(directory => directory, StringComparer.Ordinal),
            ]
            : [];
        if (directories.Count == 0)
            throw new PostgresServerException($"There is no PostgreSQL in {tree}.");
        var user = !Environment.IsPrivilegedProcess
            ? null
            : ChildUser.Find(UnprivilegedUser)
                ?? throw new PostgresServerException(
                    $"PostgreSQL does not run as root, and there is no user {UnprivilegedUser} to run it as."
                );
        return [.. directories.Select(directory => new PostgresInstallation(directory, user))];
    }
}
