using System.Diagnostics;
using System.Text;

namespace Daybreak.Bench.Logs;

/// <summary>Batches of 1,000 lines of 100 bytes, by four writers at once; the peer is one writer of a file.</summary>
internal static class Writing
{
    public const int Writers = 4;
    private const int Lines = 1000;
    private const int Batches = 25;

    public static string Line(int number) =>
        $"{number:D10} INFO a request was answered in 12 ms by the function that prices orders, {number % 100_000:D6} {new string('x', 20)}";

    public static async Task<double> RateAsync(LogsClient client)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => PutAsync(client, writer, Batches)));
        return Writers * Batches * Lines / watch.Elapsed.TotalSeconds;
    }

    public static double RateOfPeer(string path)
    {
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write);
        var at = RandomAccess.GetLength(file);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Writers * Batches; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, Lines).Select(static number => Line(number) + "\n")));
            RandomAccess.Write(file, bytes, at);
            RandomAccess.FlushToDisk(file);
            at += bytes.Length;
        }
        return Writers * Batches * Lines / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Writes until there are so many events.</summary>
    public static async Task FillAsync(LogsClient client, int events)
    {
        for (var written = 5 * Writers * Batches * Lines; written < events; written += Writers * Batches * Lines)
            await RateAsync(client);
    }

    private static async Task PutAsync(LogsClient client, int writer, int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var events = string.Join(
                ',',
                Enumerable.Range(0, Lines).Select(number => $$"""{"timestamp":{{now}},"message":"{{Line(number)}}"}""")
            );
            await client.CallAsync("PutLogEvents", $$"""{"logGroupName":"bench","logStreamName":"{{writer}}","logEvents":[{{events}}]}""");
        }
    }
}
