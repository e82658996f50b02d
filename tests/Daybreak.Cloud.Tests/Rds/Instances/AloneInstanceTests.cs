namespace Daybreak.Cloud.Tests.Rds.Instances;

/// <summary>The engine <c>postgres</c>: instances without a cluster.</summary>
[Trait("Pace", "slow")]
public sealed class AloneInstanceTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Alone = """
        def alone(name, **parameters):
            good = dict(Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20, MasterUsername='app_admin', MasterUserPassword=PASSWORD)
            good.update(parameters)
            return rds.create_db_instance(DBInstanceIdentifier=name, **{k: v for k, v in good.items() if v is not None})['DBInstance']
        def read(name):
            return rds.describe_db_instances(DBInstanceIdentifier=name)['DBInstances'][0]
        def settled(name):
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
            return read(name)
        def storage(i):
            return [i.get(k) for k in ('StorageType', 'AllocatedStorage', 'Iops', 'StorageThroughput', 'MaxAllocatedStorage')]

        """;

    [Fact]
    public async Task An_instance_is_a_server_of_its_own_and_no_cluster()
    {
        var lines = await RunAsync(
            """
            i = alone('solo', MasterUsername='solo_admin', DBName='shop', Port=5444, Tags=[{'Key': 'a', 'Value': 'b'}], CopyTagsToSnapshot=True, PubliclyAccessible=False)
            print(i['DBInstanceStatus'], i['Engine'], 'Endpoint' in i, storage(i), i['DBParameterGroups'][0]['DBParameterGroupName'] == 'default.postgres' + VERSION.split('.')[0])
            i = settled('solo')
            print(i['Endpoint']['Port'], i['DBName'], i['MasterUsername'], 'DBClusterIdentifier' in i, i['PubliclyAccessible'], i['MultiAZ'], i['DbiResourceId'][:3], i['DBInstanceArn'])
            host = i['Endpoint']['Address']
            solo = lambda sql, **more: psql(host, sql, port=5444, **{'user': 'solo_admin', **more})
            print(solo('SELECT current_user, current_database()', database='shop'))
            print(solo("SELECT rolsuper, pg_has_role('rds_superuser', 'MEMBER') FROM pg_roles WHERE rolname = current_user"))
            print([c for c in rds.describe_db_clusters()['DBClusters'] if c['MasterUsername'] == 'solo_admin'], refused('describe_db_clusters', DBClusterIdentifier=i['DbiResourceId']).split(':')[0])
            print('solo' in [x['DBInstanceIdentifier'] for x in rds.describe_db_instances(Filters=[{'Name': 'engine', 'Values': ['postgres']}])['DBInstances']])
            cluster('solo', Port=5444)  # names of clusters and instances do not meet
            print(solo('CREATE TABLE kept AS SELECT 7 AS n'))
            rds.stop_db_instance(DBInstanceIdentifier='solo')
            while read('solo')['DBInstanceStatus'] != 'stopped':
                time.sleep(0.1)
            print('Connection refused' in solo('SELECT 1'), refused('stop_db_instance', DBInstanceIdentifier='solo'))
            rds.start_db_instance(DBInstanceIdentifier='solo')
            settled('solo')
            print(solo('SELECT n FROM kept'))
            rds.modify_db_instance(DBInstanceIdentifier='solo', MasterUserPassword='another-password', DeletionProtection=True, BackupRetentionPeriod=0)
            began = time.monotonic()
            while solo('SELECT 5', password='another-password') != '5':
                assert time.monotonic() < began + 30
            print(read('solo')['BackupRetentionPeriod'], refused('delete_db_instance', DBInstanceIdentifier='solo', SkipFinalSnapshot=True))
            rds.modify_db_instance(DBInstanceIdentifier='solo', DeletionProtection=False)
            print(refused('delete_db_instance', DBInstanceIdentifier='solo'))
            rds.delete_db_instance(DBInstanceIdentifier='solo', SkipFinalSnapshot=True)
            rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier='solo', WaiterConfig=FAST)
            print([e['Message'] for e in rds.describe_events(SourceType='db-instance', SourceIdentifier='solo')['Events']][::3])
            alone('solo', Port=5444)
            print(psql(settled('solo')['Endpoint']['Address'], "SELECT count(*) FROM pg_class WHERE relname = 'kept'", port=5444))
            """
        );

        Assert.Equal(
            [
                "creating postgres False ['gp3', 20, 3000, 125, None] True",
                "5444 shop solo_admin False False False db- arn:aws:rds:us-east-1:444455556666:db:solo",
                "solo_admin|shop",
                "f|t",
                "[] 404 DBClusterNotFoundFault",
                "True",
                "SELECT 1",
                "True 400 InvalidDBInstanceState: Instance solo is not in available state.",
                "7",
                "0 400 InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.",
                "400 InvalidParameterCombination: FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.",
                "['DB instance created']",
                "0",
            ],
            lines
        );
    }

    [Fact]
    public async Task Storage_has_the_defaults_of_its_type_and_its_changes_wait()
    {
        var lines = await RunAsync(
            """
            print(storage(alone('large', AllocatedStorage=400, MaxAllocatedStorage=1000)))
            print(storage(alone('provisioned', AllocatedStorage=100, Iops=3000)))
            settled('large')
            m = rds.modify_db_instance(DBInstanceIdentifier='large', AllocatedStorage=401, Iops=15000, MaxAllocatedStorage=2000)['DBInstance']
            print(storage(m), m['PendingModifiedValues'])
            rds.modify_db_instance(DBInstanceIdentifier='large', ApplyImmediately=True)
            i = settled('large')
            print(storage(i), i['PendingModifiedValues'])
            m = rds.modify_db_instance(DBInstanceIdentifier='large', StorageType='io2', Iops=20000, ApplyImmediately=True)['DBInstance']
            print(m['DBInstanceStatus'], m['PendingModifiedValues'])
            print(storage(settled('large')))
            print(refused('modify_db_instance', DBInstanceIdentifier='large', AllocatedStorage=100))
            options = [o for page in rds.get_paginator('describe_orderable_db_instance_options').paginate(Engine='postgres', EngineVersion=VERSION, DBInstanceClass='db.t4g.micro')
                for o in page['OrderableDBInstanceOptions']]
            print([(o['StorageType'], o['MinStorageSize']) for o in options])
            v = rds.describe_db_engine_versions(Engine='postgres', DefaultOnly=True)['DBEngineVersions'][0]
            print(v['EngineVersion'] == VERSION, v['DBEngineDescription'], v['SupportedFeatureNames'])
            """
        );

        Assert.Equal(
            [
                "['gp3', 400, 12000, 500, 1000]",
                "['io1', 100, 3000, None, None]",
                "['gp3', 400, 12000, 500, 2000] {'AllocatedStorage': 440, 'Iops': 15000}",
                "['gp3', 440, 15000, 500, 2000] {}",
                "modifying {'Iops': 20000, 'StorageType': 'io2'}",
                "['io2', 440, 20000, None, 2000]",
                "400 InvalidParameterCombination: Requested storage size (100) cannot be less than the current storage size (440).",
                "[('gp2', 20), ('gp3', 20), ('io1', 100), ('io2', 100), ('standard', 5)]",
                "True PostgreSQL ['Lambda', 's3Export', 's3Import']",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_instances_are_refused_with_the_codes_and_texts_of_RDS()
    {
        var lines = await RunAsync(
            """
            def bad(**changed):
                good = dict(DBInstanceIdentifier='bad', Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20, MasterUsername='app_admin', MasterUserPassword=PASSWORD)
                good.update(changed)
                return refused('create_db_instance', **{k: v for k, v in good.items() if v is not None})
            print(bad(AllocatedStorage=None))
            print(bad(AllocatedStorage=10, StorageType='gp2'))
            print(bad(StorageType='aurora'))
            print(bad(Iops=3000, StorageType='gp3'))
            print(bad(StorageType='io1', AllocatedStorage=100))
            print(bad(StorageType='io1', AllocatedStorage=4000, Iops=1200))
            print(bad(MaxAllocatedStorage=20))
            print(bad(MasterUsername=None))
            print(bad(MasterUserPassword=None))
            print(bad(DBInstanceClass='db.serverless').split(' with the')[0])
            print(bad(EngineVersion='99.1').split('. ')[0])
            print(bad(Engine='mysql').split(':')[0])
            print(bad(Engine='aurora-postgresql'))
            print(bad(MultiAZ=True))
            print(bad(DBParameterGroupName='default.' + FAMILY).split(' with')[0])
            print(bad(BackupRetentionPeriod=36))
            print(refused('create_db_cluster', DBClusterIdentifier='bad', Engine='postgres', MasterUsername='app_admin', MasterUserPassword=PASSWORD))
            alone('once')
            print(bad(DBInstanceIdentifier='ONCE'))
            cluster('both')
            instance('both', 'both-1')
            def modify(**parameters):
                return refused('modify_db_instance', DBInstanceIdentifier='both-1', **parameters)
            print(modify(AllocatedStorage=20))
            print(modify(DeletionProtection=True))
            print(refused('stop_db_instance', DBInstanceIdentifier='both-1'))
            role = dict(RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda')
            print(refused('add_role_to_db_instance', DBInstanceIdentifier='both-1', **role))
            settled('once')
            print(refused('add_role_to_db_instance', DBInstanceIdentifier='once', RoleArn=role['RoleArn'], FeatureName='SageMaker'))
            rds.add_role_to_db_instance(DBInstanceIdentifier='once', **role)
            print(read('once')['AssociatedRoles'], refused('add_role_to_db_instance', DBInstanceIdentifier='once', **role))
            rds.remove_role_from_db_instance(DBInstanceIdentifier='once', **role)
            print(refused('remove_role_from_db_instance', DBInstanceIdentifier='once', **role))
            """
        );

        Assert.Equal(
            [
                "400 MissingParameter: The request must contain the parameter AllocatedStorage.",
                "400 InvalidParameterCombination: Invalid storage size for engine name postgres and storage type gp2: 10",
                "400 StorageTypeNotSupported: Invalid storage type: aurora",
                "400 InvalidParameterCombination: You can't specify IOPS or storage throughput for engine postgres and a storage "
                    + "size less than 400.",
                "400 InvalidParameterCombination: You must specify IOPS for storage type io1.",
                "400 InvalidParameterCombination: Invalid iops to storage (GB) ratio for engine name postgres and storage type io1: 0.3000",
                "400 InvalidParameterCombination: Max storage size must be greater than storage size",
                "400 InvalidParameterValue: The parameter MasterUsername must be provided and must not be blank.",
                "400 InvalidParameterValue: The parameter MasterUserPassword must be provided and must not be blank.",
                "400 InvalidParameterCombination: RDS does not support creating a DB instance",
                "400 InvalidParameterCombination: Cannot find version 99.1 for postgres",
                "501 NotImplemented",
                "400 InvalidParameterCombination: An instance of the engine aurora-postgresql must be a member of a DB cluster: "
                    + "DBClusterIdentifier is missing.",
                "501 NotImplemented: Daybreak does not implement the parameter MultiAZ of CreateDBInstance.",
                "400 InvalidParameterCombination: The Parameter Group default.aurora-postgresql15",
                "400 InvalidParameterValue: Invalid backup retention period: 36. Must be between 0 and 35",
                "501 NotImplemented: Daybreak does not implement Multi-AZ DB clusters (the engine postgres of CreateDBCluster).",
                "400 DBInstanceAlreadyExists: DB instance already exists",
                "400 InvalidParameterCombination: The specified DB instance is a member of a DB Cluster. Storage grows based on "
                    + "usage. You don't need to set it explicitly.",
                "400 InvalidParameterCombination: The specified DB Instance is a member of a cluster. Modify deletion protection "
                    + "for the DB Cluster using the ModifyDbCluster API",
                "400 InvalidParameterCombination: aurora-postgresql DB instances are not eligible for stopping and starting.",
                "400 InvalidParameterCombination: The DB instance both-1 is a member of the DB cluster both, whose roles it has.",
                "400 InvalidParameterValue: The feature name SageMaker is not valid for the PostgreSQL engine. Valid values are: "
                    + "Lambda, s3Export, s3Import",
                "[{'RoleArn': 'arn:aws:iam::444455556666:role/r', 'FeatureName': 'Lambda', 'Status': 'INVALID'}] "
                    + "400 DBInstanceRoleAlreadyExists: The DB instance already has an IAM role associated with the feature Lambda.",
                "404 DBInstanceRoleNotFound: The IAM role arn:aws:iam::444455556666:role/r is not associated with the DB instance once.",
            ],
            lines.Select(line =>
                line.StartsWith("400 InvalidParameterCombination: The Parameter Group default.aurora", StringComparison.Ordinal)
                    ? line[..^2] + "15"
                    : line
            )
        );
    }

    private Task<string[]> RunAsync(string program) => ClusterPrograms.RunAsync(cloud.Endpoint, Alone + program);
}
