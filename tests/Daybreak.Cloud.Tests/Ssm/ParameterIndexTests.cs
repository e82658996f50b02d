using System.Diagnostics;
using System.Globalization;
using Daybreak.Cloud.Ssm.Parameters;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Tests.Ssm;

/// <summary>The index of names by which pages are found.</summary>
public sealed class ParameterIndexTests
{
    private const string Account = "444455556666";
    private const string Region = "us-east-1";

    [Fact]
    public void Any_page_of_100000_names_is_found_at_once()
    {
        var index = new ParameterIndex(
            Enumerable.Range(0, 100_000).Select(static i => Key($"/app/{i % 100:00}/{i.ToString("000000", CultureInfo.InvariantCulture)}"))
        );
        index.Add(Key("/app/zz"));

        Assert.Equal(["/app/99/099999", "/app/zz"], Below("/", "/app/99/099899", deep: true));
        Assert.Equal(["/app/zz"], Below("/app/", null, deep: false));
        Assert.Equal(1000, Below("/app/50/", null, deep: true).Count);
        // The least of some times is that of the work, whatever else this machine does.
        var least = Enumerable.Range(0, 20).Min(_ => TimeOf(() => Below("/app/", null, deep: false)));
        Assert.True(least < TimeSpan.FromMilliseconds(20), $"{least}");

        IReadOnlyList<string> Below(string prefix, string? after, bool deep) => [.. index.Below(Account, Region, prefix, after, deep)];
    }

    [Fact]
    public void A_name_that_was_removed_is_not_found_and_the_page_behind_it_is()
    {
        var index = new ParameterIndex([Key("/a"), Key("/b"), Key("/c")]);
        index.Remove(Key("/b"));
        Assert.Equal(["/a", "/c"], index.Below(Account, Region, "/", null, deep: true));
        Assert.Equal(["/c"], index.Below(Account, Region, "/", "/b", deep: true));
        index.Clear();
        Assert.Empty(index.Below(Account, Region, "/", null, deep: true));
    }

    private static TimeSpan TimeOf(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed;
    }

    private static ResourceKey Key(string name) => new(Account, Region, name);
}
