using System.Collections.Frozen;
using Daybreak.Aws;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.States;

/// <summary>
/// The states in which clusters, their members and instances without a cluster permit each operation, and AWS's refusals in all other
/// states. Operations that are not in the table (on tags, lists, logs) are permitted in every state.
/// </summary>
/// <remarks>Messages marked R are reported from real accounts; those marked A are assumed, in the form of their nearest reported sibling.
/// Codes are those that the API reference lists for the operation.</remarks>
internal static class StateTable
{
    private const string Available = "available";
    private const string Resting = "stopped failed";

    private static readonly FrozenDictionary<(string Operation, Subject Of), StateRow> Rows = new StateRow[]
    {
        // Clusters
        new(
            "ModifyDBCluster",
            Subject.Cluster,
            Available,
            (name, status) =>
                status == "stopped"
                    ? Cluster($"Db cluster {name} cannot be in the stopped state.") // R
                    : Unavailable(status)
        ), // A
        new(
            "DeleteDBCluster",
            Subject.Cluster,
            "available failed",
            (name, status) =>
                status switch
                {
                    "deleting" => Cluster($"Cluster {name} is already being deleted."), // A, as of instances
                    "stopped" or "stopping" => Cluster($"Db cluster {name} is in {status} state"), // R
                    _ => Cluster($"Cluster {name} is not currently in the available state."), // R from "is not currently" on
                }
        ),
        new("StopDBCluster", Subject.Cluster, Available, (name, status) => Expected(name, status, "available")), // R
        new(
            "StartDBCluster",
            Subject.Cluster,
            "stopped",
            (name, status) => Expected(name, status, "stopped,inaccessible-encryption-credentials-recoverable")
        ), // R
        // Clusters of Aurora are rebooted instance by instance; the operation is for Multi-AZ clusters of other engines.
        new(
            "RebootDBCluster",
            Subject.Cluster,
            "",
            (name, _) => Cluster($"{name} is an Aurora DB cluster. Reboot its DB instances instead.")
        ), // A
        new("FailoverDBCluster", Subject.Cluster, Available, (_, status) => Unavailable(status)), // A
        new("FailoverDBCluster", Subject.Member, Available, NotAvailable), // A; of the target
        new("CreateDBClusterSnapshot", Subject.Cluster, Available, (name, _) => RdsErrors.ClusterNotAvailableForSnapshot(name)), // R
        new("CreateDBClusterEndpoint", Subject.Cluster, Available, (_, status) => Unavailable(status)), // A
        new("ModifyDBClusterEndpoint", Subject.Cluster, Available, (_, status) => Unavailable(status)), // A
        new("DeleteDBClusterEndpoint", Subject.Cluster, Available, (_, status) => Unavailable(status)), // A
        new("AddRoleToDBCluster", Subject.Cluster, Available, NotForRoles), // R
        new("RemoveRoleFromDBCluster", Subject.Cluster, Available, NotForRoles), // R
        // Members, including the effect of their cluster's state
        new("CreateDBInstance", Subject.Cluster, "available creating", (_, status) => Unavailable(status)), // A
        new("ModifyDBInstance", Subject.Member, Available, CannotModify), // R
        new(
            "DeleteDBInstance",
            Subject.Cluster,
            "creating available modifying failing-over deleting failed",
            (name, status) => Cluster($"Db cluster {name} is in {status} state")
        ), // R when stopped
        new("DeleteDBInstance", Subject.Member, "creating available rebooting modifying stopping stopped starting failed", Deleting), // R
        new("RebootDBInstance", Subject.Member, Available, CannotReboot),
        new("StopDBInstance", Subject.Member, "", NotEligible), // R
        new("StartDBInstance", Subject.Member, "", NotEligible), // R
        // Instances without a cluster
        new("ModifyDBInstance", Subject.Standalone, Available, CannotModify), // R
        // R
        new("DeleteDBInstance", Subject.Standalone, "creating available rebooting modifying stopping stopped starting failed", Deleting),
        new("RebootDBInstance", Subject.Standalone, Available, CannotReboot),
        new("StopDBInstance", Subject.Standalone, Available, NotAvailable), // R
        // R up to "stopped"
        new("StartDBInstance", Subject.Standalone, "stopped", (name, _) => Instance($"Instance {name} is not in stopped state.")),
        new("AddRoleToDBInstance", Subject.Standalone, Available, NotForFeature), // R up to "available"
        new("RemoveRoleFromDBInstance", Subject.Standalone, Available, NotForFeature), // A
    }.ToFrozenDictionary(row => (row.Operation, row.Of));

