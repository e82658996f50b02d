using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.SubnetGroups;

namespace Daybreak.Cloud.Rds.Engines;

/// <summary>What there is to order: DescribeDBEngineVersions, DescribeOrderableDBInstanceOptions.</summary>
internal sealed class EngineOperations(DatabaseEngines engines, ISubnets subnets)
{
    public async ValueTask<DBEngineVersionMessage> DescribeVersionsAsync(DescribeDBEngineVersionsMessage request, OperationContext context)
    {
        var all = await engines.VersionsAsync();
        var items = all
            .Where(version => request.Engine is null or DatabaseEngines.AuroraPostgres)
            .Where(version => request.EngineVersion is null || request.EngineVersion == version.Text || request.EngineVersion == $"{version.Major}")
            .Where(version => request.DBParameterGroupFamily is null || request.DBParameterGroupFamily == DatabaseEngines.AuroraPostgres + version.Major);
        if (request.DefaultOnly == true)
            items = items.TakeLast(1);
        items = Filter.Apply(items, request.Filters, new Dictionary<string, Func<PostgresVersion, IEnumerable<string>>>
        {
            ["db-parameter-group-family"] = version => [DatabaseEngines.AuroraPostgres + version.Major],
            ["engine"] = _ => [DatabaseEngines.AuroraPostgres],
            ["engine-mode"] = _ => ["provisioned"],
            ["engine-version"] = version => [version.Text],
            ["status"] = _ => ["available"],
        });
        var page = Page.Of(items, version => $"{version.Major:d4}.{version.Minor:d4}", request.MaxRecords, request.Marker);
        return new DBEngineVersionMessage { Marker = page.Marker, DBEngineVersions = [.. page.Items.Select(version => Describe(version, all))] };
    }

    public async ValueTask<OrderableDBInstanceOptionsMessage> DescribeOptionsAsync(
        DescribeOrderableDBInstanceOptionsMessage request, OperationContext context)
    {
        if (string.IsNullOrEmpty(request.Engine))
            throw RdsErrors.Missing("Engine");
        var zones = subnets.OfDefaultVpc(context.AccountId, context.Region).Select(subnet => new AvailabilityZone { Name = subnet.AvailabilityZone }).ToList();
        var options =
            from version in request.Engine == DatabaseEngines.AuroraPostgres ? await engines.VersionsAsync() : []
            where request.EngineVersion is null || request.EngineVersion == version.Text
            where request.LicenseModel is null or "postgresql-license"
            where request.Vpc != false
            from instanceClass in InstanceClasses.All
            where request.DBInstanceClass is null || request.DBInstanceClass == instanceClass
            select new OrderableDBInstanceOption
            {
                Engine = DatabaseEngines.AuroraPostgres,
                EngineVersion = version.Text,
                DBInstanceClass = instanceClass,
                AvailabilityZones = zones,
            };
        var page = Page.Of(options, option => $"{option.EngineVersion,6} {option.DBInstanceClass}", request.MaxRecords, request.Marker);
        return new OrderableDBInstanceOptionsMessage { Marker = page.Marker, OrderableDBInstanceOptions = page.Items };
    }

    private static DBEngineVersion Describe(PostgresVersion version, IReadOnlyList<PostgresVersion> all) => new()
    {
        Engine = DatabaseEngines.AuroraPostgres,
        MajorEngineVersion = $"{version.Major}",
        EngineVersion = version.Text,
        DBParameterGroupFamily = DatabaseEngines.AuroraPostgres + version.Major,
        DBEngineVersionDescription = Title(version),
        ValidUpgradeTarget =
        [
            .. all.Where(other => other.Major == version.Major && other.Minor > version.Minor).Select(other => new UpgradeTarget
            {
                Engine = DatabaseEngines.AuroraPostgres,
                EngineVersion = other.Text,
                Description = Title(other),
                IsMajorVersionUpgrade = false,
            }),
        ],
    };

    private static string Title(PostgresVersion version) => $"Aurora PostgreSQL (Compatible with PostgreSQL {version.Text})";
}
