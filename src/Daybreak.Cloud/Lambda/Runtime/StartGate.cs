namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Lets few environments start at once, and no more live than an account may have; hands out their numbers.</summary>
internal sealed class StartGate : IDisposable
{
    private readonly SemaphoreSlim _turns;
    private readonly SemaphoreSlim _free;
    private readonly Stack<int> _slots;
    private readonly Func<bool> _evict;
    private int _waiting;

    /// <param name="evict">Ends an idle environment somewhere, when none is free.</param>
    public StartGate(int startsAtOnce, int environments, Func<bool> evict)
    {
        _turns = new SemaphoreSlim(startsAtOnce);
        _free = new SemaphoreSlim(environments);
        _slots = new Stack<int>(Enumerable.Range(0, environments).Reverse());
        _evict = evict;
    }

    /// <summary>No environment is free and somebody waits for one: none should become idle now.</summary>
    public bool IsShort => Volatile.Read(ref _waiting) > 0 && _free.CurrentCount == 0;

    /// <summary>Waits for a turn to start an environment.</summary>
    /// <param name="isWanted">Asked when it has come.</param>
    /// <returns>Null when it is not wanted any more.</returns>
    public async Task<Turn?> EnterAsync(Func<bool> isWanted)
    {
        await _turns.WaitAsync();
        if (!isWanted())
        {
            _turns.Release();
            return null;
        }

        Interlocked.Increment(ref _waiting); // before the eviction, so that one that becomes idle meanwhile knows
        if (!_free.Wait(0))
        {
            _evict();
            await _free.WaitAsync();
        }

        Interlocked.Decrement(ref _waiting);

        lock (_slots)
            return new Turn(this, _slots.Pop());
    }

    /// <summary>An environment has ended.</summary>
    public void Leave(int slot)
    {
        lock (_slots)
            _slots.Push(slot);
        _free.Release();
    }

    public void Dispose()
    {
        _turns.Dispose();
        _free.Dispose();
    }

    /// <summary>Dispose it when the environment has started.</summary>
    public sealed class Turn(StartGate gate, int slot) : IDisposable
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
            gate._turns.Release();
        }
    }
}
