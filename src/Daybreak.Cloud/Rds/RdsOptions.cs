using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Rds;

/// <summary>The options of the local AWS that RDS needs.</summary>
/// <param name="StateDirectory">The directory of servers' data; null: a temporary one.</param>
/// <param name="Postgres">The PostgreSQL installations for servers; of several with one major version, the first is used.</param>
/// <param name="TakesAnyEngineVersion">Whether the nearest major runs in place of versions that this machine lacks.</param>
/// <param name="Failed">Called for internal failures.</param>
public sealed record RdsOptions(
    string? StateDirectory,
    IReadOnlyList<PostgresInstallation> Postgres,
    bool TakesAnyEngineVersion,
    Action<Exception> Failed
);
