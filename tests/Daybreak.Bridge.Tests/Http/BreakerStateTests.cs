using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Tests.Http;

/// <summary>The breaker's states, event by event.</summary>
public sealed class BreakerStateTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Events at their second: <c>e</c> a call enters, <c>f</c> one fails, <c>F</c> the probe fails, <c>a</c> one is answered, <c>l</c>
    /// one is cancelled, <c>L</c> the probe is. A call that enters is shown as it is judged: <c>p</c>ass, pr<c>o</c>be, <c>r</c>efuse.
    /// </summary>
    [Theory]
    [InlineData("0e 0f 1e 1f 2e", "ppp")] // below three failures
    [InlineData("0f 1f 2a 3f 4f 5e", "p")] // not in a row
    [InlineData("0f 1l 2f 3l 4f 5e", "r")] // a cancel says nothing
    [InlineData("0f 1f 2f 2e 11e", "rr")] // open for ten seconds after the last
    [InlineData("0f 1f 2f 12e 12e 13e", "orr")] // one probe at a time
    [InlineData("0f 1f 2f 12e 13a 13e 13f 14e", "opp")] // an answer closes it, and the count starts again
    [InlineData("0f 1f 2f 12e 13F 14e 22e 23e", "orro")] // its failure begins another pause
    [InlineData("0f 1f 2f 12e 13L 13e 14e", "oor")] // a probe that is cancelled decides nothing; the next call probes
    [InlineData("0f 1f 2f 3f 9f 12e", "o")] // calls that began before do not prolong the pause
    [InlineData("0f 1f 2f 3a 4e", "p")] // but their answers end it
    [InlineData("0f 1f 2f 12e 12l 13e", "or")] // the end of another call is not the probe's
    public void Calls_are_let_pass_or_not(string events, string judged)
    {
        var state = default(BreakerState);
        var seen = "";
        foreach (var one in events.Split(' '))
        {
            var now = TimeSpan.FromSeconds(int.Parse(one[..^1], System.Globalization.CultureInfo.InvariantCulture));
            switch (one[^1])
            {
                case 'e':
                    (state, var verdict) = state.Enter(now);
                    seen += verdict switch
                    {
                        BreakerVerdict.Pass => 'p',
                        BreakerVerdict.Probe => 'o',
                        _ => 'r',
                    };
                    break;
                case 'a':
                    state = BreakerState.Answer();
                    break;
                case 'l' or 'L':
                    state = state.Leave(wasProbe: one[^1] == 'L');
                    break;
                default:
                    state = state.Fail(now, 3, Pause, wasProbe: one[^1] == 'F', "refused");
                    break;
            }
        }
        Assert.Equal(judged, seen);
    }

    [Fact]
    public void It_knows_since_when_until_when_and_why()
    {
        var (second, third) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        var open = default(BreakerState).Fail(second, 2, Pause, false, "refused").Fail(third, 2, Pause, false, "late");
        Assert.Equal(new(2, second, third + Pause, false, "late"), open);
        var again = open.Enter(third + Pause).Next.Fail(third + Pause, 2, Pause, true, "reset");
        Assert.Equal(new(3, second, third + Pause + Pause, false, "reset"), again);
    }
}
