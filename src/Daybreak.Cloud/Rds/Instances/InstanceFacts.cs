using System.Net;
using System.Net.Sockets;
using Daybreak.Aws;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Roles;
using Daybreak.Cloud.Rds.Servers;
using Npgsql;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>Provides facts about instances and their servers to explanations.</summary>
internal sealed class InstanceFacts(Databases databases, CustomEndpoints customEndpoints, ServerFiles files)
{
    private const string UndefinedDatabase = "3D000";
    private const int Patience = 5; // s

    // From the point of view of the session's user; when the schema, function or user does not exist, nothing is granted.
    private const string Query = """
        SELECT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'aws_lambda'),
               EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = $1),
               COALESCE((SELECT pg_catalog.has_schema_privilege(r.oid, n.oid, 'USAGE')
                         FROM pg_catalog.pg_roles r, pg_catalog.pg_namespace n WHERE r.rolname = $1 AND n.nspname = 'aws_lambda'), false),
               COALESCE((SELECT pg_catalog.bool_and(pg_catalog.has_function_privilege(r.oid, p.oid, 'EXECUTE'))
                         FROM pg_catalog.pg_roles r, pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
                         WHERE r.rolname = $1 AND n.nspname = 'aws_lambda' AND p.proname = 'invoke'), false),
               COALESCE(pg_catalog.current_setting('aws_lambda.endpoint_override', true), ''),
               COALESCE(pg_catalog.current_setting('aws_lambda.region', true), ''),
               COALESCE(pg_catalog.current_setting('aws_lambda.connect_timeout_ms', true), $2),
               COALESCE(pg_catalog.current_setting('aws_lambda.request_timeout_ms', true), $3)
        """;

    // The settings of a new session of the user; those for the database take precedence over those for all databases.
    private const string TakeSettings = """
        SELECT pg_catalog.set_config(pg_catalog.split_part(setting, '=', 1),
                                     pg_catalog.substr(setting, pg_catalog.strpos(setting, '=') + 1), false)
        FROM (SELECT setting
              FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_roles r ON r.oid = s.setrole, pg_catalog.unnest(s.setconfig) setting
              WHERE r.rolname = $1 AND setting LIKE 'aws\_lambda.%'
                AND s.setdatabase IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
              ORDER BY s.setdatabase) own
        """;

