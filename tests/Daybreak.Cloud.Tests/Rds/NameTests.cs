namespace Daybreak.Cloud.Tests.Rds;

/// <summary>Filters, identifiers and reserved names that are empty or malformed are refused, and not answered with an empty list.</summary>
[Trait("Pace", "slow")]
public sealed class NameTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Identifier =
        " is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; "
        + "and must not end with a hyphen or contain two consecutive hyphens.";

    [Fact]
    public async Task Malformed_and_empty_identifiers_are_refused_by_lists_as_by_everything_else()
    {
        var lines = await RunAsync(
            """
            for bad in ('1c', 'a--b', 'a-', 'a_b', 'a b', 'arn:aws:rds:eu-west-1:444455556666:cluster:c', 'arn:aws:rds:us-east-1:444455556666:db:c', ''):
                said = [refused('describe_db_clusters', DBClusterIdentifier=bad), refused('modify_db_cluster', DBClusterIdentifier=bad), refused('create_db_cluster_snapshot', DBClusterIdentifier=bad, DBClusterSnapshotIdentifier='s'),
                    refused('describe_db_cluster_endpoints', DBClusterIdentifier=bad), refused('describe_db_cluster_snapshots', DBClusterIdentifier=bad)]
                print(bad or 'empty', '/', *(said if bad in ('', '1c') else sorted({s.split(' ')[1] + s[s.index(' is not'):] for s in said})), sep='\n')
            for operation, parameter in [('describe_db_instances', 'DBInstanceIdentifier'), ('delete_db_instance', 'DBInstanceIdentifier'), ('describe_db_log_files', 'DBInstanceIdentifier'),
                    ('describe_db_cluster_snapshots', 'DBClusterSnapshotIdentifier'), ('delete_db_cluster_snapshot', 'DBClusterSnapshotIdentifier'),
                    ('describe_db_cluster_endpoints', 'DBClusterEndpointIdentifier'), ('delete_db_cluster_endpoint', 'DBClusterEndpointIdentifier')]:
                print(refused(operation, **{parameter: 'a--b'}), refused(operation, **{parameter: ''}), sep='\n')
            print(refused('describe_global_clusters', GlobalClusterIdentifier='a--b')) # the client itself takes no empty one
            print(refused('describe_db_subnet_groups', DBSubnetGroupName=''), refused('describe_db_parameter_groups', DBParameterGroupName=''), refused('describe_db_cluster_parameter_groups', DBClusterParameterGroupName=''),
                refused('describe_events', SourceType='db-cluster', SourceIdentifier=''), sep='\n')
            """
        );

        var wrong = $"InvalidParameterValue:{Identifier}";
        Assert.Equal(
            [
                "1c",
                "/",
                $"400 InvalidParameterValue: The parameter Filter: db-cluster-id{Identifier}",
                $"400 InvalidParameterValue: The parameter DBClusterIdentifier{Identifier}",
                $"400 InvalidParameterValue: The parameter DBClusterIdentifier{Identifier}",
                $"400 InvalidParameterValue: The parameter Filter: db-cluster-id{Identifier}",
                $"400 InvalidParameterValue: The parameter Filter: db-cluster-id{Identifier}",
                "a--b",
                "/",
                wrong,
                "a-",
                "/",
                wrong,
                "a_b",
                "/",
                wrong,
                "a b",
                "/",
                wrong,
                "arn:aws:rds:eu-west-1:444455556666:cluster:c",
                "/",
                wrong,
                "arn:aws:rds:us-east-1:444455556666:db:c",
                "/",
                wrong,
                "empty",
                "/",
                "400 InvalidParameterValue: The parameter Filter: db-cluster-id must be provided and must not be blank.",
                "400 InvalidParameterValue: The parameter DBClusterIdentifier must be provided and must not be blank.",
                "400 InvalidParameterValue: The parameter DBClusterIdentifier must be provided and must not be blank.",
                "400 InvalidParameterValue: The parameter Filter: db-cluster-id must be provided and must not be blank.",
                "400 InvalidParameterValue: The parameter Filter: db-cluster-id must be provided and must not be blank.",
                .. Both("Filter: db-instance-id"),
                .. Both("DBInstanceIdentifier"),
                .. Both("DBInstanceIdentifier"),
                .. Both("Filter: db-cluster-snapshot-id"),
                .. Both("DBClusterSnapshotIdentifier"),
                .. Both("Filter: db-cluster-endpoint-id"),
                .. Both("DBClusterEndpointIdentifier"),
                $"400 InvalidParameterValue: The parameter GlobalClusterIdentifier{Identifier}",
                "400 InvalidParameterValue: The parameter DBSubnetGroupName must be provided and must not be blank.",
                "400 InvalidParameterValue: The parameter DBParameterGroupName must be provided and must not be blank.",
                "400 InvalidParameterValue: The parameter DBClusterParameterGroupName must be provided and must not be blank.",
                "400 InvalidParameterValue: The parameter SourceIdentifier must be provided and must not be blank.",
            ],
            lines
        );

        static string[] Both(string parameter) =>
            [
                $"400 InvalidParameterValue: The parameter {parameter}{Identifier}",
                $"400 InvalidParameterValue: The parameter {parameter} must be provided and must not be blank.",
            ];
    }

    [Fact]
    public async Task Filters_that_are_unknown_empty_or_malformed_are_refused()
    {
        var lines = await RunAsync(
            """
            filter = lambda name, *values: dict(Filters=[{'Name': name, 'Values': list(values)}])
            print(refused('describe_db_clusters', **filter('x', 'y')))
            print(refused('describe_db_clusters', **filter('', 'y')))
            print(refused('describe_db_clusters', **filter('engine')))
            print(refused('describe_db_instances', **filter('engine', '')))
            print(refused('describe_db_instances', **filter('db-instance-id', 'lax--temp2')))
            print(refused('describe_db_instances', **filter('db-cluster-id', 'fine', '')))
            print(refused('describe_db_instances', **filter('db-cluster-id', 'arn:aws:rds:us-east-1:444455556666:cluster:c', 'c')))
            rds.create_db_parameter_group(DBParameterGroupName='p', DBParameterGroupFamily=FAMILY, Description='d')
            print({refused(operation, **{**filter('db-parameter-group', 'p'), **more}) for operation, more in [('describe_db_subnet_groups', {}), ('describe_db_parameter_groups', {}), ('describe_events', {}),
                ('describe_orderable_db_instance_options', dict(Engine='postgres')), ('describe_db_parameters', dict(DBParameterGroupName='p')),
                ('list_tags_for_resource', dict(ResourceName='arn:aws:rds:us-east-1:444455556666:pg:p')), ('describe_engine_default_cluster_parameters', dict(DBParameterGroupFamily=FAMILY))]})
            shown = lambda answer: [p['ParameterName'] for p in answer['Parameters']]
            print(shown(rds.describe_db_parameters(DBParameterGroupName='p', **filter('parameter-name', 'work_mem', 'timezone'))),
                shown(rds.describe_engine_default_parameters(DBParameterGroupFamily=FAMILY, **filter('parameter-name', 'work_mem'))['EngineDefaults']))
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterValue: Unrecognized filter name: x",
                "400 InvalidParameterValue: Unrecognized filter name: ",
                "400 InvalidParameterValue: The parameter Filter: engine must be provided and must not be blank.",
                "400 InvalidParameterValue: The parameter Filter: engine must be provided and must not be blank.",
                $"400 InvalidParameterValue: The parameter Filter: db-instance-id{Identifier}",
                "400 InvalidParameterValue: The parameter Filter: db-cluster-id must be provided and must not be blank.",
                "not refused",
                "{'400 InvalidParameterValue: Unrecognized filter name: db-parameter-group'}",
                "['timezone', 'work_mem'] ['work_mem']",
            ],
            lines.Select(line => line.TrimEnd('\n'))
        );
    }

    [Fact]
    public async Task Reserved_names_get_the_text_of_their_own_rule()
    {
        var lines = await RunAsync(
            """
            def cluster_(**changed):
                return refused('create_db_cluster', **{**dict(DBClusterIdentifier='r', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword='correct-horse'), **changed})
            def alone(**changed):
                return refused('create_db_instance', **{**dict(DBInstanceIdentifier='r', Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20, MasterUsername='app_admin', MasterUserPassword='correct-horse'), **changed})
            for name in ('admin', 'USER', 'rdsadmin', 'rdsrepladmin', 'pg_monitor', 'rds_iam', 'grant'):
                print(cluster_(MasterUsername=name) == alone(MasterUsername=name), cluster_(MasterUsername=name))
            for name in ('catalog', 'Grant', 'rdsadmin', 'db', '1db'):
                print(cluster_(DatabaseName=name), '/', alone(DBName=name))
            """
        );

        Assert.Equal(
            [
                .. new[] { "admin", "USER", "rdsadmin", "rdsrepladmin", "pg_monitor", "rds_iam", "grant" }.Select(name =>
                    $"True 400 InvalidParameterValue: MasterUsername {name} cannot be used as it is a reserved word used by the engine"
                ),
                .. new[] { "catalog", "Grant", "rdsadmin", "db" }.Select(name =>
                    $"400 InvalidParameterValue: DatabaseName {name} cannot be used.  It is a reserved word for this engine / 400 "
                    + $"InvalidParameterValue: DBName {name} cannot be used.  It is a reserved word for this engine"
                ),
                "400 InvalidParameterValue: DatabaseName must begin with a letter and contain only alphanumeric characters. / "
                    + "400 InvalidParameterValue: DBName must begin with a letter and contain only alphanumeric characters.",
            ],
            lines
        );
    }

    private Task<string[]> RunAsync(string program) => Boto.RunAsync(cloud.Endpoint, program);
}
