using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Rds;

/// <summary>ARNs of RDS: <c>arn:aws:rds:REGION:ACCOUNT:KIND:NAME</c>.</summary>
internal static class RdsArn
{
    public const string Cluster = "cluster";
    public const string ClusterEndpoint = "cluster-endpoint";
    public const string ClusterSnapshot = "cluster-snapshot";
    public const string Instance = "db";
    public const string SubnetGroup = "subgrp";
    public const string ClusterParameterGroup = "cluster-pg";
    public const string ParameterGroup = "pg";

    public static string Of(OperationContext context, string kind, string name) => Of(context.AccountId, context.Region, kind, name);

    public static string Of(string accountId, string region, string kind, string name) => $"arn:aws:rds:{region}:{accountId}:{kind}:{name}";

    /// <summary>For authorization: the ARN of what a request names, or <c>*</c> when it names nothing.</summary>
    public static string OrAll(OperationContext context, string kind, string? name) =>
        name is null ? "*"
        : name.StartsWith("arn:", StringComparison.Ordinal) ? name
        : Of(context, kind, name.ToLowerInvariant());
}
