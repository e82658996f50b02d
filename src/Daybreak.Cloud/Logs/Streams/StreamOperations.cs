using System.Globalization;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs.Streams;

/// <summary>Operations on log streams.</summary>
internal sealed class StreamOperations(LogGroups groups)
{
    private const string LastEventTime = "LastEventTime";

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<LogStreamRequest, NoMembers>("CreateLogStream", CreateAsync)
            {
                Resource = static (r, c) => LogsArn.Stream(c, r.LogGroupName, r.LogStreamName),
            },
            new AwsOperation<LogStreamRequest, NoMembers>("DeleteLogStream", DeleteAsync)
            {
                Resource = static (r, c) => LogsArn.Stream(c, r.LogGroupName, r.LogStreamName),
            },
            new AwsOperation<DescribeLogStreamsRequest, DescribeLogStreamsResponse>("DescribeLogStreams", Describe)
            {
                Resource = static (r, c) => LogsArn.Contents(c, LogsArn.NameOf(r.LogGroupName, r.LogGroupIdentifier)),
            },
        ];

    public async ValueTask<NoMembers> CreateAsync(LogStreamRequest request, OperationContext context) =>
        await groups.TryAddStreamAsync(GroupOf(request, context), request.LogStreamName)
            ? NoMembers.Instance
            : throw LogsErrors.StreamExists();

    public async ValueTask<NoMembers> DeleteAsync(LogStreamRequest request, OperationContext context)
    {
        await groups.RemoveStreamAsync(GroupOf(request, context), request.LogStreamName);
        return NoMembers.Instance;
    }

    public DescribeLogStreamsResponse Describe(DescribeLogStreamsRequest request, OperationContext context)
    {
        var group = groups.Named(request.LogGroupName, request.LogGroupIdentifier, context);
        var byTime = request.OrderBy == LastEventTime;
        if (byTime && request.LogStreamNamePrefix is not null)
            throw LogsErrors.PrefixWithLastEventTime();
        var found = group
            .Streams.Values.Where(stream => stream.Name.StartsWith(request.LogStreamNamePrefix ?? "", StringComparison.Ordinal))
            .Select(stream => LogStreamDescription.Of(group, stream));
        var descending = request.Descending ?? false;
        // Streams without events come first.
        Func<LogStreamDescription, string> keyOf = byTime
            ? static stream => string.Create(CultureInfo.InvariantCulture, $"{stream.LastEventTimestamp ?? 0:D19}:{stream.LogStreamName}")
            : static stream => stream.LogStreamName;
        var (page, next) = Page.Of(
            descending ? found.OrderByDescending(keyOf, StringComparer.Ordinal) : found.OrderBy(keyOf, StringComparer.Ordinal),
            keyOf,
            request.NextToken,
            request.Limit,
            (stream, last) => descending ? string.CompareOrdinal(keyOf(stream), last) < 0 : string.CompareOrdinal(keyOf(stream), last) > 0
        );
        return new DescribeLogStreamsResponse { LogStreams = page, NextToken = next };
    }

    private LogGroup GroupOf(LogStreamRequest request, OperationContext context) =>
        groups.Find(new ResourceKey(context.AccountId, context.Region, request.LogGroupName)) ?? throw LogsErrors.GroupNotFound();
}
