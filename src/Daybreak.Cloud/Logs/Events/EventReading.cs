using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Logs.Patterns;
using Daybreak.Cloud.Logs.Storage;

namespace Daybreak.Cloud.Logs.Events;

/// <summary>The operations GetLogEvents and FilterLogEvents.</summary>
internal sealed class EventReading(LogGroups groups, TimeProvider time)
{
    private const int MostEvents = 10_000;
    private const string ForwardPrefix = "f/",
        BackwardPrefix = "b/";

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<GetLogEventsRequest, GetLogEventsResponse>("GetLogEvents", Get)
            {
                Resource = static (r, c) => LogsArn.Stream(c, LogsArn.NameOf(r.LogGroupName, r.LogGroupIdentifier), r.LogStreamName),
            },
            new AwsOperation<FilterLogEventsRequest, FilterLogEventsResponse>("FilterLogEvents", Filter)
            {
                Resource = static (r, c) => LogsArn.Contents(c, LogsArn.NameOf(r.LogGroupName, r.LogGroupIdentifier)),
            },
        ];

    public GetLogEventsResponse Get(GetLogEventsRequest request, OperationContext context)
    {
        var group = groups.Named(request.LogGroupName, request.LogGroupIdentifier, context);
        var stream = group.Stream(request.LogStreamName);
        var (after, before) = request.NextToken is { } token ? PlaceOf(token) : (null, null);
        var query = new EventQuery(
            Math.Max(request.StartTime ?? 0, group.OldestKept(time.GetUtcNow())),
            (request.EndTime ?? long.MaxValue) - (request.EndTime is null ? 0 : 1),
            request.Limit ?? MostEvents
        )
        {
            After = after,
            Before = before,
            Backward = after is null && (before is not null || request.StartFromHead != true),
        };
        var (events, _) = Selection.Of(group.Events, [stream.Events], query, context.Aborted);
        var (first, last) =
            events is [var one, ..] ? (one.Position, events[^1].Position)
            // The end of the stream: the same token comes back, and the other one leads back to where the reader came from.
            : after is { } end ? (end.Next, end)
            : before is { } start ? (start, start.Previous)
            : (Position.Start, Position.Start);
        return new GetLogEventsResponse
        {
            Events = [.. events.Select(OutputLogEvent.Of)],
            NextForwardToken = ForwardPrefix + last,
            NextBackwardToken = BackwardPrefix + first,
        };
    }

    public FilterLogEventsResponse Filter(FilterLogEventsRequest request, OperationContext context)
    {
        var group = groups.Named(request.LogGroupName, request.LogGroupIdentifier, context);
        var streams = StreamsOf(group, request);
        var pattern = FilterPattern.Parse(request.FilterPattern ?? "");
        Position? after = null;
        if (request.NextToken is { } token)
            after = Position.TryParse(token, out var place) ? place : throw LogsErrors.InvalidToken();
        var query = new EventQuery(
            Math.Max(request.StartTime ?? 0, group.OldestKept(time.GetUtcNow())),
            request.EndTime ?? long.MaxValue,
            request.Limit ?? MostEvents
        )
        {
            After = after,
            Matches = pattern.IsEmpty ? null : pattern.Matches,
        };
        var (events, hasMore) = Selection.Of(group.Events, streams, query, context.Aborted);
        return new FilterLogEventsResponse
        {
            Events = [.. events.Select(FilteredLogEvent.Of)],
            SearchedLogStreams = [],
            NextToken = hasMore ? events[^1].Position.ToString() : null,
        };
    }

    /// <returns>Null: all.</returns>
    private static StreamEvents[]? StreamsOf(LogGroup group, FilterLogEventsRequest request)
    {
        if (request.LogStreamNames is not null && request.LogStreamNamePrefix is not null)
            throw LogsErrors.NamesAndPrefix();
        if (request.LogStreamNames is { } names)
            return [.. names.Distinct().Select(name => group.Stream(name).Events)];
        return request.LogStreamNamePrefix is { } prefix
            ?
            [
                .. group
                    .Streams.Values.Where(stream => stream.Name.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(static stream => stream.Events),
            ]
            : null;
    }

    private static (Position? After, Position? Before) PlaceOf(string token)
    {
        if (token.Length > 2 && Position.TryParse(token.AsSpan(2), out var place))
        {
            if (token.StartsWith(ForwardPrefix, StringComparison.Ordinal))
                return (place, null);
            if (token.StartsWith(BackwardPrefix, StringComparison.Ordinal))
                return (null, place);
        }
        throw LogsErrors.InvalidToken();
    }
}
