using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Logs.Storage;

namespace Daybreak.Cloud.Logs.Streams;

/// <summary>A request that names a stream and nothing else.</summary>
internal sealed record LogStreamRequest
{
    [LogGroupName]
    public required string LogGroupName { get; init; }

    [LogStreamName]
    public required string LogStreamName { get; init; }
}

internal sealed record DescribeLogStreamsRequest
{
    [LogGroupName]
    public string? LogGroupName { get; init; }

    [LogGroupIdentifier]
    public string? LogGroupIdentifier { get; init; }

    [LogStreamName]
    public string? LogStreamNamePrefix { get; init; }

    [Values("LogStreamName", "LastEventTime")]
    public string? OrderBy { get; init; }

    public bool? Descending { get; init; }

    [Length(1, int.MaxValue)]
    public string? NextToken { get; init; }

    [Range(1, 50)]
    public int? Limit { get; init; }
}

internal sealed record DescribeLogStreamsResponse
{
    public required IReadOnlyList<LogStreamDescription> LogStreams { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record LogStreamDescription
{
    public required string LogStreamName { get; init; }

    public required long CreationTime { get; init; }

    public long? FirstEventTimestamp { get; init; }

    public long? LastEventTimestamp { get; init; }

    public long? LastIngestionTime { get; init; }

    public string? UploadSequenceToken { get; init; }

    public required string Arn { get; init; }

    /// <summary>Always 0, as on AWS since 2019.</summary>
    public required long StoredBytes { get; init; }

    public static LogStreamDescription Of(LogGroup group, LogStream stream)
    {
        var times = group.Events.TimesOf(stream.Events);
        return new LogStreamDescription
        {
            LogStreamName = stream.Name,
            CreationTime = stream.CreationTime,
            FirstEventTimestamp = times?.First,
            LastEventTimestamp = times?.Last,
            LastIngestionTime = times?.LastIngestion,
            UploadSequenceToken = times is null ? null : new Position(times.LastIngestion, 0).ToString(),
            Arn = LogsArn.Stream(group.Key, stream.Name),
            StoredBytes = 0,
        };
    }
}
