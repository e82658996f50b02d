using System.Text;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Logs.Storage;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs.Events;

/// <summary>The operation PutLogEvents.</summary>
internal sealed class EventWriting(LogGroups groups, EventStore events, TimeProvider time)
{
    private const int MostBytes = 1024 * 1024;

    // A message of control characters is six times as long in JSON.
    private const int MostBytesOfBody = 8 * MostBytes;

    private static readonly TimeSpan LongestSpan = TimeSpan.FromHours(24);
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);
    private static readonly TimeSpan Newest = TimeSpan.FromHours(2);

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<PutLogEventsRequest, PutLogEventsResponse>("PutLogEvents", PutAsync)
            {
                Resource = static (r, c) => LogsArn.Stream(c, r.LogGroupName, r.LogStreamName),
                RequestLimit = MostBytesOfBody,
                TooLarge = static (_, length) => LogsErrors.UploadTooLarge(length, MostBytes),
            },
        ];

    public async ValueTask<PutLogEventsResponse> PutAsync(PutLogEventsRequest request, OperationContext context)
    {
        var given = request.LogEvents;
        Check(given);
        var key = new ResourceKey(context.AccountId, context.Region, request.LogGroupName);
        var group = groups.Find(key) ?? throw LogsErrors.GroupNotFound();
        var stream = group.Stream(request.LogStreamName);

        var now = time.GetUtcNow();
        var oldest = (now - Oldest).ToUnixTimeMilliseconds();
        var newest = (now + Newest).ToUnixTimeMilliseconds();
        var expired = CountBefore(given, group.OldestKept(now));
        var tooOld = CountBefore(given, oldest);
        var end = CountBefore(given, newest + 1);

        var batch = new NewBatch(given.Sum(static item => item.Message.Length + BatchHead.EventHead));
        for (var i = Math.Max(tooOld, expired); i < end; i++)
            batch.Add(given[i].Timestamp!.Value, given[i].Message);
        var last = 0L;
        if (batch.Count > 0)
            last = await events.AppendAsync(group.Events, stream.Events, batch) ?? throw LogsErrors.GroupNotFound();
        return new PutLogEventsResponse
        {
            NextSequenceToken = new Position(now.ToUnixTimeMilliseconds(), last).ToString(),
            RejectedLogEventsInfo =
                tooOld > 0 || expired > 0 || end < given.Count
                    ? new RejectedLogEventsInfo
                    {
                        TooNewLogEventStartIndex = end < given.Count ? end : null,
                        TooOldLogEventEndIndex = tooOld > 0 ? tooOld : null,
                        ExpiredLogEventEndIndex = expired > 0 ? expired : null,
                    }
                    : null,
        };
    }

    private static void Check(IReadOnlyList<InputLogEvent> given)
    {
        var bytes = 0L;
        var last = long.MinValue;
        foreach (var item in given)
        {
            bytes += Encoding.UTF8.GetByteCount(item.Message) + Selection.EventOverhead;
            if (item.Timestamp < last)
                throw LogsErrors.WrongOrder();
            last = item.Timestamp!.Value;
        }
        if (bytes > MostBytes)
            throw LogsErrors.UploadTooLarge(bytes, MostBytes);
        if (last - given[0].Timestamp > LongestSpan.TotalMilliseconds)
            throw LogsErrors.SpanTooLong();
    }

    /// <summary>How many events, which are in the order of their times, are before a time.</summary>
    private static int CountBefore(IReadOnlyList<InputLogEvent> given, long time)
    {
        var count = 0;
        while (count < given.Count && given[count].Timestamp < time)
            count++;
        return count;
    }
}
