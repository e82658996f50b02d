using System.Collections.Immutable;
using System.Globalization;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.ParameterGroups;
using Daybreak.Cloud.Rds.Servers;

namespace Daybreak.Cloud.Rds.Engines;

/// <summary>
/// The engines that can run here: the installed majors of PostgreSQL, and the versions of RDS's engines that they provide.
/// </summary>
/// <param name="templates">Returns the directory for templates, made when the first is needed.</param>
/// <param name="any">Whether the nearest major runs in place of one that is not installed.</param>
internal sealed class DatabaseEngines(IReadOnlyList<PostgresInstallation> installations, Func<string> templates, bool any = false)
{
    private readonly Lock _once = new();
    private readonly Dictionary<int, Task<ServerTemplate>> _templateOf = [];
    private Task<ImmutableSortedDictionary<int, Installed>>? _installed;

    /// <summary>Of each major, the first installation.</summary>
    private Task<ImmutableSortedDictionary<int, Installed>> Installed
    {
        get
        {
            lock (_once)
                return _installed is { IsFaulted: false } ? _installed : _installed = FindAsync();
        }
    }

    /// <summary>The versions that requests can name.</summary>
    public async Task<EngineVersions> VersionsAsync() => new([.. (await Installed).Values.Select(one => one.Version)], any);

    public async Task<IReadOnlyList<string>> FamiliesAsync()
    {
        var majors = (await VersionsAsync()).Majors.ToList();
        return [.. DatabaseEngine.All.SelectMany(_ => majors, static (engine, major) => engine.Family(major))];
    }

    /// <summary>Includes majors that are not installed here.</summary>
    public static IEnumerable<string> KnownFamilies =>
        DatabaseEngine.All.SelectMany(_ => EngineVersions.KnownMajors, static (engine, major) => engine.Family(major));

    /// <exception cref="Aws.AwsException">InvalidParameterValue: unknown, or not installed.</exception>
    public async Task<string> CheckFamilyAsync(string family)
    {
        var families = await FamiliesAsync();
        return families.Contains(family)
            ? family
            : throw RdsErrors.InvalidValue(
                $"ParameterGroupFamily {family} is not a valid parameter group family. "
                    + $"{(await VersionsAsync()).InsteadOf($"{Parts(family).Major}")}"
            );
    }

    public async Task<ParameterCatalog> CatalogAsync(string family)
    {
        var (engine, major) = Parts(family);
        return (await NearestTemplateAsync(major)).Catalog(engine);
    }

    /// <summary>Whether servers of a family start with a value, and have exactly that value.</summary>
    public async Task<bool> TakesAsync(string family, ParameterDefinition parameter, string value) =>
        await SettingProbe.TakesAsync(await NearestTemplateAsync(Parts(family).Major), parameter, value);

    /// <exception cref="Aws.AwsException">The engine does not exist, or is not supported here.</exception>
    public static DatabaseEngine Engine(string? name)
    {
        if (string.IsNullOrEmpty(name))
            throw RdsErrors.Missing("Engine");
        return DatabaseEngine.Find(name)
            ?? throw (
                name is "aurora-mysql" or "mysql" or "mariadb" or "neptune" or "docdb"
                || name.StartsWith("oracle-", StringComparison.Ordinal)
                || name.StartsWith("sqlserver-", StringComparison.Ordinal)
                || name.StartsWith("db2-", StringComparison.Ordinal)
                    ? FrontDoor.NotImplemented.Of($"the engine {name}; it has {string.Join(" and ", DatabaseEngine.All)}")
                    : RdsErrors.InvalidValue("Invalid DB engine")
            );
    }

    /// <param name="asked">Null: the newest. A major alone: the installed version.</param>
    /// <exception cref="Aws.AwsException">The version does not exist.</exception>
    public async Task<PostgresVersion> ChooseAsync(DatabaseEngine engine, string? asked)
    {
        var versions = await VersionsAsync();
        return versions.Choose(asked) ?? throw RdsErrors.NoSuchVersion(asked ?? "", engine.Name, versions.InsteadOf(asked ?? ""));
    }

    /// <summary>Returns the major that runs for a version; null when it is the version's own.</summary>
    public async Task<int?> StandInAsync(PostgresVersion version) =>
        (await Installed).ContainsKey(version.Major) ? null : EngineVersions.Nearest((await Installed).Keys, version.Major);

    /// <summary>Returns the template for servers of a major, made on first use.</summary>
    /// <exception cref="PostgresServerException">It cannot be made.</exception>
    public async Task<ServerTemplate> TemplateAsync(int major)
    {
        var installation =
            (await Installed).GetValueOrDefault(major)?.Installation
            ?? throw new PostgresServerException($"PostgreSQL {major} is not installed any more.");
        Task<ServerTemplate> made;
        lock (_once)
        {
            if (!_templateOf.TryGetValue(major, out made!) || made.IsFaulted)
                _templateOf[major] = made = Task.Run(() => ServerTemplate.PrepareAsync(installation, templates()));
        }
        return await made;
    }

    private async Task<ServerTemplate> NearestTemplateAsync(int major) =>
        await TemplateAsync(EngineVersions.Nearest((await Installed).Keys, major));

    private static (string Engine, int Major) Parts(string family)
    {
        var end = family.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        return (
            family[..end],
            int.TryParse(family.AsSpan(end), NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0
        );
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
}

internal sealed record Installed(PostgresInstallation Installation, PostgresVersion Version);
