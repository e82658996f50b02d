using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Logs.Groups;

namespace Daybreak.Cloud.Logs.Events;

internal sealed record PutLogEventsRequest
{
    [LogGroupName]
    public required string LogGroupName { get; init; }

    [LogStreamName]
    public required string LogStreamName { get; init; }

    [Length(1, 10_000), Sensitive]
    public required IReadOnlyList<InputLogEvent> LogEvents { get; init; }

    /// <summary>Ignored, as on AWS since 2023.</summary>
    [Length(1, int.MaxValue)]
    public string? SequenceToken { get; init; }

    [NotImplemented]
    public Entity? Entity { get; init; }
}

internal sealed record InputLogEvent
{
    [Range(0, long.MaxValue)]
    public required long? Timestamp { get; init; }

    [Length(1, int.MaxValue)]
    public required string Message { get; init; }
}

/// <summary>Not implemented.</summary>
internal sealed record Entity
{
    public IReadOnlyDictionary<string, string>? KeyAttributes { get; init; }

    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}

internal sealed record PutLogEventsResponse
{
    public required string NextSequenceToken { get; init; }

    public RejectedLogEventsInfo? RejectedLogEventsInfo { get; init; }
}

internal sealed record RejectedLogEventsInfo
{
    public int? TooNewLogEventStartIndex { get; init; }

    public int? TooOldLogEventEndIndex { get; init; }

    public int? ExpiredLogEventEndIndex { get; init; }
}
