using System.Diagnostics;
using System.Globalization;

namespace Daybreak.Bench.Policy;

/// <summary>Times a step in batches and prints the median of a batch, the 99th percentile and the allocation of one step.</summary>
internal static class Measure
{
    public static void Run(string name, Func<bool> step)
    {
        var batch = 1;
        while (TimeOf(step, batch) < TimeSpan.FromMilliseconds(1))
            batch *= 2;
        var warm = Stopwatch.StartNew();
        while (warm.Elapsed < TimeSpan.FromSeconds(1))
            TimeOf(step, batch);

        var samples = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(2))
            samples.Add(TimeOf(step, batch).TotalMicroseconds / batch);
        samples.Sort();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            step();
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
        Print(
            $"{name}: median {samples[samples.Count / 2]:0.000} µs, p99 {samples[samples.Count * 99 / 100]:0.000} µs, {allocated:N0} bytes"
        );
    }

    public static void Throughput(string name, int threads, Func<bool> step)
    {
        var counts = new long[threads];
        var watch = Stopwatch.StartNew();
        var running = Enumerable
            .Range(0, threads)
            .Select(index => new Thread(() =>
            {
                var count = 0L;
                while (watch.Elapsed < TimeSpan.FromSeconds(2))
                    for (var i = 0; i < 1000; i++, count++)
                        step();
                counts[index] = count;
            }))
            .ToList();
        running.ForEach(static thread => thread.Start());
        running.ForEach(static thread => thread.Join());
        Print($"{name}, {threads} thread(s): {counts.Sum() / watch.Elapsed.TotalSeconds:N0} a second");
    }

    private static TimeSpan TimeOf(Func<bool> step, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
            step();
        return Stopwatch.GetElapsedTime(start);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
