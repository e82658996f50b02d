using Daybreak.Cloud.Rds;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.States;

namespace Daybreak.Cloud.Tests.Rds.States;

/// <summary>Every operation against every state of clusters, their members and instances without a cluster.</summary>
[Trait("Pace", "slow")]
public sealed class StateTableTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    // One line for each operation, one column for each state: + means permitted, a letter means the refusal below.
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

    private const string Standalone = """
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
        Compare<InstanceStatus>(Standalone, Subject.Standalone, seen);
        Assert.Equal(StateTable.Operations.OrderBy(item => item).ToArray(), seen.OrderBy(item => item).ToArray());
    }

    [Fact]
    public Task A_stopped_cluster_its_member_and_a_stopped_instance_refuse_what_they_cannot_do_then() =>
        Boto.RunAsync(cloud.Endpoint, "rds/states/a_stopped_cluster_its_member_and_a_stopped_instance_refuse_what_they_cannot_do_then.py");

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
