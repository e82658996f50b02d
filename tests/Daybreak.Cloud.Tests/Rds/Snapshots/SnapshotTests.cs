using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Rds.Snapshots;

/// <summary>Snapshots of clusters, over the system's PostgreSQL.</summary>
[Trait("Pace", "slow")]
public sealed class SnapshotTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Snapshots = """
        def snapshot(cluster, name, **parameters):
            rds.create_db_cluster_snapshot(DBClusterIdentifier=cluster, DBClusterSnapshotIdentifier=name, **parameters)
            return available(name)

        def available(name):
            rds.get_waiter('db_cluster_snapshot_available').wait(DBClusterSnapshotIdentifier=name, WaiterConfig=FAST)
            return rds.describe_db_cluster_snapshots(DBClusterSnapshotIdentifier=name)['DBClusterSnapshots'][0]

        def restore(snapshot, name, **parameters):
            rds.restore_db_cluster_from_snapshot(DBClusterIdentifier=name, SnapshotIdentifier=snapshot, Engine='aurora-postgresql', **parameters)
            rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier=name, WaiterConfig=FAST)
            return describe(name)

        """;

    [Fact]
    public async Task A_snapshot_of_a_running_cluster_is_restored_with_its_data_users_and_password()
    {
        var lines = await RunAsync(
            """
            c = cluster('shop', DatabaseName='orders', Port=5440, CopyTagsToSnapshot=True, Tags=[{'Key': 'team', 'Value': 'a'}])
            instance('shop', 'shop-1')
            psql(c['Endpoint'], 'CREATE TABLE t AS SELECT 1 AS i; CREATE ROLE joe', database='orders', port=5440)
            # Writes go on while the snapshot is taken: each transaction is in it whole, or not at all.
            writer = subprocess.Popen(['psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1'], stdin=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL, env={
                'PATH': os.environ['PATH'], 'PGHOST': c['Endpoint'], 'PGPORT': '5440', 'PGUSER': 'app_admin', 'PGPASSWORD': PASSWORD, 'PGDATABASE': 'orders'})
            writer.stdin.write('CREATE TABLE pairs (side text, n int);\n' + ''.join(
                f"BEGIN; INSERT INTO pairs VALUES ('left', {n}); INSERT INTO pairs VALUES ('right', {n}); COMMIT;\n" for n in range(20000)))
            writer.stdin.flush()
            s = snapshot('shop', 'Before', Tags=[{'Key': 'why', 'Value': 'test'}])
            writer.kill()
            writer.wait()
            print(s['DBClusterSnapshotIdentifier'], s['DBClusterIdentifier'], s['Status'], s['PercentProgress'], s['SnapshotType'], s['Engine'], s['Port'], s['MasterUsername'])
            print(s['DBClusterSnapshotArn'], s['DbClusterResourceId'] == c['DbClusterResourceId'], s['EngineVersion'] == c['EngineVersion'], s['TagList'])
            psql(c['Endpoint'], 'DROP TABLE t', database='orders', port=5440)
            r = restore('before', 'again')
            print(r['Port'], r['DatabaseName'], r['MasterUsername'], r['DBClusterMembers'], r['TagList'], r['DeletionProtection'])
            print(r['Endpoint'] != c['Endpoint'], r['DbClusterResourceId'] != c['DbClusterResourceId'])
            instance('again', 'again-1')
            instance('again', 'again-2')
            print(psql(r['Endpoint'], "SELECT i, current_user, to_regrole('joe') FROM t", database='orders', port=5440))
            print(psql(r['Endpoint'], "SELECT count(*) FILTER (WHERE side = 'left') = count(*) FILTER (WHERE side = 'right') FROM pairs", database='orders', port=5440))
            print(psql(r['ReaderEndpoint'], 'SELECT i, pg_is_in_recovery() FROM t', database='orders', port=5440))
            print(psql(c['Endpoint'], 'SELECT i FROM t', database='orders', port=5440).split('\n')[0])
            print([e['Message'] for e in rds.describe_events(SourceType='db-cluster-snapshot', SourceIdentifier='before')['Events']])
            delete('shop', 'shop-1')
            print(psql(r['Endpoint'], 'SELECT i FROM t', database='orders', port=5440))
            delete('again', 'again-2', 'again-1')
            print(available('before')['Status'])
            print(rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier='before')['DBClusterSnapshot']['DBClusterSnapshotIdentifier'])
            rds.get_waiter('db_cluster_snapshot_deleted').wait(DBClusterSnapshotIdentifier='before', WaiterConfig=FAST)
            print(refused('describe_db_cluster_snapshots', DBClusterSnapshotIdentifier='before'))
            """
        );

        Assert.Equal(
            [
                "before shop available 100 manual aurora-postgresql 5440 app_admin",
                "arn:aws:rds:us-east-1:000000000000:cluster-snapshot:before True True [{'Key': 'team', 'Value': 'a'}, {'Key': "
                    + "'why', 'Value': 'test'}]",
                "5440 orders app_admin [] [] False",
                "True True",
                "1|app_admin|joe",
                "t",
                "1|t",
                "ERROR:  relation \"t\" does not exist",
                "['Creating manual cluster snapshot', 'Manual cluster snapshot created']",
                "1",
                "available",
                "before",
                "404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: before",
            ],
            lines.Select(line =>
                line.Replace("us-west-2", "us-east-1", StringComparison.Ordinal)
                    .Replace("444455556666", "000000000000", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task A_final_snapshot_keeps_what_the_deleted_cluster_had()
    {
        var lines = await RunAsync(
            """
            c = cluster('last')
            instance('last', 'last-1')
            psql(c['Endpoint'], 'CREATE TABLE kept AS SELECT 42 AS answer')
            print(refused('delete_db_cluster', DBClusterIdentifier='last', SkipFinalSnapshot=True, FinalDBSnapshotIdentifier='final'))
            print(refused('delete_db_cluster', DBClusterIdentifier='last', FinalDBSnapshotIdentifier='-final').split('.')[0])
            rds.delete_db_instance(DBInstanceIdentifier='last-1')
            rds.delete_db_cluster(DBClusterIdentifier='last', FinalDBSnapshotIdentifier='final')
            rds.get_waiter('db_cluster_deleted').wait(DBClusterIdentifier='last', WaiterConfig=FAST)
            print(available('final')['Status'])
            # Nobody has the name of the deleted cluster; it may be restored under it.
            r = restore(rds.describe_db_cluster_snapshots(DBClusterIdentifier='last')['DBClusterSnapshots'][0]['DBClusterSnapshotArn'], 'last', Port=5441)
            print(refused('delete_db_cluster', DBClusterIdentifier='last', FinalDBSnapshotIdentifier='final'))
            instance('last', 'last-2')
            print(psql(r['Endpoint'], 'SELECT answer FROM kept', port=5441))
            # A cluster that never had an instance leaves an empty one.
            cluster('empty')
            rds.delete_db_cluster(DBClusterIdentifier='empty', FinalDBSnapshotIdentifier='nothing')
            rds.get_waiter('db_cluster_deleted').wait(DBClusterIdentifier='empty', WaiterConfig=FAST)
            available('nothing')
            e = restore('nothing', 'empty')
            instance('empty', 'empty-1')
            print(psql(e['Endpoint'], 'SELECT current_user, count(*) FROM pg_stat_user_tables'))
            delete('empty', 'empty-1')
            delete('last', 'last-2')
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterCombination: You cannot specify both FinalDBSnapshotIdentifier and SkipFinalSnapshot",
                "400 InvalidParameterValue: The parameter FinalDBSnapshotIdentifier is not a valid identifier",
                "available",
                "400 DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier final "
                    + "already exists.",
                "42",
                "app_admin|0",
            ],
            lines
        );
    }

    [Fact]
    public async Task Snapshots_are_copied_tagged_filtered_and_paged()
    {
        var lines = await RunAsync(
            """
            cluster('many', Tags=[{'Key': 'a', 'Value': 'b'}])
            snapshot('many', 'one')
            rds.add_tags_to_resource(ResourceName=available('one')['DBClusterSnapshotArn'], Tags=[{'Key': 'x', 'Value': 'y'}])
            rds.copy_db_cluster_snapshot(SourceDBClusterSnapshotIdentifier='one', TargetDBClusterSnapshotIdentifier='two', CopyTags=True)
            two = available('two')
            print(two['SourceDBClusterSnapshotArn'] == available('one')['DBClusterSnapshotArn'], two['TagList'], two['DBClusterIdentifier'])
            print(refused('copy_db_cluster_snapshot', SourceDBClusterSnapshotIdentifier='one', TargetDBClusterSnapshotIdentifier='two'))
            print(refused('copy_db_cluster_snapshot', SourceDBClusterSnapshotIdentifier='nobody', TargetDBClusterSnapshotIdentifier='three'))
            print(rds.describe_db_cluster_snapshot_attributes(DBClusterSnapshotIdentifier='one')['DBClusterSnapshotAttributesResult'])
            print(refused('modify_db_cluster_snapshot_attribute', DBClusterSnapshotIdentifier='one', AttributeName='restore', ValuesToAdd=['all']))
            print(refused('describe_db_cluster_snapshot_attributes', DBClusterSnapshotIdentifier='nobody'))
            names = lambda **filters: [s['DBClusterSnapshotIdentifier'] for page in rds.get_paginator('describe_db_cluster_snapshots').paginate(**filters) for s in page['DBClusterSnapshots'] if s['DBClusterIdentifier'] == 'many']
            print(names(DBClusterIdentifier='many'), names(DBClusterIdentifier='nobody'), names(SnapshotType='automated'), names(SnapshotType='manual'))
            print(names(Filters=[{'Name': 'db-cluster-id', 'Values': ['many']}, {'Name': 'db-cluster-snapshot-id', 'Values': ['two', 'three']}]))
            print(names(Filters=[{'Name': 'engine', 'Values': ['aurora-mysql']}]), refused('describe_db_cluster_snapshots', Filters=[{'Name': 'size', 'Values': ['1']}]))
            for n in range(25):
                rds.create_db_cluster_snapshot(DBClusterIdentifier='many', DBClusterSnapshotIdentifier=f'page-{n:02}')
            pages = [len(page['DBClusterSnapshots']) for page in rds.get_paginator('describe_db_cluster_snapshots').paginate(DBClusterIdentifier='many', PaginationConfig={'PageSize': 20})]
            print(pages, refused('describe_db_cluster_snapshots', MaxRecords=5))
            for name in names():
                available(name)
                rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier=name)
            print(names())
            delete('many')
            """
        );

        Assert.Equal(
            [
                "True [{'Key': 'x', 'Value': 'y'}] many",
                "400 DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier two "
                    + "already exists.",
                "404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: nobody",
                "{'DBClusterSnapshotIdentifier': 'one', 'DBClusterSnapshotAttributes': [{'AttributeName': 'restore', "
                    + "'AttributeValues': []}]}",
                "501 NotImplemented: Daybreak does not implement the operation ModifyDBClusterSnapshotAttribute of rds.",
                "404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: nobody",
                "['one', 'two'] [] [] ['one', 'two']",
                "['two']",
                "[] 400 InvalidParameterValue: Unrecognized filter name: size",
                "[20, 7] 400 InvalidParameterValue: Invalid value 5 for MaxRecords. Must be between 20 and 100",
                "[]",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_snapshots_and_restores_are_refused_with_the_codes_and_texts_of_RDS()
    {
        var lines = await RunAsync(
            """
            cluster('odd')
            snap = lambda **p: refused('create_db_cluster_snapshot', **p)
            print(snap(DBClusterIdentifier='nobody', DBClusterSnapshotIdentifier='s'))
            print(snap(DBClusterIdentifier='odd', DBClusterSnapshotIdentifier=''))
            for name in ('1s', 's-', 's--s', 's_s', 's' * 64, 'rds:s', 's.s', 'é'):
                assert snap(DBClusterIdentifier='odd', DBClusterSnapshotIdentifier=name) == '400 InvalidParameterValue: The parameter DBClusterSnapshotIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.', name
            snapshot('odd', 's')
            print(snap(DBClusterIdentifier='odd', DBClusterSnapshotIdentifier='S'))
            def back(**changed):
                good = dict(DBClusterIdentifier='back', SnapshotIdentifier='s', Engine='aurora-postgresql')
                good.update(changed)
                return refused('restore_db_cluster_from_snapshot', **good)
            print(back(SnapshotIdentifier='nobody'))
            print(back(DBClusterIdentifier='odd'))
            print(back(Engine='aurora-mysql'))
            print(back(EngineVersion='9.6'))
            print(back(EngineVersion='99.1'))
            print(back(DBClusterParameterGroupName='nobody'))
            print(back(DBSubnetGroupName='nobody'))
            print(back(KmsKeyId='alias/k'))
            print(back(DatabaseName='other'))
            rds.stop_db_cluster(DBClusterIdentifier='odd')
            while describe('odd')['Status'] != 'stopped':
                time.sleep(0.05)
            print(snap(DBClusterIdentifier='odd', DBClusterSnapshotIdentifier='t'))
            print(refused('delete_db_cluster', DBClusterIdentifier='odd', SkipFinalSnapshot=True))
            rds.start_db_cluster(DBClusterIdentifier='odd')
            rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='odd', WaiterConfig=FAST)
            delete('odd')
            print(refused('delete_db_cluster_snapshot', DBClusterSnapshotIdentifier='nobody'))
            rds.delete_db_cluster_snapshot(DBClusterSnapshotIdentifier='s')
            """
        );

        Assert.Equal(
            [
                "404 DBClusterNotFoundFault: DBCluster nobody not found.",
                "400 InvalidParameterValue: The parameter DBClusterSnapshotIdentifier must be provided and must not be blank.",
                "400 DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier s "
                    + "already exists.",
                "404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: nobody",
                "400 DBClusterAlreadyExistsFault: DB Cluster already exists",
                "400 InvalidParameterCombination: The engine aurora-mysql does not match that of the snapshot, aurora-postgresql.",
                lines[6],
                "501 NotImplemented: Daybreak does not implement the upgrade of a snapshot to another major version.",
                "404 DBClusterParameterGroupNotFound: DBClusterParameterGroup not found: nobody",
                "404 DBSubnetGroupNotFoundFault: DB subnet group 'nobody' does not exist.",
                "400 KMSKeyNotAccessibleFault: The specified KMS key [alias/k] either does not exist, is not enabled, or you do not "
                    + "have permissions to access it.",
                "501 NotImplemented: Daybreak does not implement a DatabaseName of RestoreDBClusterFromSnapshot other than the snapshot's.",
                "400 InvalidDBClusterStateFault: Can't create a snapshot because the database cluster odd isn't currently in the "
                    + "available state.",
                "400 InvalidDBClusterStateFault: Db cluster odd is in stopped state",
                "404 DBClusterSnapshotNotFoundFault: DBClusterSnapshot not found: nobody",
            ],
            lines
        );
        Assert.Matches("^400 InvalidParameterCombination: Cannot restore a snapshot of version .* to the version 9.6.$", lines[6]);
    }

    [Fact]
    public async Task Snapshots_outlive_the_process_and_are_finished_by_the_next_one()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-snapshots-").FullName;
        File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
        try
        {
            await using (
                var first = await CloudHost.StartAsync(
                    new CloudOptions { Port = 0, StateDirectory = directory },
                    cancellation: TestContext.Current.CancellationToken
                )
            )
            {
                await ClusterPrograms.RunAsync(
                    first.Endpoint,
                    Snapshots
                        + """
                        c = cluster('stays')
                        instance('stays', 'stays-1')
                        psql(c['Endpoint'], 'CREATE TABLE t AS SELECT 7 AS i')
                        snapshot('stays', 'whole')
                        psql(c['Endpoint'], 'UPDATE t SET i = 8')
                        rds.create_db_cluster_snapshot(DBClusterIdentifier='stays', DBClusterSnapshotIdentifier='begun')
                        """
                );
            }
            await using (
                var second = await CloudHost.StartAsync(
                    new CloudOptions { Port = 0, StateDirectory = directory },
                    cancellation: TestContext.Current.CancellationToken
                )
            )
            {
                var lines = await ClusterPrograms.RunAsync(
                    second.Endpoint,
                    Snapshots
                        + """
                        available('begun')
                        for name in ('whole', 'begun'):
                            r = restore(name, name)
                            instance(name, name + '-1')
                            print(psql(r['Endpoint'], 'SELECT i FROM t'))
                            delete(name, name + '-1')
                        delete('stays', 'stays-1')
                        """
                );
                Assert.Equal(["7", "8"], lines);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private Task<string[]> RunAsync(string program) => ClusterPrograms.RunAsync(cloud.Endpoint, Snapshots + program);
}
