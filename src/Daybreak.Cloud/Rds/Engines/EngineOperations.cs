using System.Globalization;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.SubnetGroups;

namespace Daybreak.Cloud.Rds.Engines;

/// <summary>What there is to order: DescribeDBEngineVersions, DescribeOrderableDBInstanceOptions.</summary>
internal sealed class EngineOperations(DatabaseEngines engines, ISubnets subnets)
{
    private const int MostOptions = 1000;

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<DescribeDBEngineVersionsMessage, DBEngineVersionMessage>("DescribeDBEngineVersions", DescribeVersionsAsync),
            new AwsOperation<DescribeOrderableDBInstanceOptionsMessage, OrderableDBInstanceOptionsMessage>(
                "DescribeOrderableDBInstanceOptions",
                DescribeOptionsAsync
            ),
        ];

    public async ValueTask<DBEngineVersionMessage> DescribeVersionsAsync(DescribeDBEngineVersionsMessage request, OperationContext context)
    {
        var versions = await engines.VersionsAsync();
        var all = versions.Offered;
        if (request.EngineVersion is { Length: > 0 } asked && versions.Choose(asked) is { } chosen && !all.Contains(chosen))
            all = all.Insert(0, chosen); // one of those that are taken and not listed
        var newest = versions.Choose(null);
        var items =
            from engine in DatabaseEngine.All
            where request.Engine is null || request.Engine == engine.Name
            from version in all
            where request.EngineVersion is null || request.EngineVersion == version.Text || request.EngineVersion == $"{version.Major}"
            where request.DBParameterGroupFamily is null || request.DBParameterGroupFamily == engine.Family(version.Major)
            select (Engine: engine, Version: version);
        if (request.DefaultOnly == true)
            items = items
                .GroupBy(item => item.Engine)
                .Select(ofEngine => ofEngine.LastOrDefault(item => item.Version == newest, ofEngine.Last()));
        items = Filter.Apply(
            items,
            request.Filters,
            new Dictionary<string, Func<(DatabaseEngine Engine, PostgresVersion Version), IEnumerable<string>>>
            {
                ["db-parameter-group-family"] = item => [item.Engine.Family(item.Version.Major)],
                ["engine"] = item => [item.Engine.Name],
                ["engine-mode"] = _ => ["provisioned"],
                ["engine-version"] = item => [item.Version.Text],
                ["status"] = _ => ["available"],
            }
        );
        var page = Page.Of(
            items,
            item => $"{item.Engine} {item.Version.Major:d4}.{item.Version.Minor:d4}",
            request.MaxRecords,
            request.Marker
        );
        return new DBEngineVersionMessage
        {
            Marker = page.Marker,
            DBEngineVersions = [.. page.Items.Select(item => Describe(item.Engine, item.Version, all))],
        };
    }

    public async ValueTask<OrderableDBInstanceOptionsMessage> DescribeOptionsAsync(
        DescribeOrderableDBInstanceOptionsMessage request,
        OperationContext context
    )
    {
        Filter.None(request.Filters);
        if (string.IsNullOrEmpty(request.Engine))
            throw RdsErrors.Missing("Engine");
        var zones = subnets
            .OfDefaultVpc(context.AccountId, context.Region)
            .Select(subnet => new AvailabilityZone { Name = subnet.AvailabilityZone })
            .ToList();
        var versions = (await engines.VersionsAsync()).Offered;
        var options =
            from engine in DatabaseEngine.All.Where(engine => engine.Name == request.Engine)
            from version in versions
            where request.EngineVersion is null || request.EngineVersion == version.Text
            where request.LicenseModel is null or "postgresql-license"
            where request.Vpc != false
            from instanceClass in engine.Classes
            where request.DBInstanceClass is null || request.DBInstanceClass == instanceClass
            from storageType in engine.StorageTypes
            select Describe(engine, version, instanceClass, storageType, zones);
        var page = Page.Of(
            options,
            option => $"{option.EngineVersion, 6} {option.DBInstanceClass} {option.StorageType}",
            request.MaxRecords,
            request.Marker,
            MostOptions
        );
        return new OrderableDBInstanceOptionsMessage { Marker = page.Marker, OrderableDBInstanceOptions = page.Items };
    }

    private static OrderableDBInstanceOption Describe(
        DatabaseEngine engine,
        PostgresVersion version,
        string instanceClass,
        string storageType,
        IReadOnlyList<AvailabilityZone> zones
    )
    {
        var option = new OrderableDBInstanceOption
        {
            Engine = engine.Name,
            EngineVersion = version.Text,
            DBInstanceClass = instanceClass,
            StorageType = storageType,
            AvailabilityZones = zones,
            SupportsIops = storageType is "gp3" or "io1" or "io2",
            SupportsStorageThroughput = storageType == "gp3",
        };
        if (engine != DatabaseEngine.Postgres)
            return option;
        var (least, most) = InstanceStorage.Range(storageType);
        return option with { MinStorageSize = least, MaxStorageSize = most };
    }

    private static DBEngineVersion Describe(DatabaseEngine engine, PostgresVersion version, IReadOnlyList<PostgresVersion> all) =>
        new()
        {
            Engine = engine.Name,
            MajorEngineVersion = $"{version.Major}",
            EngineVersion = version.Text,
            DBParameterGroupFamily = engine.Family(version.Major),
            DBEngineDescription = engine.Description,
            DBEngineVersionDescription = Title(engine, version),
            SupportedFeatureNames = engine.Features,
            ValidUpgradeTarget =
            [
                .. all.Where(other => other.Major == version.Major && other.Minor > version.Minor)
                    .Select(other => new UpgradeTarget
                    {
                        Engine = engine.Name,
                        EngineVersion = other.Text,
                        Description = Title(engine, other),
                        IsMajorVersionUpgrade = false,
                    }),
            ],
        };

    private static string Title(DatabaseEngine engine, PostgresVersion version) =>
        string.Format(CultureInfo.InvariantCulture, engine.VersionDescription, version.Text);
}
