using System.Collections.Immutable;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Servers;

namespace Daybreak.Cloud.Rds.Engines;

/// <summary>What can be run here: the majors of PostgreSQL that are installed, and the versions of Aurora that they stand for.</summary>
/// <param name="templates">Directory for their templates, made when the first is needed.</param>
internal sealed class DatabaseEngines(IReadOnlyList<PostgresInstallation> installations, Func<string> templates)
{
    public const string AuroraPostgres = "aurora-postgresql";

    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
    private static readonly ImmutableSortedDictionary<int, ImmutableArray<int>> auroraMinors = ImmutableSortedDictionary<int, ImmutableArray<int>>.Empty
        .Add(13, [23])
        .Add(14, [22])
        .Add(15, [10, 12, 13, 14, 15, 16, 17])
        .Add(16, [8, 9, 10, 11, 13])
        .Add(17, [4, 5, 6, 7, 9]);

    private readonly Lock once = new();
    private readonly Dictionary<int, Task<ServerTemplate>> templateOf = [];
    private Task<ImmutableSortedDictionary<int, Installed>>? installed;

    /// <summary>Of each major, that which is listed first.</summary>
    private Task<ImmutableSortedDictionary<int, Installed>> Installed
    {
        get
        {
            lock (once)
                return installed is { IsFaulted: false } ? installed : installed = FindAsync();
        }
    }

    /// <summary>Versions that can be asked for, oldest first; the last of each major is what really runs.</summary>
    public async Task<IReadOnlyList<PostgresVersion>> VersionsAsync() =>
        [.. (await Installed).Values.SelectMany(one => auroraMinors.GetValueOrDefault(one.Version.Major, [])
            .Where(minor => minor < one.Version.Minor).Select(minor => new PostgresVersion(one.Version.Major, minor)).Append(one.Version))];

    public async Task<IReadOnlyList<string>> FamiliesAsync() => [.. (await Installed).Keys.Select(major => AuroraPostgres + major)];

    /// <exception cref="Aws.AwsException">InvalidParameterValue: unknown, or not installed.</exception>
    public async Task<string> CheckFamilyAsync(string family)
    {
        var families = await FamiliesAsync();
        return families.Contains(family) ? family : throw RdsErrors.InvalidValue($"ParameterGroupFamily {family} is not a valid parameter group family. {await OfferAsync()}");
    }

    public async Task<ParameterCatalog> CatalogAsync(string family) => (await TemplateAsync(int.Parse(family[AuroraPostgres.Length..]))).Catalog;

    /// <param name="asked">Null: the newest. A major alone: the one that is installed.</param>
    /// <exception cref="Aws.AwsException">There is no such engine, or no such version.</exception>
    public async Task<PostgresVersion> ChooseAsync(string? engine, string? asked)
    {
        if (string.IsNullOrEmpty(engine))
            throw RdsErrors.Missing("Engine");
        if (engine != AuroraPostgres)
        {
            throw engine is "aurora-mysql" or "mysql" or "postgres" or "mariadb" or "neptune" or "docdb" || engine.StartsWith("oracle-", StringComparison.Ordinal)
                || engine.StartsWith("sqlserver-", StringComparison.Ordinal) || engine.StartsWith("db2-", StringComparison.Ordinal)
                ? FrontDoor.NotImplemented.Of($"the engine {engine}; it has {AuroraPostgres}")
                : RdsErrors.InvalidValue("Invalid DB engine");
        }
        var found = await Installed;
        if (found.IsEmpty)
            throw RdsErrors.NoSuchVersion(asked ?? "", engine, await OfferAsync());
        if (string.IsNullOrEmpty(asked))
            return found.Values.Last().Version;
        foreach (var version in await VersionsAsync())
        {
            if (version.Text == asked)
                return version;
        }
        return found.Values.FirstOrDefault(one => one.Version.Major.ToString() == asked)?.Version
            ?? throw RdsErrors.NoSuchVersion(asked, engine, await OfferAsync());
    }

    /// <summary>The template for servers of a major, made when it is first asked for.</summary>
    /// <exception cref="PostgresServerException">It cannot be made.</exception>
    public async Task<ServerTemplate> TemplateAsync(int major)
    {
        var installation = (await Installed).GetValueOrDefault(major)?.Installation
            ?? throw new PostgresServerException($"PostgreSQL {major} is not installed any more.");
        Task<ServerTemplate> made;
        lock (once)
        {
            if (!templateOf.TryGetValue(major, out made!) || made.IsFaulted)
                templateOf[major] = made = Task.Run(() => ServerTemplate.PrepareAsync(installation, templates()));
        }
        return await made;
    }

    private async Task<ImmutableSortedDictionary<int, Installed>> FindAsync()
    {
        var found = ImmutableSortedDictionary.CreateBuilder<int, Installed>();
        foreach (var installation in installations)
        {
            var version = await installation.VersionAsync();
            found.TryAdd(version.Major, new Installed(installation, version));
        }
        return found.ToImmutable();
    }

    private async Task<string> OfferAsync()
    {
        var majors = (await Installed).Keys;
        var there = majors.Any() ? $"This machine has PostgreSQL {string.Join(", ", majors)}." : "This machine has no PostgreSQL.";
        return $"{there} Install another major, on Debian or Ubuntu with: apt-get install postgresql-MAJOR postgresql-server-dev-MAJOR";
    }
}

internal sealed record Installed(PostgresInstallation Installation, PostgresVersion Version);
