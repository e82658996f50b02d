using System.Diagnostics;

namespace Daybreak.Bench.Logs;

/// <summary>A search that reads everything and finds nothing; the peer is grep on a file with the same number of lines.</summary>
internal static class Searching
{
    public static async Task<(List<double> Seconds, List<double> Ratios)> MeasureAsync(LogsClient client, string path, int rounds)
    {
        var lines = string.Concat(Enumerable.Range(0, 1000).Select(static number => Writing.Line(number) + "\n"));
        await using (var file = new StreamWriter(path, append: false))
        {
            for (var i = 0; i < 1000; i++)
                await file.WriteAsync(lines);
        }
        List<double> seconds = [],
            ratios = [];
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var found = await client.CallAsync("FilterLogEvents", """{"logGroupName":"bench","filterPattern":"nowhere"}""");
            if (!found.Contains("\"events\":[]", StringComparison.Ordinal) || found.Contains("nextToken", StringComparison.Ordinal))
                throw new InvalidOperationException(found);
            seconds.Add(watch.Elapsed.TotalSeconds);
            watch.Restart();
            using var grep = Process.Start(new ProcessStartInfo("grep", ["-c", "nowhere", path]) { RedirectStandardOutput = true })!;
            await grep.WaitForExitAsync();
            ratios.Add(seconds[^1] / watch.Elapsed.TotalSeconds);
        }
        return (seconds, ratios);
    }
}
