namespace Daybreak.Cloud.Postgres;

/// <summary>A PostgreSQL server could not be made or started. The message ends with what the server said.</summary>
public sealed class PostgresServerException(string message) : Exception(message);
