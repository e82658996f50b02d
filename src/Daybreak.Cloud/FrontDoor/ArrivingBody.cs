namespace Daybreak.Cloud.FrontDoor;

/// <summary>Takes a body whose length was announced. It grows with what arrives: who only announces much costs nothing.</summary>
/// <param name="length">As announced, in bytes.</param>
public struct ArrivingBody(int length)
{
    private const int Start = 64 * 1024;

    private byte[] _bytes = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(Math.Min(length, Start));
    private int _arrived;

    /// <summary>Whether all of it has arrived; <see cref="Bytes"/> is then the body.</summary>
    public readonly bool IsWhole => _arrived == length;

    /// <summary>What was allocated.</summary>
    public readonly byte[] Bytes => _bytes;

    /// <summary>Where the next bytes are to be put; not empty while there are more to come.</summary>
    public Memory<byte> Rest
    {
        get
        {
            if (_arrived == _bytes.Length && !IsWhole)
            {
                var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(length, 2L * _bytes.Length));
                _bytes.CopyTo(larger, 0);
                _bytes = larger;
            }
            return _bytes.AsMemory(_arrived);
        }
    }

    public void Advance(int count) => _arrived += count;
}
