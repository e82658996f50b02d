using System.Buffers;
using System.Numerics;

namespace Daybreak.Bridge.Bytes;

/// <summary>
/// Arrays for what is larger than a connection's own buffers. Small ones come from the shared pool, which keeps few megabytes of them. It
/// would keep a gigabyte of large ones after a burst, until a collection long after; here as many stay as a few calls at once need.
/// </summary>
public static class FrameArrays
{
    /// <summary>Bytes of large arrays that are kept, at most.</summary>
    public const int MostKept = 32 * 1024 * 1024;

    private const int LargestSmall = 64 * 1024;
    private static readonly List<byte[]> Kept = [];
    private static int KeptBytes;

    /// <summary>At least so long, with whatever is in it.</summary>
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

    /// <summary>Keeps none of the large ones.</summary>
    public static void Trim()
    {
        lock (Kept)
        {
            Kept.Clear();
            KeptBytes = 0;
        }
    }
}
