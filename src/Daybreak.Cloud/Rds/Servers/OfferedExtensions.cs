using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>What of RDS's extensions an installation has.</summary>
internal static class OfferedExtensions
{
    private static readonly Lazy<IReadOnlySet<string>> OfRds = new(Read);

    /// <summary>
    /// Allowed values of <c>shared_preload_libraries</c> on RDS. Not here: <c>pglogical</c> and <c>pg_partman_bgw</c>, whose workers run
    /// what users wrote as any role.
    /// </summary>
    private static readonly string[] Preloadable =
    [
        "auto_explain",
        "orafce",
        "pg_bigm",
        "pg_cron",
        "pg_hint_plan",
        "pg_prewarm",
        "pg_similarity",
        "pg_stat_statements",
        "pgaudit",
        "plprofiler",
    ];

    /// <summary>Those that the machine has and RDS offers, sorted.</summary>
    public static IReadOnlyList<string> Of(PostgresInstallation installation) =>
        [
            .. Directory
                .EnumerateFiles(installation.ExtensionDirectory, "*.control")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(OfRds.Value.Contains)
                .Order(StringComparer.Ordinal),
        ];

    public static IReadOnlyList<string> LibrariesOf(PostgresInstallation installation) =>
        [.. Preloadable.Where(name => File.Exists(installation.Library(name)))];

    private static HashSet<string> Read()
    {
        using var list = new StreamReader(typeof(OfferedExtensions).Assembly.GetManifestResourceStream("extensions.txt")!);
        return [.. list.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
