namespace Daybreak.Cloud.Postgres;

/// <summary>A PostgreSQL server could not be created or started. The message ends with the server's output.</summary>
public sealed class PostgresServerException(string message) : Exception(message);
