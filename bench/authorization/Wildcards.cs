using System.Diagnostics;
using System.Text.Json.Serialization;
using Daybreak.Bench.Policy;

namespace Daybreak.Bench.Authorization;

/// <summary>
/// Patterns that make a backtracking matcher explode, against a name that almost matches, while one length grows from n to 2n to 4n: the
/// time must not grow faster.
/// </summary>
internal sealed record Wildcards(
    [property: JsonPropertyName("pattern")] string Pattern,
    [property: JsonPropertyName("grows")] string Grows,
    [property: JsonPropertyName("lengths")] IReadOnlyList<int> Lengths,
    [property: JsonPropertyName("us")] IReadOnlyList<double> Microseconds
)
{
    // A pattern almost as long as the name would end at once, because there is no room for its stars.
    private const int ShortestPattern = 60;
    private const int ShortestName = 500;
    private const int Samples = 25;
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(4);

    private static readonly (string Name, Func<int, string> Of)[] Shapes =
    [
        ("*a*a…b", static length => string.Concat(Enumerable.Repeat("*a", length / 2)) + "b"),
        ("?*a?*a…b", static length => string.Concat(Enumerable.Repeat("?*a", length / 3)) + "b"),
        ("*aa…b", static length => "*" + new string('a', length - 1) + "b"),
    ];

    public static IEnumerable<Wildcards> Series()
    {
        foreach (var (name, of) in Shapes)
        {
            yield return Measured(name, "name", ShortestName, length => Workload.HostileWildcards(length, of(ShortestPattern)));
            yield return Measured(name, "pattern", ShortestPattern, length => Workload.HostileWildcards(4 * ShortestName, of(length)));
        }
    }

    private static Wildcards Measured(string name, string grows, int shortest, Func<int, Workload> of)
    {
        int[] lengths = [shortest, 2 * shortest, 4 * shortest];
        return new(name, grows, lengths, [.. lengths.Select(length => MedianOf(of(length)))]);
    }

    private static double MedianOf(Workload workload)
    {
        var times = 1;
        while (TimeOf(workload, times) < SampleTime)
            times *= 2;
        return Enumerable.Range(0, Samples).Select(_ => TimeOf(workload, times).TotalMicroseconds / times).Order().ElementAt(Samples / 2);
    }

    private static TimeSpan TimeOf(Workload workload, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
            if (workload.Decide())
                throw new InvalidOperationException("it matches");
        return Stopwatch.GetElapsedTime(start);
    }
}
