using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.States;

namespace Daybreak.Cloud.Rds.Roles;

/// <summary>AddRoleToDBCluster, RemoveRoleFromDBCluster, and the same operations for instances without a cluster.</summary>
internal sealed class RoleOperations(Databases databases, ServerCredentials credentials, IPermissions permissions)
{
    private const int MostRoles = 5;
    private static readonly ServiceAction PassRole = new("iam:PassRole");

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<DBClusterRoleMessage, NoMembers>("AddRoleToDBCluster", AddToClusterAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new AwsOperation<DBInstanceRoleMessage, NoMembers>("AddRoleToDBInstance", AddToInstanceAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
            new AwsOperation<DBClusterRoleMessage, NoMembers>("RemoveRoleFromDBCluster", RemoveFromClusterAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Cluster, r.DBClusterIdentifier),
            },
            new AwsOperation<DBInstanceRoleMessage, NoMembers>("RemoveRoleFromDBInstance", RemoveFromInstanceAsync)
            {
                Resource = static (r, c) => RdsArn.OrAll(c, RdsArn.Instance, r.DBInstanceIdentifier),
            },
        ];

    public ValueTask<NoMembers> AddToClusterAsync(DBClusterRoleMessage request, OperationContext context) =>
        AddAsync(OfCluster(request, context), request.RoleArn, request.FeatureName, context);

    public ValueTask<NoMembers> RemoveFromClusterAsync(DBClusterRoleMessage request, OperationContext context) =>
        RemoveAsync(OfCluster(request, context), request.RoleArn, request.FeatureName, context);

    public ValueTask<NoMembers> AddToInstanceAsync(DBInstanceRoleMessage request, OperationContext context) =>
        AddAsync(OfInstance(request, context), request.RoleArn, request.FeatureName, context);

    public ValueTask<NoMembers> RemoveFromInstanceAsync(DBInstanceRoleMessage request, OperationContext context) =>
        RemoveAsync(OfInstance(request, context), request.RoleArn, request.FeatureName, context);

    private async ValueTask<NoMembers> AddAsync(Func<Cluster> find, string? roleArn, string? featureName, OperationContext context)
    {
        var named = find();
        var added = Check(named, roleArn, featureName, context);
        if (
            permissions.Denial(context, PassRole, added.RoleArn, new ContextKeys { { "iam:PassedToService", "rds.amazonaws.com" } }) is
            { } denial
        )
            throw RdsErrors.AccessDenied(denial);
        using var held = await databases.LockAsync(named.Key);
        var cluster = find();
        CheckState("AddRoleTo", cluster);
        if (cluster.Roles.Any(other => other.FeatureName == added.FeatureName))
            throw RdsErrors.RoleExists(cluster.Kind, added.FeatureName);
        if (cluster.Roles.Count >= MostRoles)
            throw RdsErrors.RoleQuotaExceeded(cluster.Kind);
        await databases.PutAsync(cluster with { Roles = [.. cluster.Roles, added] });
        return NoMembers.Instance;
    }

    private async ValueTask<NoMembers> RemoveAsync(Func<Cluster> find, string? roleArn, string? featureName, OperationContext context)
    {
        var named = find();
        var removed = Check(named, roleArn, featureName, context);
        using var held = await databases.LockAsync(named.Key);
        var cluster = find();
        CheckState("RemoveRoleFrom", cluster);
        if (!cluster.Roles.Contains(removed))
            throw RdsErrors.RoleNotFound(cluster.Kind, cluster.Name, removed.RoleArn);
        await databases.PutAsync(cluster with { Roles = [.. cluster.Roles.Where(other => other != removed)] });
        await credentials.EndSessionsAsync(cluster, removed.FeatureName);
        return NoMembers.Instance;
    }

    private Func<Cluster> OfCluster(DBClusterRoleMessage request, OperationContext context) =>
        () => databases.Cluster(context, request.DBClusterIdentifier);

    private Func<Cluster> OfInstance(DBInstanceRoleMessage request, OperationContext context) =>
        () =>
        {
            var instance = databases.Instance(context, request.DBInstanceIdentifier);
            var cluster = databases.Find(instance.ClusterKey) ?? throw RdsErrors.InstanceNotFound(instance.Identifier);
            return cluster.OnlyInstance is not null
                ? cluster
                : throw RdsErrors.InvalidCombination(
                    $"The DB instance {instance.Identifier} is a member of the DB cluster {cluster.Identifier}, whose roles it has."
                );
        };

    /// <param name="operation">The first word of the operation's name.</param>
    private void CheckState(string operation, Cluster cluster)
    {
        if (cluster.OnlyInstance is null)
            StateTable.Check($"{operation}DBCluster", cluster);
        else
            StateTable.Check($"{operation}DBInstance", databases.Members(cluster)[0], cluster);
    }

    private static ClusterRole Check(Cluster cluster, string? role, string? feature, OperationContext context)
    {
        var engine = DatabaseEngine.Find(cluster.Engine)!;
        if (string.IsNullOrEmpty(role))
            throw RdsErrors.Blank("RoleArn");
        if (string.IsNullOrEmpty(feature))
            throw RdsErrors.InvalidValue(
                $"The feature-name parameter must be provided with the current operation for the {engine.Description} engine."
            );
        if (!engine.Features.Contains(feature))
            throw RdsErrors.InvalidValue(
                $"The feature name {feature} is not valid for the {engine.Description} engine. Valid values are: "
                    + $"{string.Join(", ", engine.Features)}"
            );
        if (
            !Arn.TryParse(role, out var arn)
            || arn.Service != "iam"
            || arn.AccountId != context.AccountId
            || !arn.Resource.StartsWith("role/", StringComparison.Ordinal)
        )
            throw RdsErrors.InvalidValue($"The specified role ARN {role} is not valid.");
        return new ClusterRole(role, feature);
    }
}

internal sealed record DBClusterRoleMessage
{
    public string? DBClusterIdentifier { get; init; }

    public string? RoleArn { get; init; }

    public string? FeatureName { get; init; }
}

internal sealed record DBInstanceRoleMessage
{
    public string? DBInstanceIdentifier { get; init; }

    public string? RoleArn { get; init; }

    public string? FeatureName { get; init; }
}
