using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Rds.Clusters;

/// <summary><c>NewDBClusterIdentifier</c> and <c>NewDBInstanceIdentifier</c>.</summary>
[Trait("Pace", "slow")]
public sealed class RenamingTests
{
    private const string Renaming = """
        def rename_cluster(old, new):
            rds.modify_db_cluster(DBClusterIdentifier=old, NewDBClusterIdentifier=new, ApplyImmediately=True)
            while 'not found' in refused('describe_db_clusters', DBClusterIdentifier=new):
                pass
            rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier=new, WaiterConfig=FAST)
            return describe(new)
        def rename_instance(old, new):
            rds.modify_db_instance(DBInstanceIdentifier=old, NewDBInstanceIdentifier=new, ApplyImmediately=True)
            while 'not found' in refused('describe_db_instances', DBInstanceIdentifier=new):
                pass
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=new, WaiterConfig=FAST)
            return rds.describe_db_instances(DBInstanceIdentifier=new)['DBInstances'][0]

        """;

    [Fact]
    public async Task A_cluster_keeps_all_but_its_name_and_its_ARN()
    {
        await using var host = await StartAsync(null);
        var lines = await RunAsync(
            host,
            """
            before = cluster('before', Tags=[{'Key': 'a', 'Value': 'b'}])
            for name in ('one', 'two'):
                instance('before', name)
            rds.add_role_to_db_cluster(DBClusterIdentifier='before', RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda')
            rds.create_db_cluster_endpoint(DBClusterIdentifier='before', DBClusterEndpointIdentifier='custom', EndpointType='ANY', StaticMembers=['two'])
            psql(before['Endpoint'], 'CREATE TABLE kept AS SELECT 7 AS n')
            cluster('taken')
            print(refused('modify_db_cluster', DBClusterIdentifier='before', NewDBClusterIdentifier='Taken', ApplyImmediately=True))
            print(refused('modify_db_cluster', DBClusterIdentifier='before', NewDBClusterIdentifier='a--b')[:76])
            print(rds.modify_db_cluster(DBClusterIdentifier='before', NewDBClusterIdentifier='After')['DBCluster']['PendingModifiedValues'], describe('before')['Status'])
            print('PendingModifiedValues' in rds.modify_db_cluster(DBClusterIdentifier='before', NewDBClusterIdentifier='before')['DBCluster'])
            after = rename_cluster('before', 'after')
            print([n for n in ('DbClusterResourceId', 'Endpoint', 'ReaderEndpoint', 'AssociatedRoles', 'TagList', 'DBClusterMembers', 'ClusterCreateTime') if after[n] != before[n] and n not in ('AssociatedRoles', 'DBClusterMembers')])
            print(after['DBClusterArn'], len(after['AssociatedRoles']), refused('describe_db_clusters', DBClusterIdentifier='before'))
            print(sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in after['DBClusterMembers']), {i['DBClusterIdentifier'] for i in rds.describe_db_instances()['DBInstances']})
            print([e['DBClusterIdentifier'] for e in rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='custom')['DBClusterEndpoints']])
            print(psql(after['Endpoint'], 'SELECT n FROM kept'), psql(after['ReaderEndpoint'], 'SELECT pg_is_in_recovery()'))
            print([e['Message'] for e in rds.describe_events(SourceType='db-cluster', SourceIdentifier='after')['Events']])
            rds.failover_db_cluster(DBClusterIdentifier='after')
            rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='after', WaiterConfig=FAST)
            print(psql(after['Endpoint'], 'INSERT INTO kept VALUES (8) RETURNING n').split()[0])
            for name in ('one', 'two'):
                rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
            cluster('before')  # the name is free again
            delete('after', 'one', 'two')
            """
        );

        Assert.Equal(
            [
                "400 DBClusterAlreadyExistsFault: DB Cluster already exists",
                "400 InvalidParameterValue: The parameter NewDBClusterIdentifier is not a val",
                "{'DBClusterIdentifier': 'after'} available",
                "False",
                "[]",
                "arn:aws:rds:us-east-1:444455556666:cluster:after 1 404 DBClusterNotFoundFault: DBCluster before not found.",
                "[('one', True), ('two', False)] {'after'}",
                "['after']",
                "7 t",
                "['Renamed cluster from before to after']",
                "8",
            ],
            lines
        );
    }

