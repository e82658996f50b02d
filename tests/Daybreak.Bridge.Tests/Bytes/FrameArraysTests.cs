using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Tests.Bytes;

public sealed class FrameArraysTests
{
    [Fact]
    public void No_more_is_kept_than_was_said_whatever_comes_back()
    {
        FrameArrays.Trim();
        var rented = Enumerable.Range(0, 20).Select(_ => FrameArrays.Rent(6_000_000)).ToArray();
        Assert.All(rented, array => Assert.Equal(8 * 1024 * 1024, array.Length));
        Assert.Equal(20, rented.Distinct().Count());
        foreach (var array in rented)
            FrameArrays.Return(array);
        var again = Enumerable.Range(0, 20).Select(_ => FrameArrays.Rent(6_000_000)).ToArray();
        Assert.InRange(again.Count(rented.Contains), 0, FrameArrays.MostKept / (8 * 1024 * 1024));
    }
}
