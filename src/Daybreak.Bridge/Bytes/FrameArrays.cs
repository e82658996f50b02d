using System.Buffers;
using System.Numerics;

namespace Daybreak.Bridge.Bytes;

/// <summary>
/// Arrays for data that is larger than a connection's own buffers. Small ones come from the shared pool, which keeps a few megabytes of
/// them. Of large ones the shared pool would keep a gigabyte after a burst, until a much later collection; this pool keeps as many as a few
/// simultaneous calls need.
/// </summary>
public static class FrameArrays
{
    /// <summary>The most bytes of large arrays that are kept.</summary>
    public const int MostKept = 32 * 1024 * 1024;

    private const int LargestSmall = 64 * 1024;
    private static readonly List<byte[]> Kept = [];
    private static int KeptBytes;

    /// <summary>Returns an array of at least this length; its content is undefined.</summary>
    public static byte[] Rent(int length)
    {
        if (length <= LargestSmall)
            return ArrayPool<byte>.Shared.Rent(length);
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)length);
        lock (Kept)
        {
            var at = Kept.FindIndex(kept => kept.Length == size);
            if (at >= 0)
            {
                var found = Kept[at];
                Kept.RemoveAt(at);
                KeptBytes -= size;
                return found;
            }
        }
        return GC.AllocateUninitializedArray<byte>(size);
    }

    public static void Return(byte[] array)
    {
        if (array.Length <= LargestSmall)
        {
            ArrayPool<byte>.Shared.Return(array);
            return;
        }
        lock (Kept)
        {
            if (array.Length > MostKept - KeptBytes)
                return;
            Kept.Add(array);
            KeptBytes += array.Length;
        }
    }

    /// <summary>Releases all large arrays.</summary>
    public static void Trim()
    {
        lock (Kept)
        {
            Kept.Clear();
            KeptBytes = 0;
        }
    }
}