    [Fact]
    public async Task Instances_restart_under_their_new_names()
    {
        await using var host = await StartAsync(null);
        var lines = await RunAsync(
            host,
            """
            c = cluster('c')
            for name in ('one', 'two'):
                instance('c', name)
            rds.create_db_cluster_endpoint(DBClusterIdentifier='c', DBClusterEndpointIdentifier='custom', EndpointType='ANY', StaticMembers=['one'])
            psql(c['Endpoint'], 'CREATE TABLE kept AS SELECT 7 AS n')
            before = rds.describe_db_instances(DBInstanceIdentifier='one')['DBInstances'][0]
            print(refused('modify_db_instance', DBInstanceIdentifier='one', NewDBInstanceIdentifier='two'))
            print(rds.modify_db_instance(DBInstanceIdentifier='one', NewDBInstanceIdentifier='later')['DBInstance']['PendingModifiedValues'])
            after = rename_instance('one', 'uno')
            print(after['DBInstanceArn'], after['DbiResourceId'] == before['DbiResourceId'], after['Endpoint'] == before['Endpoint'], after['PendingModifiedValues'])
            print(refused('describe_db_instances', DBInstanceIdentifier='one'))
            print(sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('c')['DBClusterMembers']))
            print([e['StaticMembers'] for e in rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='custom')['DBClusterEndpoints']])
            print(psql(c['Endpoint'], 'SELECT n FROM kept'))
            rds.reboot_db_instance(DBInstanceIdentifier='uno')
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='uno', WaiterConfig=FAST)
            print(rename_instance('two', 'due')['DBInstanceIdentifier'], psql(c['ReaderEndpoint'], 'SELECT n, pg_is_in_recovery() FROM kept'))
            delete('c', 'due', 'uno')
            rds.create_db_instance(DBInstanceIdentifier='alone', Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20, MasterUsername='app_admin', MasterUserPassword=PASSWORD)
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='alone', WaiterConfig=FAST)
            a = rename_instance('alone', 'solo')
            print(a['DBInstanceIdentifier'], psql(a['Endpoint']['Address'], 'SELECT 1'))
            rds.stop_db_instance(DBInstanceIdentifier='solo')
            while rds.describe_db_instances(DBInstanceIdentifier='solo')['DBInstances'][0]['DBInstanceStatus'] != 'stopped':
                pass
            rds.delete_db_instance(DBInstanceIdentifier='solo', SkipFinalSnapshot=True)
            rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier='solo', WaiterConfig=FAST)
            """
        );

        Assert.Equal(
            [
                "400 DBInstanceAlreadyExists: DB instance already exists",
                "{'DBInstanceIdentifier': 'later'}",
                "arn:aws:rds:us-east-1:444455556666:db:uno True True {}",
                "404 DBInstanceNotFound: DBInstance one not found.",
                "[('two', False), ('uno', True)]",
                "[['uno']]",
                "7",
                "due 7|t",
                "solo 1",
            ],
            lines
        );
    }

    [Fact]
    public async Task What_was_being_renamed_when_everything_ended_is_there_under_its_new_name()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-renaming-").FullName;
        try
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
            await using (var first = await StartAsync(directory))
            {
                await RunAsync(
                    first,
                    """
                    cluster('old')
                    instance('old', 'old-1')
                    rds.modify_db_instance(DBInstanceIdentifier='old-1', NewDBInstanceIdentifier='new-1', ApplyImmediately=True)
                    rds.modify_db_cluster(DBClusterIdentifier='old', NewDBClusterIdentifier='new', ApplyImmediately=True)
                    """
                );
            }
            await using var second = await StartAsync(directory);
            var lines = await RunAsync(
                second,
                """
                rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='new', WaiterConfig=FAST)
                print([(m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('new')['DBClusterMembers']], psql(describe('new')['Endpoint'], 'SELECT 1'))
                print([c['DBClusterIdentifier'] for c in rds.describe_db_clusters()['DBClusters']], [i['DBInstanceIdentifier'] for i in rds.describe_db_instances()['DBInstances']])
                delete('new', 'new-1')
                """
            );

            Assert.Equal(["[('new-1', True)] 1", "['new'] ['new-1']"], lines);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Task<CloudHost> StartAsync(string? directory) =>
        CloudHost.StartAsync(
            new CloudOptions { Port = 0, StateDirectory = directory },
            cancellation: TestContext.Current.CancellationToken
        );

    private static Task<string[]> RunAsync(CloudHost host, string program) => ClusterPrograms.RunAsync(host.Endpoint, Renaming + program);
}
