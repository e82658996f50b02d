using Daybreak.Aws;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Frames;

public sealed class InvokeFrameFuzz
{
    private static readonly byte[] Whole = new Call
    {
        Region = "us-east-1",
        Context = "{}",
        Qualifier = "1",
    }.ToFrame();

    [Fact]
    public void Frame_cut_at_every_byte_is_incomplete_and_its_body_never_parses()
    {
        for (var cut = 0; cut < Whole.Length; cut++)
        {
            Assert.Equal(FrameProgress.Incomplete, FrameHeader.Measure(Whole.AsSpan(0, cut), out _));
            if (cut < FrameHeader.Bytes)
                continue;
            // The timeouts are required and come after the payload: what is cut before them cannot pass.
            var parsed = new InvokeFrame().TryParse(Whole.AsMemory(FrameHeader.Bytes, cut - FrameHeader.Bytes), out _);
            Assert.True(!parsed || cut > Whole.Length - 60, $"parsed when cut at {cut} of {Whole.Length}");
        }
        Assert.Equal(FrameProgress.Complete, FrameHeader.Measure(Whole, out var length));
        Assert.Equal(Whole.Length, length);
    }

    [Fact]
    public void Damaged_body_is_parsed_or_refused_and_never_points_outside_itself()
    {
        var random = new Random(20260101);
        var invoke = new InvokeFrame();
        for (var round = 0; round < 50_000; round++)
        {
            var body = Whole.AsSpan(FrameHeader.Bytes).ToArray();
            for (var damages = random.Next(1, 5); damages > 0; damages--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            var cut = random.Next(body.Length + 1);
            if (!invoke.TryParse(body.AsMemory(0, cut), out var wrong))
            {
                Assert.NotEmpty(wrong);
                continue;
            }
            foreach (var tag in Enum.GetValues<InvokeTag>())
                Assert.InRange(invoke[tag].Length, 0, cut);
            Assert.InRange(invoke.ConnectTimeoutMs, 1, LambdaTimeouts.MostMs);
        }
    }
}