    /// <summary>
    /// Finds an instance by identifier or ARN, or the writer of a cluster. Several accounts and Regions may use the same identifier.
    /// </summary>
    public IReadOnlyList<DatabaseFacts> Find(string named)
    {
        bool IsNamed(string identifier, string arn) =>
            named.Equals(identifier, StringComparison.OrdinalIgnoreCase) || named.Equals(arn, StringComparison.OrdinalIgnoreCase);
        var instances = databases.AllInstances.Where(one => IsNamed(one.Identifier, one.Arn)).ToList();
        // In one account and Region, an instance takes precedence over a cluster of the same name.
        var writers = databases
            .AllClusters.Where(cluster =>
                IsNamed(cluster.Identifier, cluster.Arn)
                && !instances.Exists(one => (one.AccountId, one.Region) == (cluster.AccountId, cluster.Region))
            )
            .SelectMany(cluster => databases.Members(cluster).Where(member => member.Identifier == cluster.Writer));
        return
        [
            .. instances.Concat(writers).Select(FactsOf).OfType<DatabaseFacts>().OrderBy(static found => found.Arn, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// Returns every address of the databases of an account in a Region, and the instances that connections there may lead to.
    /// </summary>
    public IEnumerable<(IPEndPoint Address, IEnumerable<InstanceName> Instances)> AddressesIn(string accountId, string region)
    {
        foreach (var cluster in databases.AllClusters.Where(cluster => (cluster.AccountId, cluster.Region) == (accountId, region)))
        {
            var members = databases.Members(cluster);
            foreach (var member in members)
                yield return At(member.Address, [member]);
            if (cluster.OnlyInstance is not null)
                continue;
            yield return At(cluster.Address, members.Where(IsWriter));
            yield return At(cluster.ReaderAddress, members.Count > 1 ? members.Where(member => !IsWriter(member)) : members);
            foreach (var custom in customEndpoints.Of(cluster))
                yield return At(custom.Address, members.Where(member => custom.Takes(member.Identifier, IsWriter(member))));

            bool IsWriter(Instance member) => member.Identifier == cluster.Writer;

            (IPEndPoint, IEnumerable<InstanceName>) At(string address, IEnumerable<Instance> instances) =>
                (
                    new IPEndPoint(IPAddress.Parse(address), cluster.Port),
                    [.. instances.Select(static one => new InstanceName(one.AccountId, one.Region, one.ResourceId))]
                );
        }
    }

    /// <summary>Returns null when it was deleted.</summary>
    public DatabaseFacts? Find(InstanceName instance) =>
        FactsOf(databases.AllInstances.FirstOrDefault(one => one.ResourceId == instance.ResourceId));

    private DatabaseFacts? FactsOf(Instance? instance)
    {
        if (instance is null || databases.Find(instance.ClusterKey) is not { } cluster)
            return null;
        return new DatabaseFacts(
            new InstanceName(instance.AccountId, instance.Region, instance.ResourceId),
            instance.Identifier,
            instance.Arn,
            cluster.Name,
            cluster.Kind,
            cluster.Arn,
            StatusName.Of(instance.Status),
            instance.Address,
            cluster.Port,
            cluster.MasterUsername,
            cluster.DatabaseName ?? "postgres",
            cluster.OnlyInstance is null ? cluster.ParameterGroup : instance.ParameterGroup,
            cluster.Roles.FirstOrDefault(role => role.FeatureName == ServerCredentials.Lambda)?.RoleArn
        );
    }

    /// <summary>Returns facts from the server itself; null when it does not answer.</summary>
    /// <param name="database">The instance to ask.</param>
    /// <param name="databaseName">The database of the session that invokes.</param>
    /// <param name="user">The user of that session.</param>
    public async Task<ServerFacts?> AskAsync(DatabaseFacts database, string databaseName, string user)
    {
        var instance = databases.AllInstances.FirstOrDefault(one => one.ResourceId == database.Name.ResourceId);
        if (instance is null || databases.Find(instance.ClusterKey) is not { } cluster)
            return null;
        var bridge = await BridgeProbe.AnswersAsync(Path.Combine(files.DataDirectory(cluster, instance), "pg_stat_tmp", "aws_lambda.sock"));
        try
        {
            // The session is in a user's database, but uses none of its settings except those it queries.
            await using var connection = await AdministrationConnection.OpenAsync(
                files.SocketDirectory(cluster, instance),
                cluster.Port,
                files.DataDirectory(cluster, instance),
                cluster.ServerMajor,
                databaseName,
                Patience
            );
            await using (var take = new NpgsqlCommand(TakeSettings, connection) { Parameters = { new() { Value = user } } })
                await take.ExecuteNonQueryAsync();
            var (connect, request) = ($"{LambdaTimeouts.ConnectMs}", $"{LambdaTimeouts.RequestMs}");
            await using var command = new NpgsqlCommand(Query, connection)
            {
                Parameters =
                {
                    new() { Value = user },
                    new() { Value = connect },
                    new() { Value = request },
                },
            };
            await using var row = await command.ExecuteReaderAsync();
            await row.ReadAsync();
            return new ServerFacts(
                true,
                row.GetBoolean(0),
                row.GetBoolean(1),
                row.GetBoolean(2),
                row.GetBoolean(3),
                bridge,
                new LambdaSettings(row.GetString(4), row.GetString(5), Milliseconds(row.GetString(6)), Milliseconds(row.GetString(7)))
            );
        }
        catch (PostgresException error) when (error.SqlState == UndefinedDatabase)
        {
            return new ServerFacts(false, false, false, false, false, bridge, LambdaSettings.Defaults);
        }
        catch (Exception error)
            when (error is NpgsqlException or PostgresServerException or SocketException or TimeoutException or IOException)
        {
            return null;
        }
    }

    // A session shows 1000ms as 1s.
    private static int Milliseconds(string setting) =>
        setting switch
        {
            [.. var number, 'm', 's'] => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture),
            [.. var number, 'm', 'i', 'n'] => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) * 60_000,
            [.. var number, 's'] => int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) * 1000,
            _ => int.Parse(setting, System.Globalization.CultureInfo.InvariantCulture),
        };
}
