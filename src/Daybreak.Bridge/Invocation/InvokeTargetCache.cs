using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Invocation;

/// <summary>
/// Caches targets by the bytes of their arguments: resolving costs a dozen allocations, and statements are repeated. Only successes are
/// kept.
/// </summary>
public sealed class InvokeTargetCache(Func<Surroundings> surroundings)
{
    private const int MostTargets = 1024;
    private const int MaxKey = 1024;

    /// <summary>The fields that <see cref="DecidesTargetAttribute"/> marks.</summary>
    public static ReadOnlySpan<byte> KeyTags =>
        [
            (byte)InvokeTag.FunctionName,
            (byte)InvokeTag.Region,
            (byte)InvokeTag.InvocationType,
            (byte)InvokeTag.LogType,
            (byte)InvokeTag.Qualifier,
            (byte)InvokeTag.Form,
            (byte)InvokeTag.EndpointOverride,
            (byte)InvokeTag.DefaultRegion,
        ];

    private readonly ConcurrentDictionary<byte[], InvokeTarget> _targets = new(ByteKeyComparer.Instance);

    /// <exception cref="InvocationException">As <see cref="InvokeTargetResolver.Resolve"/>.</exception>
    [SkipLocalsInit]
    public InvokeTarget Get(InvokeFrame frame)
    {
        Span<byte> room = stackalloc byte[MaxKey];
        if (!TryWriteKey(frame, room, out var length))
            return Resolve(frame);
        var key = room[..length];
        if (_targets.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var known))
            return known;
        var target = Resolve(frame);
        // Names made up for each call would otherwise grow the cache without end. Starting over is simpler than distinguishing them.
        if (_targets.Count >= MostTargets)
            _targets.Clear();
        _targets[key.ToArray()] = target;
        return target;
    }

    private InvokeTarget Resolve(InvokeFrame frame) =>
        InvokeTargetResolver.Resolve(
            new(
                frame.Form,
                Text(frame, InvokeTag.FunctionName),
                Text(frame, InvokeTag.Region),
                Text(frame, InvokeTag.InvocationType),
                Text(frame, InvokeTag.LogType),
                Text(frame, InvokeTag.Qualifier),
                Text(frame, InvokeTag.EndpointOverride),
                Text(frame, InvokeTag.DefaultRegion)
            ),
            surroundings()
        );

    private static string? Text(InvokeFrame frame, InvokeTag tag) => frame.Has(tag) ? Encoding.UTF8.GetString(frame[tag].Span) : null;

    private static bool TryWriteKey(InvokeFrame frame, Span<byte> room, out int length)
    {
        length = 0;
        foreach (var tag in KeyTags)
        {
            if (!frame.Has((InvokeTag)tag))
                continue;
            var value = frame[(InvokeTag)tag].Span;
            if (value.Length > room.Length - length - 3)
                return false;
            room[length++] = tag;
            room[length++] = (byte)value.Length;
            room[length++] = (byte)(value.Length >> 8);
            value.CopyTo(room[length..]);
            length += value.Length;
        }
        return true;
    }

    private sealed class ByteKeyComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly ByteKeyComparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        // Seeded per process, because callers choose the bytes.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }
    }
}
