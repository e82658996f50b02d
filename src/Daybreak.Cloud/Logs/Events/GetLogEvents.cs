using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Logs.Storage;

namespace Daybreak.Cloud.Logs.Events;

internal sealed record GetLogEventsRequest
{
    [LogGroupName]
    public string? LogGroupName { get; init; }

    [LogGroupIdentifier]
    public string? LogGroupIdentifier { get; init; }

    [LogStreamName]
    public required string LogStreamName { get; init; }

    [Range(0, long.MaxValue)]
    public long? StartTime { get; init; }

    /// <summary>Events of this time are not returned.</summary>
    [Range(0, long.MaxValue)]
    public long? EndTime { get; init; }

    [Length(1, int.MaxValue)]
    public string? NextToken { get; init; }

    [Range(1, 10_000)]
    public int? Limit { get; init; }

    public bool? StartFromHead { get; init; }

    /// <summary>Nothing is masked here.</summary>
    public bool? Unmask { get; init; }
}

internal sealed record GetLogEventsResponse
{
    public required IReadOnlyList<OutputLogEvent> Events { get; init; }

    public required string NextForwardToken { get; init; }

    public required string NextBackwardToken { get; init; }
}

internal sealed record OutputLogEvent
{
    public required long Timestamp { get; init; }

    public required string Message { get; init; }

    public required long IngestionTime { get; init; }

    public static OutputLogEvent Of(FoundEvent found) =>
        new()
        {
            Timestamp = found.Position.Time,
            Message = found.Text,
            IngestionTime = found.IngestionTime,
        };
}
