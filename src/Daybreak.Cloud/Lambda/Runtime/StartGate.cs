namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Limits how many environments start at once and how many live, and assigns their numbers.</summary>
internal sealed class StartGate : IDisposable
{
    private readonly SemaphoreSlim _starts;
    private readonly SemaphoreSlim _free;
    private readonly Stack<int> _slots;
    private readonly Func<bool> _evict;
    private int _waiting;

    /// <param name="evict">Ends an idle environment of any function. Called when the limit is reached.</param>
    public StartGate(int startsAtOnce, int environments, Func<bool> evict)
    {
        _starts = new SemaphoreSlim(startsAtOnce);
        _free = new SemaphoreSlim(environments);
        _slots = new Stack<int>(Enumerable.Range(0, environments).Reverse());
        _evict = evict;
    }

    /// <summary>Whether the limit is reached and a start waits, so that no environment should become idle now.</summary>
    public bool IsShort => Volatile.Read(ref _waiting) > 0 && _free.CurrentCount == 0;

    /// <summary>Waits until an environment may start.</summary>
    /// <param name="isWanted">Called after the wait: whether the start is still needed.</param>
    /// <returns>Null when it is not.</returns>
    public async Task<Admission?> EnterAsync(Func<bool> isWanted)
    {
        await _starts.WaitAsync();
        if (!isWanted())
        {
            _starts.Release();
            return null;
        }

        Interlocked.Increment(ref _waiting); // before the eviction, so that environments that become idle meanwhile take it into account
        if (!_free.Wait(0))
        {
            _evict();
            await _free.WaitAsync();
        }

        Interlocked.Decrement(ref _waiting);

        lock (_slots)
            return new Admission(this, _slots.Pop());
    }

    /// <summary>To be called when an environment has ended.</summary>
    public void Leave(int slot)
    {
        lock (_slots)
            _slots.Push(slot);
        _free.Release();
    }

    public void Dispose()
    {
        _starts.Dispose();
        _free.Dispose();
    }

    /// <summary>Permission to start one environment, to be disposed of when it has started.</summary>
    public sealed class Admission(StartGate gate, int slot) : IDisposable
    {
        private bool _isTaken;

        public int TakeSlot()
        {
            _isTaken = true;
            return slot;
        }

        public void Dispose()
        {
            if (!_isTaken)
                gate.Leave(slot);
            gate._starts.Release();
        }
    }
}
