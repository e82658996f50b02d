using System.Collections.Immutable;
using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Rds.Engines;

/// <summary>Decides which of RDS's versions can be asked for where some majors of PostgreSQL are installed.</summary>
/// <param name="installed">One a major, oldest first.</param>
/// <param name="any">Versions that are not here can be asked for as well: the nearest major runs.</param>
internal sealed class EngineVersions(ImmutableArray<PostgresVersion> installed, bool any)
{
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
    private static readonly ImmutableSortedDictionary<int, ImmutableArray<int>> Minors = ImmutableSortedDictionary<int, ImmutableArray<int>>
        .Empty.Add(11, [22])
        .Add(12, [22])
        .Add(13, [23])
        .Add(14, [22])
        .Add(15, [10, 12, 13, 14, 15, 16, 17])
        .Add(16, [8, 9, 10, 11, 13])
        .Add(17, [4, 5, 6, 7, 9])
        .Add(18, [1]);

    /// <summary>Those that are listed, oldest first; of a major that is installed, the last is what really runs.</summary>
    public ImmutableArray<PostgresVersion> Offered { get; } =
    [
        .. (any ? Minors.Keys.Union(installed.Select(version => version.Major)) : installed.Select(version => version.Major))
            .Order()
            .SelectMany(major => Of(major, installed)),
    ];

    /// <summary>Those that RDS has had, whatever is here: default parameter groups of databases outlive the option and the
    /// installation.</summary>
    public static IEnumerable<int> KnownMajors => Minors.Keys;

    /// <summary>Of the offered versions.</summary>
    public IEnumerable<int> Majors => Offered.Select(version => version.Major).Distinct();

    /// <param name="asked">Null: the newest that is installed. A major alone: that which is installed, else RDS's last.</param>
    /// <returns>Null when it cannot be asked for.</returns>
    public PostgresVersion? Choose(string? asked)
    {
        if (string.IsNullOrEmpty(asked))
            return installed.IsEmpty ? null : installed[^1];
        if (int.TryParse(asked, out var major))
            return Offered.Where(version => version.Major == major).Cast<PostgresVersion?>().LastOrDefault();
        return Offered.Cast<PostgresVersion?>().FirstOrDefault(version => version!.Value.Text == asked)
            ?? (
                any
                && !installed.IsEmpty
                && PostgresVersion.TryParse(asked) is { Minor: < 100 } older
                && older.Text == asked
                && Minors.ContainsKey(older.Major)
                    ? older
                    : null
            );
    }

    /// <summary>The major that runs where another is asked for; the newer one of two that are as near.</summary>
    public static int Nearest(IEnumerable<int> majors, int asked) =>
        majors.OrderBy(major => Math.Abs(major - asked)).ThenByDescending(major => major).First();

    /// <summary>What there is instead of a version that cannot be chosen, and what would make it one.</summary>
    public string InsteadOf(string asked)
    {
        const string Option = "up --any-engine-version";
        if (installed.IsEmpty)
            return "This machine has no PostgreSQL. On Debian or Ubuntu: apt-get install postgresql";
        var major = int.TryParse(asked.Split('.')[0], out var number) ? number : 0;
        var same = Offered.Where(version => version.Major == major).ToList();
        if (same.Count > 0)
            return $"Of PostgreSQL {major} there are here: {string.Join(", ", same)}. {Option} takes every version, and runs {same[^1]}.";
        var there = $"This machine has PostgreSQL {string.Join(", ", installed.Select(version => version.Major))}.";
        return Minors.ContainsKey(major)
            ? $"{there} For another major, on Debian or Ubuntu: apt-get install postgresql-{major} postgresql-server-dev-{major}; "
                + $"or {Option} runs PostgreSQL {Nearest(installed.Select(version => version.Major), major)} and shows {asked}."
            : $"{there} There are here: {string.Join(", ", Offered)}.";
    }

    private static IEnumerable<PostgresVersion> Of(int major, ImmutableArray<PostgresVersion> installed)
    {
        var known = Minors.GetValueOrDefault(major, []).Select(minor => new PostgresVersion(major, minor));
        return installed.FirstOrDefault(version => version.Major == major) is { Major: > 0 } here
            ? known.Where(version => version.Minor < here.Minor).Append(here)
            : known;
    }
}
