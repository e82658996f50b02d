namespace Daybreak.Cloud.Rds;

/// <summary>Receives the logs of servers whose export is enabled.</summary>
public interface IDatabaseLogs
{
    /// <summary>Receives one line. Must not wait.</summary>
    void Write(string accountId, string region, string group, string stream, string line);
}
