namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// Receives a body of announced length. It grows with the data that arrives, so a large announcement alone costs nothing.
/// </summary>
/// <param name="length">The announced length in bytes.</param>
public struct ArrivingBody(int length)
{
    private const int Start = 64 * 1024;

    private byte[] _bytes = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(Math.Min(length, Start));
    private int _arrived;

    /// <summary>Whether the whole body has arrived; <see cref="Bytes"/> is then the body.</summary>
    public readonly bool IsWhole => _arrived == length;

    /// <summary>The allocated array.</summary>
    public readonly byte[] Bytes => _bytes;

    /// <summary>Where the next bytes must be written; not empty while more are expected.</summary>
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
