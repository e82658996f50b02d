using Daybreak.Cloud.Rds;

namespace Daybreak.Cloud.Explain;

/// <summary>What an explanation has to know of database servers.</summary>
internal interface IDatabaseFacts
{
    /// <summary>
    /// By the identifier or ARN of an instance, or of a cluster, whose writer is then meant. An identifier may be in use in several
    /// accounts and Regions.
    /// </summary>
    IReadOnlyList<DatabaseFacts> Find(string named);

    /// <summary>Null when it is gone.</summary>
    DatabaseFacts? Find(InstanceName instance);

    /// <summary>What the server itself says; null when it does not answer.</summary>
    /// <param name="database">The database of the session that invokes.</param>
    /// <param name="user">The user of that session.</param>
    Task<ServerFacts?> AskAsync(DatabaseFacts database, string databaseName, string user);
}

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
