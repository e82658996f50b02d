using Daybreak.Aws.Signing;

namespace Daybreak.Bridge.Invocation;

/// <summary>The time of a signature as text, formatted once a second.</summary>
public sealed class AmzClock(TimeProvider time)
{
    private volatile Formatted _last = new(0, []);

    /// <param name="offset">How far an endpoint's clock is ahead of this machine's, where they differ by too much.</param>
    public ReadOnlyMemory<byte> Now(TimeSpan offset)
    {
        var now = time.GetUtcNow() + offset;
        var second = now.ToUnixTimeSeconds();
        var last = _last;
        if (last.Second == second)
            return last.Text;
        var text = new byte[AmzDate.Length];
        AmzDate.Format(now, text);
        _last = new(second, text);
        return text;
    }

    private sealed record Formatted(long Second, byte[] Text);
}
