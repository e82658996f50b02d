using System.Text;
using System.Text.Json.Nodes;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Functions;

/// <summary>The log of one invocation: what came with the answer or, if that is only the end of it, what CloudWatch Logs has.</summary>
internal static class InvocationLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <param name="tail">The last 4 KB, in Base64.</param>
    /// <param name="since">When the call began.</param>
    public static async Task<string> ReadAsync(
        LocalAwsApi api,
        string function,
        string requestId,
        string tail,
        DateTimeOffset since,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(tail));
        var begin = $"START RequestId: {requestId} ";
        if (text.StartsWith(begin, StringComparison.Ordinal))
            return text;
        // The lines are stored a moment after the answer.
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < Patience; await Task.Delay(LookEvery, time, cancellation))
        {
            var log = await GroupLog.FindAsync(api, function, (since - TimeSpan.FromMinutes(1)).ToUnixTimeMilliseconds(), null);
            if (log is null)
                break;
            var lines = new List<LogEntry>();
            await foreach (var entry in log.ReadOnAsync(api))
                lines.Add(entry);
            var first = lines.Find(entry => entry.Text.StartsWith(begin, StringComparison.Ordinal));
            var own = lines.Where(entry => entry.Origin == first?.Origin).ToList();
            var (from, to) = (
                own.FindIndex(entry => entry == first),
                own.FindIndex(entry => entry.Text.StartsWith($"REPORT RequestId: {requestId}\t", StringComparison.Ordinal))
            );
            if (from >= 0 && to > from)
                return string.Concat(own[from..(to + 1)].Select(static entry => entry.Text.TrimEnd('\n') + "\n"));
        }
        return $"… (only the end of the log)\n{text}";
    }

    /// <summary>The lines of a log, as JSON.</summary>
    public static JsonArray Lines(string log) => [.. log.TrimEnd('\n').Split('\n').Select(static line => (JsonNode)line)];
}
