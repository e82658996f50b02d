namespace Daybreak.Bridge.Http;

/// <summary>What a call may do.</summary>
public enum BreakerVerdict
{
    /// <summary>It goes on.</summary>
    Pass,

    /// <summary>It goes on, alone: its outcome decides for the others.</summary>
    Probe,

    /// <summary>It fails at once.</summary>
    Refuse,
}

/// <summary>
/// Whether an endpoint is worth asking. Closed: every call passes, and failures in a row are counted. Open, once there are enough of them:
/// every call is refused, until a pause is over. Then one call probes, and the others are still refused: an answer closes it, a failure
/// begins another pause. Pure; times are those of any one clock.
/// </summary>
/// <param name="Failures">How many there were in a row.</param>
/// <param name="Since">When the first of them was.</param>
/// <param name="Until">When the pause ends; null: closed.</param>
/// <param name="Probing">Whether a call probes now.</param>
/// <param name="Reason">The last failure in words.</param>
public readonly record struct BreakerState(int Failures, TimeSpan Since, TimeSpan? Until, bool Probing, string? Reason)
{
    public (BreakerState Next, BreakerVerdict Verdict) Enter(TimeSpan now) =>
        Until is not { } until ? (this, BreakerVerdict.Pass)
        : now < until || Probing ? (this, BreakerVerdict.Refuse)
        : (this with { Probing = true }, BreakerVerdict.Probe);

    /// <summary>The endpoint did not answer a call that was let pass.</summary>
    /// <param name="most">How many failures in a row open it.</param>
    public BreakerState Fail(TimeSpan now, int most, TimeSpan pause, bool wasProbe, string reason)
    {
        // A call that began before it opened says nothing new.
        if (Until is not null && !wasProbe)
            return this;
        var (failures, since) = (Failures + 1, Failures == 0 ? now : Since);
        return new(failures, since, wasProbe || failures >= most ? now + pause : null, Probing: false, reason);
    }

    /// <summary>The endpoint answered a call, whatever it said.</summary>
    public static BreakerState Answer() => default;

    /// <summary>A call ended without showing whether the endpoint answers, as by a cancel.</summary>
    public BreakerState Leave(bool wasProbe) => wasProbe ? this with { Probing = false } : this;
}
