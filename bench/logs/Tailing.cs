using System.Diagnostics;
using System.Text;

namespace Daybreak.Bench.Logs;

/// <summary>The time from the begin of PutLogEvents until its line is in the stream of a live tail.</summary>
internal static class Tailing
{
    public static async Task<List<double>> MeasureAsync(LogsClient client, int lines)
    {
        const string Tail = """{"logGroupIdentifiers":["arn:aws:logs:us-east-1:444455556666:log-group:bench"]}""";
        using var response = await client.SendAsync("StartLiveTail", Encoding.UTF8.GetBytes(Tail));
        await using var stream = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64 * 1024];
        var waits = new List<double>();
        for (var i = 0; i < lines; i++)
        {
            var mark = Encoding.UTF8.GetBytes($"mark-{i:D6}");
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var watch = Stopwatch.StartNew();
            var put = client.CallAsync(
                "PutLogEvents",
                $$"""{"logGroupName":"bench","logStreamName":"0","logEvents":[{"timestamp":{{now}},"message":"mark-{{i:D6}}"}]}"""
            );
            for (var length = 0; buffer.AsSpan(0, length).IndexOf(mark) < 0; )
            {
                if (length == buffer.Length)
                    length = 0; // signs of life
                var count = await stream.ReadAsync(buffer.AsMemory(length));
                if (count == 0)
                    throw new EndOfStreamException();
                length += count;
            }
            waits.Add(watch.Elapsed.TotalMilliseconds);
            await put;
        }
        return waits;
    }
}
