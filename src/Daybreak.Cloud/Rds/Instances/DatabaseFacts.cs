using Daybreak.Aws;

namespace Daybreak.Cloud.Rds.Instances;

/// <param name="Arn">The instance's ARN.</param>
/// <param name="Owner">The owner of the roles: the cluster, or the instance without one.</param>
/// <param name="OwnerKind"><c>cluster</c> or <c>instance</c>.</param>
/// <param name="Status"><c>available</c>, …</param>
/// <param name="Host">The server's address.</param>
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

/// <param name="HasDatabase">Whether the database exists; otherwise nothing else is known of it.</param>
/// <param name="BridgeAnswers">Whether the process next to the server accepts calls.</param>
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
internal sealed record LambdaSettings(string EndpointOverride, string Region, int ConnectTimeoutMs, int RequestTimeoutMs)
{
    /// <summary>Where nobody has set anything.</summary>
    public static readonly LambdaSettings Defaults = new("", "", LambdaTimeouts.ConnectMs, LambdaTimeouts.RequestMs);
}
