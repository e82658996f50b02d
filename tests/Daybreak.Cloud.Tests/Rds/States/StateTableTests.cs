using Daybreak.Cloud.Rds;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.States;

namespace Daybreak.Cloud.Tests.Rds.States;

/// <summary>Every operation against every state of clusters, their members and instances without a cluster.</summary>
[Trait("Pace", "slow")]
public sealed class StateTableTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    // A line an operation; in the order of the states: + is taken, a letter is the refusal below.
    private const string Clusters = """
                                creating available modifying failing-over stopping stopped starting deleting failed
        ModifyDBCluster            u         +         u          u          u        m       u        u       u
        DeleteDBCluster            c         +         c          c          s        s       c        d       +
        StopDBCluster              e         +         e          e          e        e       e        e       e
        StartDBCluster             x         x         x          x          x        +       x        x       x
        RebootDBCluster            r         r         r          r          r        r       r        r       r
        FailoverDBCluster          u         +         u          u          u        u       u        u       u
        CreateDBClusterSnapshot    b         +         b          b          b        b       b        b       b
        CreateDBClusterEndpoint    u         +         u          u          u        u       u        u       u
        ModifyDBClusterEndpoint    u         +         u          u          u        u       u        u       u
        DeleteDBClusterEndpoint    u         +         u          u          u        u       u        u       u
        AddRoleToDBCluster         l         +         l          l          l        l       l        l       l
        RemoveRoleFromDBCluster    l         +         l          l          l        l       l        l       l
        CreateDBInstance           +         +         u          u          u        u       u        u       u
        DeleteDBInstance           +         +         +          +          s        s       s        +       +
        """;

    private const string Members = """
                                creating available rebooting modifying stopping stopped starting deleting failed
        FailoverDBCluster          i         +         i          i          i        i       i        i       i
        ModifyDBInstance           n         +         n          n          n        n       n        n       n
        DeleteDBInstance           +         +         +          +          +        +       +        g       +
        RebootDBInstance           p         +         p          p          p        i       p        p       i
        StopDBInstance             a         a         a          a          a        a       a        a       a
        StartDBInstance            a         a         a          a          a        a       a        a       a
        """;

    private const string Alone = """
                                creating available rebooting modifying stopping stopped starting deleting failed
        ModifyDBInstance           n         +         n          n          n        n       n        n       n
        DeleteDBInstance           +         +         +          +          +        +       +        g       +
        RebootDBInstance           p         +         p          p          p        i       p        p       i
        StopDBInstance             i         +         i          i          i        i       i        i       i
        StartDBInstance            t         t         t          t          t        +       t        t       t
        AddRoleToDBInstance        f         +         f          f          f        f       f        f       f
        RemoveRoleFromDBInstance   f         +         f          f          f        f       f        f       f
        """;

    private static readonly Dictionary<string, string> Refusals = new()
    {
        ["u"] = "InvalidDBClusterStateFault: DB cluster is not in available state. Current status: STATUS",
        ["m"] = "InvalidDBClusterStateFault: Db cluster db1 cannot be in the stopped state.",
        ["c"] = "InvalidDBClusterStateFault: Cluster db1 is not currently in the available state.",
        ["s"] = "InvalidDBClusterStateFault: Db cluster db1 is in STATUS state",
        ["d"] = "InvalidDBClusterStateFault: Cluster db1 is already being deleted.",
        ["e"] = "InvalidDBClusterStateFault: DbCluster db1 is in STATUS state but expected it to be one of available.",
        ["x"] =
            "InvalidDBClusterStateFault: DbCluster db1 is in STATUS state but expected it to be one of "
            + "stopped,inaccessible-encryption-credentials-recoverable.",
        ["r"] = "InvalidDBClusterStateFault: db1 is an Aurora DB cluster. Reboot its DB instances instead.",
        ["b"] =
            "InvalidDBClusterStateFault: Can't create a snapshot because the database cluster db1 isn't currently in the available state.",
        ["l"] =
            "InvalidDBClusterStateFault: DB Cluster db1 is not available for IAM role association, disassociation, or updates. "
            + "Current DB cluster status: STATUS",
        ["i"] = "InvalidDBInstanceState: Instance db1 is not in available state.",
        ["n"] = "InvalidDBInstanceState: Database instance is not in available state.",
        ["g"] = "InvalidDBInstanceState: Instance db1 is already being deleted.",
        ["p"] = "InvalidDBInstanceState: Instance cannot currently reboot due to an in-progress management operation.",
        ["t"] = "InvalidDBInstanceState: Instance db1 is not in stopped state.",
        ["f"] = "InvalidDBInstanceState: The status for the db1 DB instance is STATUS. The DB instance is not available for IAM roles.",
        ["a"] = "InvalidParameterCombination: aurora-postgresql DB instances are not eligible for stopping and starting.",
    };

    [Fact]
    public void Every_operation_is_taken_or_refused_in_every_state_as_the_table_says()
    {
        var seen = new HashSet<(string, Subject)>();
        Compare<ClusterStatus>(Clusters, Subject.Cluster, seen);
        Compare<InstanceStatus>(Members, Subject.Member, seen);
        Compare<InstanceStatus>(Alone, Subject.Alone, seen);
        Assert.Equal(StateTable.Operations.OrderBy(item => item).ToArray(), seen.OrderBy(item => item).ToArray());
    }

    [Fact]
    public async Task A_stopped_cluster_its_member_and_a_stopped_instance_refuse_what_they_cannot_do_then()
    {
        var lines = await ClusterPrograms.RunAsync(
            cloud.Endpoint,
            """
            role = dict(RoleArn='arn:aws:iam::444455556666:role/r', FeatureName='Lambda')
            cluster('c1')
            instance('c1', 'm1')
            rds.create_db_cluster_endpoint(DBClusterIdentifier='c1', DBClusterEndpointIdentifier='e1', EndpointType='ANY')
            print(refused('stop_db_instance', DBInstanceIdentifier='m1'))
            print(refused('start_db_instance', DBInstanceIdentifier='m1'))
            print(refused('reboot_db_cluster', DBClusterIdentifier='c1'))
            print(refused('start_db_cluster', DBClusterIdentifier='c1'))
            rds.create_db_instance(DBInstanceIdentifier='a1', Engine='postgres', DBInstanceClass='db.t4g.micro', AllocatedStorage=20, MasterUsername='app_admin', MasterUserPassword=PASSWORD)
            rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='a1', WaiterConfig=FAST)
            print(refused('start_db_instance', DBInstanceIdentifier='a1'))
            rds.stop_db_cluster(DBClusterIdentifier='c1')
            rds.stop_db_instance(DBInstanceIdentifier='a1')
            while describe('c1')['Status'] != 'stopped' or rds.describe_db_instances(DBInstanceIdentifier='a1')['DBInstances'][0]['DBInstanceStatus'] != 'stopped':
                time.sleep(0.1)
            for operation, more in [('modify_db_cluster', dict(BackupRetentionPeriod=2)), ('delete_db_cluster', dict(SkipFinalSnapshot=True)), ('stop_db_cluster', {}), ('failover_db_cluster', {}),
                    ('create_db_cluster_snapshot', dict(DBClusterSnapshotIdentifier='s')), ('create_db_cluster_endpoint', dict(DBClusterEndpointIdentifier='e', EndpointType='ANY')),
                    ('add_role_to_db_cluster', role), ('remove_role_from_db_cluster', role),
                    ('create_db_instance', dict(DBInstanceIdentifier='m2', Engine='aurora-postgresql', DBInstanceClass='db.r6g.large'))]:
                print(operation, refused(operation, DBClusterIdentifier='c1', **more))
            for operation in ('modify_db_cluster_endpoint', 'delete_db_cluster_endpoint'):
                print(operation, refused(operation, DBClusterEndpointIdentifier='e1'))
            for name in ('m1', 'a1'):
                for operation, more in [('modify_db_instance', {}), ('reboot_db_instance', {}), ('stop_db_instance', {})]:
                    print(operation, refused(operation, DBInstanceIdentifier=name, **more))
            print(refused('delete_db_instance', DBInstanceIdentifier='m1'))
            for operation in ('add_role_to_db_instance', 'remove_role_from_db_instance'):
                print(operation, refused(operation, DBInstanceIdentifier='a1', **role))
            print(refused('delete_db_instance', DBInstanceIdentifier='a1', SkipFinalSnapshot=True))
            """
        );

        Assert.Equal(
            [
                "400 InvalidParameterCombination: aurora-postgresql DB instances are not eligible for stopping and starting.",
                "400 InvalidParameterCombination: aurora-postgresql DB instances are not eligible for stopping and starting.",
                "400 InvalidDBClusterStateFault: c1 is an Aurora DB cluster. Reboot its DB instances instead.",
                "400 InvalidDBClusterStateFault: DbCluster c1 is in available state but expected it to be one of "
                    + "stopped,inaccessible-encryption-credentials-recoverable.",
                "400 InvalidDBInstanceState: Instance a1 is not in stopped state.",
                "modify_db_cluster 400 InvalidDBClusterStateFault: Db cluster c1 cannot be in the stopped state.",
                "delete_db_cluster 400 InvalidDBClusterStateFault: Db cluster c1 is in stopped state",
                "stop_db_cluster 400 InvalidDBClusterStateFault: DbCluster c1 is in stopped state but expected it to be one of available.",
                "failover_db_cluster 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped",
                "create_db_cluster_snapshot 400 InvalidDBClusterStateFault: Can't create a snapshot because the database cluster c1 "
                    + "isn't currently in the available state.",
                "create_db_cluster_endpoint 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped",
                "add_role_to_db_cluster 400 InvalidDBClusterStateFault: DB Cluster c1 is not available for IAM role association, "
                    + "disassociation, or updates. Current DB cluster status: stopped",
                "remove_role_from_db_cluster 400 InvalidDBClusterStateFault: DB Cluster c1 is not available for IAM role "
                    + "association, disassociation, or updates. Current DB cluster status: stopped",
                "create_db_instance 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped",
                "modify_db_cluster_endpoint 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped",
                "delete_db_cluster_endpoint 400 InvalidDBClusterStateFault: DB cluster is not in available state. Current status: stopped",
                "modify_db_instance 400 InvalidDBInstanceState: Database instance is not in available state.",
                "reboot_db_instance 400 InvalidDBInstanceState: Instance m1 is not in available state.",
                "stop_db_instance 400 InvalidParameterCombination: aurora-postgresql DB instances are not eligible for stopping and "
                    + "starting.",
                "modify_db_instance 400 InvalidDBInstanceState: Database instance is not in available state.",
                "reboot_db_instance 400 InvalidDBInstanceState: Instance a1 is not in available state.",
                "stop_db_instance 400 InvalidDBInstanceState: Instance a1 is not in available state.",
                "400 InvalidDBClusterStateFault: Db cluster c1 is in stopped state",
                "add_role_to_db_instance 400 InvalidDBInstanceState: The status for the a1 DB instance is stopped. The DB instance "
                    + "is not available for IAM roles.",
                "remove_role_from_db_instance 400 InvalidDBInstanceState: The status for the a1 DB instance is stopped. The DB "
                    + "instance is not available for IAM roles.",
                "not refused",
            ],
            lines
        );
    }

    private static void Compare<TStatus>(string table, Subject of, HashSet<(string, Subject)> seen)
        where TStatus : struct, Enum
    {
        var lines = table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(Enum.GetValues<TStatus>().Select(StatusName.Of).Order(), lines[0].Order());
        foreach (var line in lines[1..])
        {
            seen.Add((line[0], of));
            foreach (var (status, expected) in lines[0].Zip(line[1..]))
            {
                var refusal = StateTable.Refusal(line[0], of, "db1", status);
                Assert.Equal(
                    $"{line[0]} {status} {(expected == "+" ? "+" : Refusals[expected].Replace("STATUS", status, StringComparison.Ordinal))}",
                    $"{line[0]} {status} {(refusal is null ? "+" : $"{refusal.Code}: {refusal.Message}")}"
                );
            }
        }
    }
}
