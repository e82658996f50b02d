namespace Daybreak.Cloud.Tests.Rds.Endpoints;

/// <summary>Endpoints of clusters, over the system's PostgreSQL.</summary>
[Trait("Pace", "slow")]
public sealed class EndpointTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    private const string Endpoints = """
        def endpoint(cluster, name, **parameters):
            answer = rds.create_db_cluster_endpoint(DBClusterIdentifier=cluster, DBClusterEndpointIdentifier=name, **parameters)
            return ready(name, answer['Endpoint'])

        def ready(name, address=None):
            until = time.monotonic() + 30
            while True:
                found = rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier=name)['DBClusterEndpoints']
                if found and found[0]['Status'] == 'available':
                    return found[0]['Endpoint']
                assert time.monotonic() < until

        def servers(address, times=6):
            'The instances that answer there, by their own addresses.'
            names = {i['Endpoint']['Address']: i['DBInstanceIdentifier'] for i in rds.describe_db_instances()['DBInstances']}
            answers = [psql(address, "SELECT split_part(current_setting('listen_addresses'), ',', 1)") for _ in range(times)]
            return sorted({names.get(answer, answer.split(':')[-1].strip()) for answer in answers})

        """;

    [Fact]
    public async Task Custom_endpoints_lead_to_the_members_that_they_name()
    {
        var lines = await RunAsync(
            """
            c = cluster('c')
            for name in ('c-1', 'c-2', 'c-3'):
                instance('c', name)
            any_ = endpoint('c', 'Any', EndpointType='ANY', Tags=[{'Key': 'a', 'Value': 'b'}])
            readers = endpoint('c', 'readers', EndpointType='READER')
            static = endpoint('c', 'static', EndpointType='ANY', StaticMembers=['c-1', 'C-3'])
            without = endpoint('c', 'without', EndpointType='READER', ExcludedMembers=['c-2'])
            print(servers(any_), servers(readers), servers(static), servers(without), servers(c['ReaderEndpoint']), servers(c['Endpoint']))
            print(len({any_, readers, static, without, c['ReaderEndpoint'], c['Endpoint']}), describe('c')['CustomEndpoints'] == [any_, readers, static, without])
            for e in rds.describe_db_cluster_endpoints(DBClusterIdentifier='c')['DBClusterEndpoints']:
                print(e.get('DBClusterEndpointIdentifier'), e['DBClusterIdentifier'], e['EndpointType'], e.get('CustomEndpointType'), e['Status'], e.get('StaticMembers'), e.get('ExcludedMembers'), e.get('DBClusterEndpointArn', '').split(':')[-2:])
            rds.modify_db_cluster_endpoint(DBClusterEndpointIdentifier='static', StaticMembers=['c-2'])
            rds.modify_db_cluster_endpoint(DBClusterEndpointIdentifier='without', EndpointType='ANY', ExcludedMembers=[], StaticMembers=[])
            began = time.monotonic()
            while servers(static, 2) != ['c-2'] or servers(without) != ['c-1', 'c-2', 'c-3']:
                assert time.monotonic() < began + 30
            rds.failover_db_cluster(DBClusterIdentifier='c', TargetDBInstanceIdentifier='c-2')
            rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='c', WaiterConfig=FAST)
            while servers(readers) != ['c-1', 'c-3'] or servers(c['ReaderEndpoint']) != ['c-1', 'c-3']:
                assert time.monotonic() < began + 30
            print(servers(static))
            print(rds.list_tags_for_resource(ResourceName=[e['DBClusterEndpointArn'] for e in rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='any')['DBClusterEndpoints']][0])['TagList'])
            print(rds.delete_db_cluster_endpoint(DBClusterEndpointIdentifier='any')['Status'])
            while rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='any')['DBClusterEndpoints']:
                assert time.monotonic() < began + 60
            print('Connection refused' in psql(any_, 'SELECT 1'))
            kinds = lambda name, *values: [e['EndpointType'] for e in rds.describe_db_cluster_endpoints(DBClusterIdentifier='c', Filters=[{'Name': name, 'Values': values}])['DBClusterEndpoints']]
            print(kinds('db-cluster-endpoint-type', 'reader', 'writer'), kinds('db-cluster-endpoint-custom-type', 'any'), kinds('db-cluster-endpoint-id', 'static'), kinds('db-cluster-endpoint-status', 'deleting'))
            rds.stop_db_cluster(DBClusterIdentifier='c')
            while describe('c')['Status'] != 'stopped':
                assert time.monotonic() < began + 60
            print('Connection refused' in psql(static, 'SELECT 1'), refused('create_db_cluster_endpoint', DBClusterIdentifier='c', DBClusterEndpointIdentifier='no', EndpointType='ANY'))
            rds.start_db_cluster(DBClusterIdentifier='c')
            rds.get_waiter('db_cluster_available').wait(DBClusterIdentifier='c', WaiterConfig=FAST)
            print(servers(static))
            delete('c', 'c-1', 'c-3', 'c-2')
            print([e['DBClusterEndpointIdentifier'] for e in rds.describe_db_cluster_endpoints()['DBClusterEndpoints'] if e['DBClusterIdentifier'] == 'c'])
            """
        );

        Assert.Equal(
            [
                "['c-1', 'c-2', 'c-3'] ['c-2', 'c-3'] ['c-1', 'c-3'] ['c-3'] ['c-2', 'c-3'] ['c-1']",
                "6 True",
                "None c READER None available None None ['']",
                "None c WRITER None available None None ['']",
                "any c CUSTOM ANY available [] [] ['cluster-endpoint', 'any']",
                "readers c CUSTOM READER available [] [] ['cluster-endpoint', 'readers']",
                "static c CUSTOM ANY available ['c-1', 'c-3'] [] ['cluster-endpoint', 'static']",
                "without c CUSTOM READER available [] ['c-2'] ['cluster-endpoint', 'without']",
                "['c-2']",
                "[{'Key': 'a', 'Value': 'b'}]",
                "deleting",
                "True",
                "['READER', 'WRITER'] ['CUSTOM', 'CUSTOM'] ['CUSTOM'] []",
                "True 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped",
                "['c-2']",
                "[]",
            ],
            lines
        );
    }

    [Fact]
    public async Task Connections_are_forwarded_whole_with_tls_and_end_with_their_server()
    {
        var lines = await RunAsync(
            """
            c = cluster('pipe')
            instance('pipe', 'pipe-1')
            reader = c['ReaderEndpoint']
            print(len(psql(reader, "SELECT repeat('x', 30000000)")), psql(reader, 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()', PGSSLMODE='require'))
            sent = subprocess.run(['psql', '-X', '-A', '-t', '-q', '-c', 'CREATE TEMP TABLE t (x text)', '-c', 'COPY t FROM STDIN', '-c', 'SELECT sum(length(x)) FROM t'], capture_output=True, text=True,
                input='y' * 20000000 + '\n', env={'PATH': os.environ['PATH'], 'PGHOST': reader, 'PGUSER': 'app_admin', 'PGPASSWORD': PASSWORD, 'PGDATABASE': 'postgres'})
            print(sent.stdout.strip(), sent.stderr)
            sleeping = [subprocess.Popen(['psql', '-X', '-c', 'SELECT pg_sleep(100)'], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env={
                'PATH': os.environ['PATH'], 'PGHOST': reader, 'PGUSER': 'app_admin', 'PGPASSWORD': PASSWORD, 'PGDATABASE': 'postgres'}) for _ in range(40)]
            began = time.monotonic()
            while psql(c['Endpoint'], "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'") != '40':
                assert time.monotonic() < began + 30
            sleeping[0].kill()
            while psql(c['Endpoint'], "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'") not in ('39', '40'):
                assert time.monotonic() < began + 30
            rds.reboot_db_instance(DBInstanceIdentifier='pipe-1')
            ends = [one.communicate(timeout=30)[1].strip().split('\n')[0] for one in sleeping[1:]]
            print(set(ends))
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='pipe-1', WaiterConfig=FAST)
            print(psql(reader, 'SELECT 1'))
            delete('pipe', 'pipe-1')
            """
        );

        Assert.Equal(["30000000 t", "20000000 ", "{'FATAL:  terminating connection due to administrator command'}", "1"], lines);
    }

    [Fact]
    public async Task Bad_endpoints_are_refused_with_the_codes_and_texts_of_RDS()
    {
        var lines = await RunAsync(
            """
            cluster('plain')
            def bad(**changed):
                good = dict(DBClusterIdentifier='plain', DBClusterEndpointIdentifier='e', EndpointType='ANY')
                good.update(changed)
                return refused('create_db_cluster_endpoint', **good)
            print(bad(DBClusterIdentifier='nobody'))
            print(bad(DBClusterEndpointIdentifier='9').split('.')[0])
            print(bad(EndpointType='SOME'))
            print(bad(EndpointType='WRITER'))
            print(bad(StaticMembers=['a'], ExcludedMembers=['b']))
            print(bad(StaticMembers=['nobody']))
            for name in 'abcde':
                endpoint('plain', name, EndpointType='ANY')
            print(bad())
            cluster('other')
            print(bad(DBClusterIdentifier='other', DBClusterEndpointIdentifier='A'))
            print(refused('modify_db_cluster_endpoint', DBClusterEndpointIdentifier='nobody'))
            print(refused('delete_db_cluster_endpoint', DBClusterEndpointIdentifier='nobody'))
            print(rds.describe_db_cluster_endpoints(DBClusterEndpointIdentifier='nobody')['DBClusterEndpoints'], refused('describe_db_cluster_endpoints', DBClusterIdentifier='nobody'))
            print([len(page['DBClusterEndpoints']) for page in rds.get_paginator('describe_db_cluster_endpoints').paginate(DBClusterIdentifier='plain')])
            delete('plain')
            delete('other')
            """
        );

        Assert.Equal(
            [
                "404 DBClusterNotFoundFault: DBCluster nobody not found.",
                "400 InvalidParameterValue: The parameter DBClusterEndpointIdentifier is not a valid identifier",
                "400 InvalidParameterValue: Invalid endpoint type: SOME. Valid values: READER, ANY",
                "501 NotImplemented: Daybreak does not implement the EndpointType WRITER of custom endpoints.",
                "400 InvalidParameterCombination: StaticMembers and ExcludedMembers can not be specified together.",
                "404 DBInstanceNotFound: DBInstance nobody not found.",
                "403 DBClusterEndpointQuotaExceededFault: The cluster already has the maximum number of custom endpoints.",
                "400 DBClusterEndpointAlreadyExistsFault: DB Cluster Endpoint already exists",
                "400 DBClusterEndpointNotFoundFault: DBClusterEndpoint nobody not found.",
                "400 DBClusterEndpointNotFoundFault: DBClusterEndpoint nobody not found.",
                "[] 404 DBClusterNotFoundFault: DBCluster nobody not found.",
                "[7]",
            ],
            lines
        );
    }

    private Task<string[]> RunAsync(string program) => ClusterPrograms.RunAsync(cloud.Endpoint, Endpoints + program);
}
