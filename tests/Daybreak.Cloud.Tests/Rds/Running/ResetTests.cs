using System.Collections.Concurrent;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Rds.Running;

/// <summary><c>POST /_daybreak/reset</c> in the midst of what databases are going through.</summary>
[Trait("Pace", "slow")]
public sealed class ResetTests
{
    private const string Reset = """
        import threading, urllib.request

        def reset():
            try:
                return urllib.request.urlopen(urllib.request.Request(os.environ['AWS_ENDPOINT_URL'] + '/_daybreak/reset', method='POST')).status
            except urllib.error.HTTPError as error:
                return error.code
        def make(name, member=True):
            rds.create_db_cluster(DBClusterIdentifier=name, Engine='aurora-postgresql', MasterUsername='app_admin', MasterUserPassword=PASSWORD)
            if member:
                rds.create_db_instance(DBInstanceIdentifier=name + '-1', DBClusterIdentifier=name, Engine='aurora-postgresql', DBInstanceClass='db.r6g.large')
        def left():
            return len(rds.describe_db_clusters()['DBClusters']), len(rds.describe_db_instances()['DBInstances']), len(rds.describe_db_cluster_snapshots()['DBClusterSnapshots'])

        """;

    [Fact]
    public async Task A_reset_succeeds_whatever_clusters_and_instances_are_going_through()
    {
        var failures = new ConcurrentBag<Exception>();
        await using var host = await CloudHost.StartAsync(
            new CloudOptions { Port = 0, Failed = failures.Add },
            cancellation: TestContext.Current.CancellationToken
        );
        var lines = await ClusterPrograms.RunAsync(
            host.Endpoint,
            Reset
                + """
                answers = []
                def at(number):
                    # Each try meets another moment: that at which the number-th question after it is answered.
                    for _ in range(number):
                        rds.describe_db_instances()
                    answers.append(reset())
                    assert left() == (0, 0, 0), left()
                for number in range(6):
                    make('made', member=False)
                    at(number)
                    make('made')
                    at(2 * number)
                for number in range(3):
                    cluster('busy')
                    instance('busy', 'busy-1')
                    rds.create_db_cluster_snapshot(DBClusterIdentifier='busy', DBClusterSnapshotIdentifier='taken')
                    at(number)
                    cluster('busy')
                    instance('busy', 'busy-1')
                    rds.delete_db_instance(DBInstanceIdentifier='busy-1')
                    rds.delete_db_cluster(DBClusterIdentifier='busy', SkipFinalSnapshot=True)
                    at(3 * number)
                cluster('pair')
                for name in ('pair-1', 'pair-2'):
                    instance('pair', name)
                rds.failover_db_cluster(DBClusterIdentifier='pair')
                at(2)
                print(set(answers), len(answers))
                cluster('after')
                print(psql(instance('after', 'after-1')['Endpoint']['Address'], 'SELECT 1'))
                delete('after', 'after-1')
                """
        );

        Assert.Equal(["{204} 19", "1"], lines);
        Assert.Empty(failures);
    }

    [Fact]
    public async Task Requests_that_come_during_a_reset_are_answered_after_it()
    {
        var failures = new ConcurrentBag<Exception>();
        await using var host = await CloudHost.StartAsync(
            new CloudOptions { Port = 0, Failed = failures.Add },
            cancellation: TestContext.Current.CancellationToken
        );
        var lines = await ClusterPrograms.RunAsync(
            host.Endpoint,
            Reset
                + """
                s = boto3.client('iam', endpoint_url=os.environ['AWS_ENDPOINT_URL'])
                ended, answers = threading.Event(), set()
                def ask(session):
                    number = 0
                    while not ended.is_set():
                        number += 1
                        name = f'c{session}-{number}'
                        try:
                            make(name)
                            s.create_user(UserName=name)
                        except botocore.exceptions.ClientError as error:
                            answers.add(f"{error.response['ResponseMetadata']['HTTPStatusCode']} {error.response['Error']['Code']}")
                threads = [threading.Thread(target=ask, args=(session,)) for session in range(3)]
                for thread in threads:
                    thread.start()
                print({reset() for _ in range(10)})
                ended.set()
                for thread in threads:
                    thread.join()
                # The reset came between a cluster and its instance, or not.
                print(sorted(answers - {'404 DBClusterNotFoundFault'}))
                # What is there is whole.
                for name in [i['DBInstanceIdentifier'] for i in rds.describe_db_instances()['DBInstances']]:
                    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
                print(reset(), left(), [u for u in s.list_users()['Users'] if u['UserName'].startswith('c')])
                """
        );

        Assert.Equal(["{204}", "[]", "204 (0, 0, 0) []"], lines);
        Assert.Empty(failures);
    }
}
