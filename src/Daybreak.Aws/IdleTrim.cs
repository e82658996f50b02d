using System.Runtime;

namespace Daybreak.Aws;

/// <summary>
/// Gives memory back to the system when work is over. A collection comes with allocations, so that a process that nobody asks any more
/// would keep what its busiest minute took.
/// </summary>
public sealed class IdleTrim : IDisposable
{
    /// <summary>So long nothing happens before memory is given back.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    private readonly Func<long> _work;
    private readonly Action _trim;
    private readonly ITimer _timer;
    private long _seen;
    private long _trimmed;

    /// <param name="work">Rises with all that the process does.</param>
    /// <param name="time">The clock.</param>
    /// <param name="trim">What is to be done; null: <see cref="Collect"/>.</param>
    public IdleTrim(Func<long> work, TimeProvider time, Action? trim = null)
    {
        (_work, _trim) = (work, trim ?? Collect);
        _seen = _trimmed = work();
        _timer = time.CreateTimer(static self => ((IdleTrim)self!).Look(), this, After, After);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Called every <see cref="After"/>: trims once after work, and not while there is some.</summary>
    public void Look()
    {
        var now = _work();
        if (now == _seen && now != _trimmed)
        {
            _trim();
            _trimmed = now;
        }
        _seen = now;
    }

    /// <summary>Returns to the system all that is not in use.</summary>
    public static void Collect()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
