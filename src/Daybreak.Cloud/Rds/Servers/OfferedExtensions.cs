using System.Globalization;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Engines;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>The extensions of RDS that an installation has.</summary>
internal static class OfferedExtensions
{
    private static readonly Lazy<IReadOnlyList<Entry>> OfRds = new(Read);

    /// <summary>
    /// Allowed values of <c>shared_preload_libraries</c> on RDS. <c>pglogical</c> and <c>pg_partman_bgw</c> are missing, because their
    /// workers run users' code as any role.
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

    /// <summary>Returns the extensions that the machine has and RDS offers, sorted.</summary>
    public static IReadOnlyList<string> Of(PostgresInstallation installation, DatabaseEngine engine, int major)
    {
        var offered = Of(engine, major);
        return
        [
            .. Directory
                .EnumerateFiles(installation.ExtensionDirectory, "*.control")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(offered.Contains)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Returns the extensions that RDS offers, whether or not the machine has them.</summary>
    public static IReadOnlySet<string> Of(DatabaseEngine engine, int major) =>
        OfRds
            .Value.Where(entry => (entry.Engine ?? engine.Name) == engine.Name && entry.From <= major && major <= entry.To)
            .Select(entry => entry.Name)
            .ToHashSet();

    public static IReadOnlyList<string> LibrariesOf(PostgresInstallation installation) =>
        [.. Preloadable.Where(name => File.Exists(installation.Library(name)))];

    private static Entry[] Read()
    {
        using var list = new StreamReader(typeof(OfferedExtensions).Assembly.GetManifestResourceStream("extensions.txt")!);
        return [.. list.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(Entry.Parse)];
    }

    /// <param name="Engine">Null for all of them.</param>
    private sealed record Entry(string Name, string? Engine, int From, int To)
    {
        /// <param name="line"><c>NAME [ENGINE] [FIRST-][LAST]</c></param>
        public static Entry Parse(string line)
        {
            var parts = line.Split(' ');
            var majors = parts[1..].FirstOrDefault(part => part.Any(char.IsAsciiDigit))?.Split('-');
            return new Entry(
                parts[0],
                parts[1..].FirstOrDefault(part => !part.Any(char.IsAsciiDigit)),
                Major(majors?[0], 0),
                Major(majors?[1], int.MaxValue)
            );
        }

        private static int Major(string? text, int otherwise) =>
            string.IsNullOrEmpty(text) ? otherwise : int.Parse(text, CultureInfo.InvariantCulture);
    }
}
