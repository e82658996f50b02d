namespace Daybreak.Cloud.Rds.Instances;

/// <param name="Arn">Of the instance.</param>
/// <param name="Owner">Whose roles count: the cluster, or the instance without one.</param>
/// <param name="OwnerKind"><c>cluster</c> or <c>instance</c>.</param>
/// <param name="Status"><c>available</c>, …</param>
/// <param name="Host">Address of the server.</param>
/// <param name="RoleArn">The role associated for Lambda; null: none.</param>
internal sealed record DatabaseFacts(
    InstanceName Name,
    string Identifier,
    string Arn,
    string Owner,
    string OwnerKind,
    string OwnerArn,
    string Status,
    string Host,
    int Port,
    string MasterUser,
    string DatabaseName,
    string ParameterGroup,
    string? RoleArn
);

/// <param name="HasDatabase">Whether the database is there; nothing else is known of one that is not.</param>
/// <param name="BridgeAnswers">Whether the process beside the server takes calls.</param>
internal sealed record ServerFacts(
    bool HasDatabase,
    bool HasExtension,
    bool HasUser,
    bool MayUseSchema,
    bool MayExecute,
    bool BridgeAnswers,
    LambdaSettings Settings
);

/// <summary>Values of <c>aws_lambda.*</c>; texts are empty when not set.</summary>
internal sealed record LambdaSettings(string EndpointOverride, string Region, int ConnectTimeoutMs, int RequestTimeoutMs);
