using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Daybreak.Bench.Authorization;

/// <summary>One kind of request, timed individually, so that p99 is of requests and not of batches.</summary>
internal sealed record Requests(
    [property: JsonPropertyName("what")] string What,
    [property: JsonPropertyName("threads")] int Threads,
    [property: JsonPropertyName("median_us")] double Median,
    [property: JsonPropertyName("p99_us")] double P99,
    [property: JsonPropertyName("bytes")] double Bytes,
    [property: JsonPropertyName("per_second")] double PerSecond
)
{
    public const string Both = "verify and decide";

    private const int MostTimed = 4_000_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static Requests Measure(string what, int threads, TimeSpan window, Func<bool> step)
    {
        var parts = new Part[threads];
        using var together = new Barrier(threads);
        var running = Enumerable
            .Range(0, threads)
            .Select(index => new Thread(() =>
            {
                var times = new long[MostTimed];
                RunFor(WarmUp, times, step);
                together.SignalAndWait();
                parts[index] = RunFor(window, times, step);
            }))
            .ToList();
        running.ForEach(static thread => thread.Start());
        running.ForEach(static thread => thread.Join());

        var all = parts.SelectMany(static part => part.Times).Order().ToArray();
        return new Requests(
            what,
            threads,
            Microseconds(all[all.Length / 2]),
            Microseconds(all[(int)(all.Length * 99L / 100)]),
            parts.Sum(static part => (double)part.Bytes) / all.Length,
            parts.Sum(static part => part.Times.Count / part.Took.TotalSeconds)
        );
    }

    private static Part RunFor(TimeSpan duration, long[] times, Func<bool> step)
    {
        var count = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        var before = start;
        while (count < times.Length && Stopwatch.GetElapsedTime(start, before) < duration)
        {
            step();
            var after = Stopwatch.GetTimestamp();
            times[count++] = after - before;
            before = after;
        }
        return new Part(
            new ArraySegment<long>(times, 0, count),
            GC.GetAllocatedBytesForCurrentThread() - bytes,
            Stopwatch.GetElapsedTime(start, before)
        );
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private sealed record Part(ArraySegment<long> Times, long Bytes, TimeSpan Took);
}
