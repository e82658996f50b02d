using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Invocation;

/// <summary>One call on its way through the breaker of its endpoint; there is none for calls without one.</summary>
public sealed class BreakerPassage(InvokeFrame request)
{
    private readonly int _most = request.BreakerFailures;
    private readonly TimeSpan _pause = TimeSpan.FromMilliseconds(request.BreakerPauseMs);
    private Breaker? _breaker;
    private bool _isProbe;

    /// <exception cref="InvocationException">LM013: the endpoint does not answer, and is not asked now.</exception>
    public void Enter(EndpointPool pool)
    {
        var verdict = pool.Breaker.Enter(out var open);
        if (verdict == BreakerVerdict.Refuse)
            throw InvocationFailures.BreakerOpen(pool.Endpoint.ToString(), open!);
        (_breaker, _isProbe) = (pool.Breaker, verdict == BreakerVerdict.Probe);
    }

    public void Answered()
    {
        _breaker?.Answer();
        _breaker = null;
    }

    public void Failed(string reason)
    {
        _breaker?.Fail(_most, _pause, _isProbe, reason);
        _breaker = null;
    }

    /// <summary>The call is over; what it did not tell is not known.</summary>
    public void Leave()
    {
        _breaker?.Leave(_isProbe);
        _breaker = null;
    }
}
