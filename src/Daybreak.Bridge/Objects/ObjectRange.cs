namespace Daybreak.Bridge.Objects;

/// <summary>A piece of an object that is asked for.</summary>
/// <param name="Offset">Of its first byte.</param>
/// <param name="ETag">The object must still have it; null: it is the first piece.</param>
internal readonly record struct ObjectRange(long Offset, string? ETag)
{
    /// <summary>Bytes of a piece, at most.</summary>
    public const int Length = 4 * 1024 * 1024;
}
