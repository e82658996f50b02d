namespace Daybreak.Bench.StubEndpoint;

/// <summary>Which numbers of one session have arrived: a bit each.</summary>
internal sealed class SeenNumbers
{
    private readonly Lock _lock = new();
    private ulong[] _bits = new ulong[1024];

    /// <summary>False when the number has arrived before.</summary>
    public bool TryAdd(int number)
    {
        var (word, bit) = (number / 64, 1UL << (number % 64));
        lock (_lock)
        {
            if (word >= _bits.Length)
                Array.Resize(ref _bits, Math.Max(word + 1, 2 * _bits.Length));
            var isNew = (_bits[word] & bit) == 0;
            _bits[word] |= bit;
            return isNew;
        }
    }
}
