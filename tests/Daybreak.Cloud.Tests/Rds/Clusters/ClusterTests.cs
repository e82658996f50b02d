namespace Daybreak.Cloud.Tests.Rds.Clusters;

/// <summary>Clusters of real servers, over the system's PostgreSQL.</summary>
[Trait("Pace", "slow")]
public sealed class ClusterTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_cluster_is_a_real_server_whose_master_user_is_no_superuser()
    {
        var lines = await RunAsync(
            """
            c = cluster('first', DatabaseName='shop', Port=5433, Tags=[{'Key': 'a', 'Value': 'b'}])
            print(c['Status'], c['Engine'], c['Port'], c['DatabaseName'], c['DBClusterMembers'], c['AssociatedRoles'], c['TagList'])
            i = instance('first', 'first-1')
            print(i['DBInstanceStatus'], i['Endpoint']['Port'], i['PubliclyAccessible'], i['DBParameterGroups'][0]['ParameterApplyStatus'])
            c = describe('first')
            print([(m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in c['DBClusterMembers']])
            for host in (c['Endpoint'], c['ReaderEndpoint'], i['Endpoint']['Address']):
                print(psql(host, 'SELECT current_user, pg_is_in_recovery(), current_database()', database='shop', port=5433))
            print(psql(c['Endpoint'], "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, pg_has_role('rds_superuser', 'MEMBER'), pg_has_role('pg_monitor', 'MEMBER') FROM pg_roles WHERE rolname = current_user", port=5433))
            print(psql(c['Endpoint'], 'SELECT 1', port=5433, password='wrong-password').split('FATAL:')[-1].strip())
            print(psql(c['Endpoint'], 'SELECT 1', port=5433, user='rdsadmin').split('FATAL:')[-1].strip()[:60])
            print(psql(c['Endpoint'], "COPY (SELECT 1) TO PROGRAM 'id'", port=5433).split('\n')[0])
            print(psql(c['Endpoint'], 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()', port=5433, PGSSLMODE='require'))
            print(psql(c['Endpoint'], 'CREATE ROLE joe LOGIN; CREATE TABLE t (i int); SELECT 2', port=5433)[-1:])
            print([f['LogFileName'] for f in rds.describe_db_log_files(DBInstanceIdentifier='first-1')['DescribeDBLogFiles']])
            print('ready to accept connections' in rds.download_db_log_file_portion(DBInstanceIdentifier='first-1', LogFileName='error/postgresql.log')['LogFileData'])
            delete('first', 'first-1')
            print(refused('describe_db_clusters', DBClusterIdentifier='first'))
            print(refused('describe_db_instances', DBInstanceIdentifier='first-1'))
            print([e['Message'] for e in rds.describe_events(SourceType='db-instance', SourceIdentifier='first-1')['Events']])
            """
        );

        Assert.Equal(
            [
                "available aurora-postgresql 5433 shop [] [] [{'Key': 'a', 'Value': 'b'}]",
                "available 5433 True in-sync",
                "[('first-1', True)]",
                "app_admin|f|shop",
                "app_admin|f|shop",
                "app_admin|f|shop",
                "f|t|t|f|t|t",
                "password authentication failed for user \"app_admin\"",
            ],
            lines[..8]
        );
        Assert.StartsWith("pg_hba.conf rejects connection for host", lines[8], StringComparison.Ordinal);
        Assert.StartsWith("ERROR:  ", lines[9], StringComparison.Ordinal); // the rest differs by major
        Assert.Contains("pg_execute_server_program", lines[9], StringComparison.Ordinal);
        Assert.Equal(
            [
                "t",
                "2",
                "['error/postgresql.log']",
                "True",
                "404 DBClusterNotFoundFault: DBCluster first not found.",
                "404 DBInstanceNotFound: DBInstance first-1 not found.",
                "['DB instance created', 'DB instance deleted']",
            ],
            lines[10..]
        );
    }

    [Fact]
    public async Task Readers_replicate_and_one_takes_over_on_failover()
    {
        var lines = await RunAsync(
            """
            cluster('pair')
            writer = instance('pair', 'pair-1')
            psql(describe('pair')['Endpoint'], 'CREATE TABLE notes AS SELECT 1 AS id')
            reader = instance('pair', 'pair-2')
            c = describe('pair')
            print(c['MultiAZ'], sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in c['DBClusterMembers']))
            print(psql(reader['Endpoint']['Address'], 'SELECT count(*), pg_is_in_recovery() FROM notes'))
            print(psql(c['ReaderEndpoint'], 'SELECT pg_is_in_recovery()'))
            print(psql(reader['Endpoint']['Address'], 'INSERT INTO notes VALUES (2)'))
            rds.failover_db_cluster(DBClusterIdentifier='pair')
            began = time.monotonic()
            while 'INSERT 0 1' not in psql(c['Endpoint'], 'INSERT INTO notes VALUES (3)'):
                assert time.monotonic() < began + 60
            sys.stderr.write(f'failover took {time.monotonic() - began:.2f} s\n')
            rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='pair', WaiterConfig=FAST)
            print(sorted((m['DBInstanceIdentifier'], m['IsClusterWriter']) for m in describe('pair')['DBClusterMembers']))
            print(psql(reader['Endpoint']['Address'], 'SELECT pg_is_in_recovery()'))
            while psql(writer['Endpoint']['Address'], 'SELECT count(*), pg_is_in_recovery() FROM notes') != '2|t':
                assert time.monotonic() < began + 60
            print([e['Message'] for e in rds.describe_events(SourceType='db-cluster', SourceIdentifier='pair', EventCategories=['failover'])['Events']])
            delete('pair', 'pair-2', 'pair-1')
            """
        );

        Assert.Equal(
            [
                "True [('pair-1', True), ('pair-2', False)]",
                "1|t",
                "t",
                "ERROR:  cannot execute INSERT in a read-only transaction",
                "[('pair-1', False), ('pair-2', True)]",
                "f",
                "['Started cross AZ failover to DB instance: pair-2', 'Completed failover to DB instance: pair-2']",
            ],
            lines
        );
    }

    [Fact]
    public async Task Parameters_take_effect_at_once_or_with_the_reboot_as_their_kind_says()
    {
        var lines = await RunAsync(
            """
            rds.create_db_cluster_parameter_group(DBClusterParameterGroupName='tuned', DBParameterGroupFamily=FAMILY, Description='d')
            c = cluster('params', DBClusterParameterGroupName='tuned')
            instance('params', 'params-1')
            show = lambda name: psql(c['Endpoint'], 'SHOW ' + name)
            def status():
                return describe('params')['DBClusterMembers'][0]['DBClusterParameterGroupStatus']
            rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName='tuned', Parameters=[
                {'ParameterName': 'work_mem', 'ParameterValue': '8192', 'ApplyMethod': 'immediate'},
                {'ParameterName': 'log_min_messages', 'ParameterValue': 'panic', 'ApplyMethod': 'immediate'},
                {'ParameterName': 'max_connections', 'ParameterValue': '37', 'ApplyMethod': 'pending-reboot'}])
            began = time.monotonic()
            while show('work_mem') != '8MB':
                assert time.monotonic() < began + 30
            print(show('max_connections'), status())
            rds.reboot_db_instance(DBInstanceIdentifier='params-1')
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='params-1', WaiterConfig=FAST)
            print(show('max_connections'), status(), show('work_mem'))
            rds.modify_db_cluster(DBClusterIdentifier='params', MasterUserPassword='another-password', ApplyImmediately=True)
            while psql(c['Endpoint'], 'SELECT 5', password='another-password') != '5':
                assert time.monotonic() < began + 30
            rds.stop_db_cluster(DBClusterIdentifier='params')
            while describe('params')['Status'] != 'stopped':
                time.sleep(0.1)
            print('Connection refused' in psql(c['Endpoint'], 'SELECT 1'), refused('reboot_db_instance', DBInstanceIdentifier='params-1'))
            rds.start_db_cluster(DBClusterIdentifier='params')
            rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='params', WaiterConfig=FAST)
            print(psql(c['Endpoint'], 'SELECT 6', password='another-password'))
            print(refused('delete_db_cluster_parameter_group', DBClusterParameterGroupName='tuned'))
            delete('params', 'params-1')
            """
        );

        Assert.Equal(
            [
                "100 pending-reboot",
                "37 in-sync 8MB",
                "True 400 InvalidDBInstanceState: Instance params-1 is not in available state.",
                "6",
                "400 InvalidDBParameterGroupState: One or more database instances are still members of this parameter group tuned, "
                    + "so the group cannot be deleted",
            ],
            lines
        );
    }

    [Fact]
    public async Task Data_stays_with_a_cluster_without_instances_and_a_killed_server_comes_back()
    {
        var lines = await RunAsync(
            """
            import signal
            c = cluster('keeps')
            i = instance('keeps', 'keeps-1')
            psql(c['Endpoint'], 'CREATE TABLE kept AS SELECT 42 AS answer')
            rds.delete_db_instance(DBInstanceIdentifier='keeps-1')
            rds.get_waiter('db_instance_deleted').wait(DBInstanceIdentifier='keeps-1', WaiterConfig=FAST)
            instance('keeps', 'keeps-2')
            print(psql(c['Endpoint'], 'SELECT answer FROM kept'))
            address = rds.describe_db_instances(DBInstanceIdentifier='keeps-2')['DBInstances'][0]['Endpoint']['Address']
            def postmasters():
                for process in filter(str.isdigit, os.listdir('/proc')):
                    try:
                        command = open(f'/proc/{process}/cmdline').read().split('\0')
                        if len(command) > 2 and command[1] == '-D' and address in open(command[2] + '/../postgresql.conf').read():
                            yield int(process)
                    except OSError:
                        pass # it has just ended
            [killed] = postmasters()
            os.kill(killed, signal.SIGKILL)
            began = time.monotonic()
            while psql(c['Endpoint'], 'SELECT answer + 1 FROM kept') != '43' or killed in postmasters():
                assert time.monotonic() < began + 60
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='keeps-2', WaiterConfig=FAST)
            while not any('complete' in e['Message'] for e in rds.describe_events(SourceType='db-instance', EventCategories=['recovery'])['Events']):
                assert time.monotonic() < began + 60
            delete('keeps', 'keeps-2')
            """
        );

        Assert.Equal(["42"], lines);
    }

    [Fact]
    public async Task Bad_clusters_and_instances_are_refused_with_the_codes_and_texts_of_RDS()
    {
        var lines = await RunAsync(
            """
            def bad(**changed):
                good = dict(DBClusterIdentifier='bad', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD)
                good.update(changed)
                return refused('create_db_cluster', **{k: v for k, v in good.items() if v is not None})
            print(bad(DBClusterIdentifier='1bad').split('.')[0])
            print(bad(DBClusterIdentifier='bad-').split('.')[0])
            print(bad(MasterUsername=None))
            print(bad(MasterUsername='rdsadmin'))
            print(bad(MasterUsername='a"b').split(' must')[0])
            print(bad(MasterUserPassword='short'))
            print(bad(MasterUserPassword='with space in it'))
            print(bad(EngineVersion='99.1').split('. ')[0])
            print(bad(Engine='no-such-engine'))
            print(bad(Engine='aurora-mysql')[:20])
            print(bad(Port=80).split(':')[0])
            print(bad(DBSubnetGroupName='nobody'))
            print(bad(DBClusterParameterGroupName='nobody'))
            print(bad(VpcSecurityGroupIds=['sg-12345678']))
            print(bad(EnableIAMDatabaseAuthentication=True))
            cluster('odd', DeletionProtection=True)
            print(refused('create_db_cluster', DBClusterIdentifier='ODD', Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD))
            print(refused('delete_db_cluster', DBClusterIdentifier='odd', SkipFinalSnapshot=True))
            rds.modify_db_cluster(DBClusterIdentifier='odd', DeletionProtection=False)
            print(refused('delete_db_cluster', DBClusterIdentifier='odd'))
            print(refused('failover_db_cluster', DBClusterIdentifier='odd'))
            def member(**changed):
                good = dict(DBInstanceIdentifier='odd-1', DBClusterIdentifier='odd', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large')
                good.update(changed)
                return refused('create_db_instance', **good)
            print(member(MasterUserPassword=PASSWORD))
            print(member(DBInstanceClass='db.serverless'))
            print(member(Engine='aurora-mysql'))
            print(member(DBClusterIdentifier='nobody'))
            print(refused('add_role_to_db_cluster', DBClusterIdentifier='odd', RoleArn='arn:aws:iam::444455556666:role/r'))
            print(refused('remove_role_from_db_cluster', DBClusterIdentifier='odd', RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda').split(':')[0])
            rds.add_role_to_db_cluster(DBClusterIdentifier='odd', RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda')
            print(describe('odd')['AssociatedRoles'])
            print(refused('add_role_to_db_cluster', DBClusterIdentifier='odd', RoleArn='arn:aws:iam::444455556666:role/s', FeatureName='Lambda').split(':')[0])
            rds.delete_db_cluster(DBClusterIdentifier='odd', SkipFinalSnapshot=True)
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterValue: The parameter DBClusterIdentifier is not a valid identifier",
                "400 InvalidParameterValue: The parameter DBClusterIdentifier is not a valid identifier",
                "400 InvalidParameterValue: The parameter MasterUsername must be provided and must not be blank.",
                "400 InvalidParameterValue: MasterUsername rdsadmin cannot be used as it is a reserved word used by the engine",
                "400 InvalidParameterValue: The parameter MasterUsername",
                "400 InvalidParameterValue: The parameter MasterUserPassword is not a valid password because it is shorter than 8 "
                    + "characters.",
                "400 InvalidParameterValue: The parameter MasterUserPassword is not a valid password. Only printable ASCII "
                    + "characters besides '/', '@', '\"', ' ' may be used.",
                "400 InvalidParameterCombination: Cannot find version 99.1 for aurora-postgresql",
                "400 InvalidParameterValue: Invalid DB engine",
                "501 NotImplemented: ",
                "400 InvalidParameterValue",
                "404 DBSubnetGroupNotFoundFault: DB subnet group 'nobody' does not exist.",
                "404 DBClusterParameterGroupNotFound: DBClusterParameterGroup not found: nobody",
                "400 InvalidParameterValue: Invalid security group , groupId= sg-12345678, groupName=.",
                "501 NotImplemented: Daybreak does not implement the parameter EnableIAMDatabaseAuthentication of CreateDBCluster.",
                "400 DBClusterAlreadyExistsFault: DB Cluster already exists",
                "400 InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.",
                "400 InvalidParameterCombination: FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.",
                "400 InvalidDBClusterStateFault: Cluster odd has no reader to fail over to.",
                "400 InvalidParameterCombination: The requested DB Instance will be a member of a DB Cluster. Set master user "
                    + "password for the DB Cluster.",
                "400 InvalidParameterCombination: Set the Serverless v2 scaling configuration on the parent DB cluster before "
                    + "creating a Serverless v2 DB instance.",
                "400 InvalidParameterCombination: The engine name requested for your DB instance (aurora-mysql) doesn't match the "
                    + "engine name of your DB cluster (aurora-postgresql).",
                "404 DBClusterNotFoundFault: DBCluster nobody not found.",
                "400 InvalidParameterValue: The feature-name parameter must be provided with the current operation for the Aurora "
                    + "(PostgreSQL) engine.",
                "404 DBClusterRoleNotFound",
                "[{'RoleArn': 'arn:aws:iam::444455556666:role/r', 'Status': 'INVALID', 'FeatureName': 'Lambda'}]",
                "400 DBClusterRoleAlreadyExists",
            ],
            lines
        );
    }

    private Task<string[]> RunAsync(string program) => ClusterPrograms.RunAsync(cloud.Endpoint, program);
}
