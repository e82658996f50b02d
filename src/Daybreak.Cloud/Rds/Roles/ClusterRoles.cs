using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Iam.Policy;
using Daybreak.Cloud.Rds.Clusters;

namespace Daybreak.Cloud.Rds.Roles;

/// <summary>AddRoleToDBCluster and RemoveRoleFromDBCluster.</summary>
internal sealed class ClusterRoles(Databases databases, ServerCredentials credentials, IPermissions permissions)
{
    private const int MostRoles = 5;
    private static readonly string[] features = ["Bedrock", "Comprehend", "Lambda", "SageMaker", "s3Export", "s3Import"];
    private static readonly ServiceAction passRole = new("iam:PassRole");

    public async ValueTask<NoMembers> AddAsync(DBClusterRoleMessage request, OperationContext context)
    {
        var (role, feature) = Check(request, context);
        if (permissions.Denial(context, passRole, role, new ContextKeys { { "iam:PassedToService", "rds.amazonaws.com" } }) is { } denial)
            throw RdsErrors.AccessDenied(denial);
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var turn = await databases.TurnAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        if (cluster.Status != ClusterStatus.Available)
            throw RdsErrors.InvalidClusterState($"DB cluster is not in available state. Current status: {StatusName.Of(cluster.Status)}");
        if (cluster.Roles.Any(other => other.FeatureName == feature))
            throw RdsErrors.RoleExists(feature);
        if (cluster.Roles.Count >= MostRoles)
            throw RdsErrors.RoleQuotaExceeded();
        await databases.PutAsync(cluster with { Roles = [.. cluster.Roles, new ClusterRole(role, feature)] });
        return NoMembers.Instance;
    }

    public async ValueTask<NoMembers> RemoveAsync(DBClusterRoleMessage request, OperationContext context)
    {
        var (role, feature) = Check(request, context);
        var named = databases.Cluster(context, request.DBClusterIdentifier);
        using var turn = await databases.TurnAsync(named.Key);
        var cluster = databases.Cluster(context, request.DBClusterIdentifier);
        var associated = new ClusterRole(role, feature);
        if (!cluster.Roles.Contains(associated))
            throw RdsErrors.RoleNotFound(role, cluster.Identifier);
        await databases.PutAsync(cluster with { Roles = [.. cluster.Roles.Where(other => other != associated)] });
        if (feature == ServerCredentials.Feature)
            await credentials.EndSessionsAsync(cluster);
        return NoMembers.Instance;
    }

    private static (string Role, string Feature) Check(DBClusterRoleMessage request, OperationContext context)
    {
        if (string.IsNullOrEmpty(request.RoleArn))
            throw RdsErrors.Blank("RoleArn");
        if (string.IsNullOrEmpty(request.FeatureName))
            throw RdsErrors.InvalidValue("The feature-name parameter must be provided with the current operation for the Aurora (PostgreSQL) engine.");
        if (!features.Contains(request.FeatureName))
            throw RdsErrors.InvalidValue($"The feature name {request.FeatureName} is not valid for the Aurora (PostgreSQL) engine. Valid values are: {string.Join(", ", features)}");
        if (!Arn.TryParse(request.RoleArn, out var arn) || arn.Service != "iam" || arn.AccountId != context.AccountId || !arn.Resource.StartsWith("role/", StringComparison.Ordinal))
            throw RdsErrors.InvalidValue($"The specified role ARN {request.RoleArn} is not valid.");
        return (request.RoleArn, request.FeatureName);
    }
}

internal sealed record DBClusterRoleMessage
{
    public string? DBClusterIdentifier { get; init; }

    public string? RoleArn { get; init; }

    public string? FeatureName { get; init; }
}
