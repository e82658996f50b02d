using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Logging;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Logging;

public class OutputEventsTests
{
    private static readonly byte[] Frame = [0xa5, 0x5a, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, .. "a\nb\n"u8];

    [Fact]
    public void Lines_and_frames_come_out_whole_however_the_bytes_are_cut()
    {
        byte[] bytes = [.. "one\n"u8, .. Frame, .. "two\rstill two\n\nhalf"u8, .. Frame, .. "end ü¥Z"u8];
        string[] expected = ["one\n", "a\nb\n", "two\rstill two\n", "\n", "half", "a\nb\n", "end ü¥Z"];

        for (var size = 1; size <= bytes.Length; size++)
        {
            var events = new List<string>();
            var output = new OutputEvents((line, _) => events.Add(Encoding.UTF8.GetString(line)));
            foreach (var chunk in bytes.Chunk(size))
                output.Write(chunk);
            output.Flush();
            Assert.Equal(expected, events);
        }
    }

    [Fact]
    public void Line_without_end_is_cut_at_the_longest_event()
    {
        var lengths = new List<int>();
        var output = new OutputEvents((line, _) => lengths.Add(line.Length));
        for (var count = 0; count < 10; count++)
            output.Write(new byte[100_000]);
        output.Flush();

        Assert.Equal(1_000_000, lengths.Sum());
        Assert.All(lengths, length => Assert.InRange(length, 1, 256 * 1024));
    }

    [Fact]
    public void Tail_keeps_the_last_4096_bytes()
    {
        var tail = new LogTail();
        var all = new StringBuilder();
        for (var number = 0; number < 3000; number++)
        {
            var line = $"line {number}\n";
            all.Append(line);
            tail.Append(Encoding.UTF8.GetBytes(line));
        }

        Assert.Equal(all.ToString()[^4096..], Encoding.UTF8.GetString(tail.ToArray()));
        tail.Clear();
        tail.Append("new"u8);
        Assert.Equal("new", Encoding.UTF8.GetString(tail.ToArray()));
        tail.Append(Encoding.UTF8.GetBytes(all.ToString()));
        Assert.Equal(all.ToString()[^4096..], Encoding.UTF8.GetString(tail.ToArray()));
    }
}
