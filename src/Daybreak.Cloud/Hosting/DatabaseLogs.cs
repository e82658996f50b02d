using Daybreak.Cloud.Logs;
using Daybreak.Cloud.Logs.Services;
using Daybreak.Cloud.Rds;

namespace Daybreak.Cloud.Hosting;

/// <summary>The logs of database servers in CloudWatch Logs. RDS writes them with its service-linked role, which may.</summary>
internal sealed class DatabaseLogs(LogsService logs, TimeProvider time) : IDatabaseLogs
{
    private readonly ServiceLogs<string> _logs = logs.For<string>(static (_, _, _) => true);

    public void Write(string accountId, string region, string group, string stream, string line) =>
        _logs.Write(group, new(accountId, region, group, stream), time.GetUtcNow(), line);
}
