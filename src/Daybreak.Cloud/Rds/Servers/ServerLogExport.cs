using System.Buffers;
using System.Text;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Settings;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>Sends the output of one server to CloudWatch Logs, a line an event, while its cluster wants that.</summary>
/// <param name="present">Finds the cluster and the instance as they are now.</param>
internal sealed class ServerLogExport(Func<(Cluster? Cluster, Instance? Instance)> present, IDatabaseLogs logs)
{
    private const int LongestLine = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _unfinished = new();

    /// <summary>Called by one thread at a time.</summary>
    public void Write(ReadOnlySpan<byte> chunk)
    {
        if (present() is not ({ } cluster, { } instance) || !cluster.LogExports.Contains(LogExports.Postgresql))
        {
            _unfinished.ResetWrittenCount();
            return;
        }
        while (!chunk.IsEmpty)
        {
            var end = chunk.IndexOf((byte)'\n');
            _unfinished.Write(end < 0 ? chunk : chunk[..end]);
            chunk = end < 0 ? [] : chunk[(end + 1)..];
            if (end < 0 && _unfinished.WrittenCount < LongestLine)
                return;
            logs.Write(
                cluster.AccountId,
                cluster.Region,
                LogExports.GroupOf(cluster),
                LogExports.StreamOf(instance.Identifier),
                Encoding.UTF8.GetString(_unfinished.WrittenSpan)
            );
            _unfinished.ResetWrittenCount();
        }
    }
}
