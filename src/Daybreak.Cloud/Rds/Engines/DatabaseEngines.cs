using System.Collections.Immutable;
using System.Globalization;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Servers;

namespace Daybreak.Cloud.Rds.Engines;

/// <summary>What can be run here: the majors of PostgreSQL that are installed, and the versions of RDS's engines that they stand for.</summary>
/// <param name="templates">Directory for their templates, made when the first is needed.</param>
internal sealed class DatabaseEngines(IReadOnlyList<PostgresInstallation> installations, Func<string> templates)
{
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
    private static readonly ImmutableSortedDictionary<int, ImmutableArray<int>> minors = ImmutableSortedDictionary<int, ImmutableArray<int>>.Empty
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
        [.. (await Installed).Values.SelectMany(one => minors.GetValueOrDefault(one.Version.Major, [])
            .Where(minor => minor < one.Version.Minor).Select(minor => new PostgresVersion(one.Version.Major, minor)).Append(one.Version))];

    public async Task<IReadOnlyList<string>> FamiliesAsync()
    {
        var majors = (await Installed).Keys;
        return [.. DatabaseEngine.All.SelectMany(_ => majors, static (engine, major) => engine.Family(major))];
    }

    /// <exception cref="Aws.AwsException">InvalidParameterValue: unknown, or not installed.</exception>
    public async Task<string> CheckFamilyAsync(string family)
    {
        var families = await FamiliesAsync();
        return families.Contains(family) ? family : throw RdsErrors.InvalidValue($"ParameterGroupFamily {family} is not a valid parameter group family. {await OfferAsync()}");
    }

    public async Task<ParameterCatalog> CatalogAsync(string family)
    {
        var (engine, major) = Parts(family);
        var catalog = (await TemplateAsync(major)).Catalog;
        return engine == DatabaseEngine.Postgres.Name ? catalog.ForPostgres() : catalog;
    }

    /// <summary>Whether servers of a family start with a value, and have it.</summary>
    public async Task<bool> TakesAsync(string family, ParameterDefinition parameter, string value) =>
        await SettingProbe.TakesAsync(await TemplateAsync(Parts(family).Major), parameter, value);

    /// <exception cref="Aws.AwsException">There is no such engine, or not here.</exception>
    public static DatabaseEngine Engine(string? name)
    {
        if (string.IsNullOrEmpty(name))
            throw RdsErrors.Missing("Engine");
        return DatabaseEngine.Find(name)
            ?? throw (name is "aurora-mysql" or "mysql" or "mariadb" or "neptune" or "docdb" || name.StartsWith("oracle-", StringComparison.Ordinal)
                || name.StartsWith("sqlserver-", StringComparison.Ordinal) || name.StartsWith("db2-", StringComparison.Ordinal)
                ? FrontDoor.NotImplemented.Of($"the engine {name}; it has {string.Join(" and ", DatabaseEngine.All)}")
                : RdsErrors.InvalidValue("Invalid DB engine"));
    }

    /// <param name="asked">Null: the newest. A major alone: the one that is installed.</param>
    /// <exception cref="Aws.AwsException">There is no such version.</exception>
    public async Task<PostgresVersion> ChooseAsync(DatabaseEngine engine, string? asked)
    {
        var found = await Installed;
        if (found.IsEmpty)
            throw RdsErrors.NoSuchVersion(asked ?? "", engine.Name, await OfferAsync());
        if (string.IsNullOrEmpty(asked))
            return found.Values.Last().Version;
        foreach (var version in await VersionsAsync())
        {
            if (version.Text == asked)
                return version;
        }
        return found.Values.FirstOrDefault(one => one.Version.Major.ToString() == asked)?.Version
            ?? throw RdsErrors.NoSuchVersion(asked, engine.Name, await OfferAsync());
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

    private static (string Engine, int Major) Parts(string family)
    {
        var end = family.LastIndexOfAnyExceptInRange('0', '9') + 1;
        return (family[..end], int.Parse(family.AsSpan(end), CultureInfo.InvariantCulture));
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
