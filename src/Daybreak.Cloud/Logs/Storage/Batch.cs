namespace Daybreak.Cloud.Logs.Storage;

/// <summary>Events of one stream that were written together, in the order of their times. Its place in a file is all that is in memory.
/// </summary>
internal sealed class Batch(Segment segment, int offset, StreamEvents stream, BatchHead head)
{
    public Segment Segment { get; } = segment;

    public int Offset { get; } = offset;

    public int Length { get; } = head.Length;

    public StreamEvents Stream { get; } = stream;

    public long FirstSequence { get; } = head.FirstSequence;

    public long LastSequence { get; } = head.FirstSequence + head.Count - 1;

    public long IngestionTime { get; } = head.IngestionTime;

    public long FirstTime { get; } = head.FirstTime;

    public long LastTime { get; } = head.LastTime;
}
