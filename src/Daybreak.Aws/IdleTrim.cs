using System.Runtime;

namespace Daybreak.Aws;

/// <summary>
/// Returns memory to the system when work is over. Only allocations cause collections, so an idle process would keep the memory of its
/// busiest minute.
/// </summary>
public sealed class IdleTrim : IDisposable
{
    /// <summary>How long the process is idle before memory is returned.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    private readonly Func<long> _work;
    private readonly Action _trim;
    private readonly ITimer _timer;
    private long _seen;
    private long _trimmed;

    /// <param name="work">A counter that rises with everything that the process does.</param>
    /// <param name="time">The clock.</param>
    /// <param name="trim">The action; null: <see cref="Collect"/>.</param>
    public IdleTrim(Func<long> work, TimeProvider time, Action? trim = null)
    {
        (_work, _trim) = (work, trim ?? Collect);
        _seen = _trimmed = work();
        _timer = time.CreateTimer(static self => ((IdleTrim)self!).Look(), this, After, After);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Called every <see cref="After"/>: trims once after work, but not during it.</summary>
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

    /// <summary>Returns all unused memory to the system.</summary>
    public static void Collect()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
