using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Rds;

/// <summary>What RDS has to know of the local AWS that it is a part of.</summary>
/// <param name="StateDirectory">Where the data of servers lies; null: in a temporary directory.</param>
/// <param name="Postgres">PostgreSQL as servers run it; of each major the first counts.</param>
/// <param name="TakesAnyEngineVersion">Whether versions that this machine has not are stood in for by the nearest major.</param>
/// <param name="Failed">Called for internal failures.</param>
public sealed record RdsOptions(
    string? StateDirectory,
    IReadOnlyList<PostgresInstallation> Postgres,
    bool TakesAnyEngineVersion,
    Action<Exception> Failed
);