    /// <summary>Every operation that depends on a state, with the subject of that state.</summary>
    public static IEnumerable<(string Operation, Subject Of)> Operations => Rows.Keys;

    /// <exception cref="AwsException">The cluster's state does not permit the operation.</exception>
    public static void Check(string operation, Cluster cluster) =>
        Check(operation, Subject.Cluster, cluster.Identifier, StatusName.Of(cluster.Status));

    /// <param name="cluster">The cluster that the instance is a member of, or its own.</param>
    /// <exception cref="AwsException">The instance's state, or its cluster's, does not permit the
    /// operation.</exception>
    public static void Check(string operation, Instance instance, Cluster cluster)
    {
        var standalone = cluster.OnlyInstance is not null;
        if (!standalone && Rows.ContainsKey((operation, Subject.Cluster)))
            Check(operation, cluster);
        Check(operation, standalone ? Subject.Standalone : Subject.Member, instance.Identifier, StatusName.Of(instance.Status));
    }

    /// <summary>Returns null when the operation is permitted.</summary>
    /// <param name="status">The state as the API shows it.</param>
    public static AwsException? Refusal(string operation, Subject of, string name, string status)
    {
        var row = Rows[(operation, of)];
        return row.Takes.Split(' ').Contains(status) ? null : row.Refusal(name, status);
    }

    private static void Check(string operation, Subject of, string name, string status)
    {
        if (Refusal(operation, of, name, status) is { } refusal)
            throw refusal;
    }

    private static AwsException Cluster(string message) => RdsErrors.InvalidClusterState(message);

    private static AwsException Instance(string message) => RdsErrors.InvalidInstanceState(message);

    private static AwsException Unavailable(string status) => Cluster($"DB cluster is not in available state. Current status: {status}");

    private static AwsException Expected(string name, string status, string expected) =>
        Cluster($"DbCluster {name} is in {status} state but expected it to be one of {expected}.");

    private static AwsException NotForRoles(string name, string status) =>
        Cluster(
            $"DB Cluster {name} is not available for IAM role association, disassociation, or updates. Current DB cluster status: {status}"
        );

    private static AwsException NotForFeature(string name, string status) =>
        Instance($"The status for the {name} DB instance is {status}. The DB instance is not available for IAM roles.");

    private static AwsException CannotModify(string name, string status) => Instance("Database instance is not in available state.");

    private static AwsException CannotReboot(string name, string status) =>
        Resting.Split(' ').Contains(status)
            ? NotAvailable(name, status) // A
            : Instance("Instance cannot currently reboot due to an in-progress management operation."); // R

    private static AwsException NotAvailable(string name, string status) => Instance($"Instance {name} is not in available state.");

    private static AwsException Deleting(string name, string status) => Instance($"Instance {name} is already being deleted.");

    private static AwsException NotEligible(string name, string status) =>
        RdsErrors.InvalidCombination("aurora-postgresql DB instances are not eligible for stopping and starting.");
}

/// <param name="Takes">The permitted states, as the API shows them, separated by spaces.</param>
/// <param name="Refusal">Returns the error for a name and its state.</param>
internal sealed record StateRow(string Operation, Subject Of, string Takes, Func<string, string, AwsException> Refusal);

/// <summary>The subject whose state an operation depends on.</summary>
internal enum Subject
{
    Cluster,
    Member,
    Standalone,
}
