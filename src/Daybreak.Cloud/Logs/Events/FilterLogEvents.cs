using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Logs.Storage;

namespace Daybreak.Cloud.Logs.Events;

internal sealed record FilterLogEventsRequest
{
    [LogGroupName]
    public string? LogGroupName { get; init; }

    [LogGroupIdentifier]
    public string? LogGroupIdentifier { get; init; }

    [Length(1, 100), Length(1, 512, OfItems = true), Pattern("[^:*]*", OfItems = true)]
    public IReadOnlyList<string>? LogStreamNames { get; init; }

    [LogStreamName]
    public string? LogStreamNamePrefix { get; init; }

    [Range(0, long.MaxValue)]
    public long? StartTime { get; init; }

    /// <summary>Events of this time are returned.</summary>
    [Range(0, long.MaxValue)]
    public long? EndTime { get; init; }

    [Length(0, 1024)]
    public string? FilterPattern { get; init; }

    [Length(1, int.MaxValue)]
    public string? NextToken { get; init; }

    [Range(1, 10_000)]
    public int? Limit { get; init; }

    /// <summary>Ignored, as on AWS: events of streams always are merged.</summary>
    public bool? Interleaved { get; init; }

    /// <summary>Nothing is masked here.</summary>
    public bool? Unmask { get; init; }
}

internal sealed record FilterLogEventsResponse
{
    public required IReadOnlyList<FilteredLogEvent> Events { get; init; }

    /// <summary>Always empty, as on AWS.</summary>
    public required IReadOnlyList<SearchedLogStream> SearchedLogStreams { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record SearchedLogStream
{
    public string? LogStreamName { get; init; }

    public bool? SearchedCompletely { get; init; }
}

internal sealed record FilteredLogEvent
{
    public required string LogStreamName { get; init; }

    public required long Timestamp { get; init; }

    public required string Message { get; init; }

    public required long IngestionTime { get; init; }

    public required string EventId { get; init; }

    public static FilteredLogEvent Of(FoundEvent found) =>
        new()
        {
            LogStreamName = found.Stream,
            Timestamp = found.Position.Time,
            Message = found.Text,
            IngestionTime = found.IngestionTime,
            EventId = found.Position.ToString(),
        };
}
