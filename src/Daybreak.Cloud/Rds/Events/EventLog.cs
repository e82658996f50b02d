using System.Globalization;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.Events;

/// <summary>Events of clusters, instances and snapshots, the newest <see cref="Kept"/> of them, for 14 days.</summary>
internal sealed class EventLog
{
    private const int Kept = 5000;
    private const int DefaultMinutes = 60;
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(14);

    private readonly Lock _order = new();
    private readonly ResourceTable<DatabaseEvent> _table;
    private readonly TimeProvider _time;
    private readonly Queue<ResourceKey> _keys;
    private long _last;

    public IEnumerable<AwsOperation> Operations() => [new AwsOperation<DescribeEventsMessage, EventsMessage>("DescribeEvents", Describe)];

    public EventLog(ResourceTable<DatabaseEvent> table, TimeProvider time)
    {
        (this._table, this._time) = (table, time);
        _keys = new Queue<ResourceKey>(table.All().Select(item => item.Key).OrderBy(key => key.Name, StringComparer.Ordinal));
        _last = _keys.Count == 0 ? 0 : _keys.Max(TicksOf);
    }

    public async Task AddAsync(string accountId, string region, string kind, string identifier, string message, params string[] categories)
    {
        var now = _time.GetUtcNow();
        ResourceKey key;
        List<ResourceKey> dropped = [];
        lock (_order)
        {
            // Names increase with time and are distinct, so their order is that of the events.
            _last = Math.Max(_last + 1, now.UtcTicks);
            key = new ResourceKey(accountId, region, _last.ToString("x16", CultureInfo.InvariantCulture));
            _keys.Enqueue(key);
            while (_keys.Count > Kept)
                dropped.Add(_keys.Dequeue());
        }
        var type = kind switch
        {
            RdsArn.Cluster => "db-cluster",
            RdsArn.ClusterSnapshot => "db-cluster-snapshot",
            _ => "db-instance",
        };
        await _table.PutAsync(
            key,
            new DatabaseEvent(identifier, type, RdsArn.Of(accountId, region, kind, identifier), message, categories, now)
        );
        foreach (var old in dropped)
            await _table.RemoveAsync(old);
    }

    private static long TicksOf(ResourceKey key) =>
        long.TryParse(key.Name, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var ticks)
            ? ticks
            : throw new StateException($"'{key.Name}' names no event: the state was damaged, or written by something else");

    /// <summary>Called after the store was emptied.</summary>
    public void Forget()
    {
        lock (_order)
            _keys.Clear();
    }

    public EventsMessage Describe(DescribeEventsMessage request, OperationContext context)
    {
        Filter.None(request.Filters);
        if (request.SourceIdentifier is "")
            throw RdsErrors.Blank("SourceIdentifier");
        if (request.SourceIdentifier is not null && request.SourceType is null)
            throw RdsErrors.InvalidCombination("SourceType must be provided if SourceIdentifier is provided.");
        var now = _time.GetUtcNow();
        var end = request.EndTime ?? now;
        var start = request.StartTime ?? (request.EndTime ?? now) - TimeSpan.FromMinutes(request.Duration ?? DefaultMinutes);
        if (start > end)
            throw RdsErrors.InvalidCombination("The start time must be before the end time.");
        if (start < now - Oldest)
            start = now - Oldest;
        var matching = _table
            .All()
            .Where(item => item.Key.AccountId == context.AccountId && item.Key.Region == context.Region)
            .Where(item => item.Value.Date >= start && item.Value.Date <= end)
            .Where(item => request.SourceType is null || item.Value.SourceType == request.SourceType)
            .Where(item =>
                request.SourceIdentifier is null
                || item.Value.SourceIdentifier.Equals(request.SourceIdentifier, StringComparison.OrdinalIgnoreCase)
            )
            .Where(item => request.EventCategories is not { Count: > 0 } wanted || item.Value.EventCategories.Any(wanted.Contains));
        var page = Page.Of(matching, item => item.Key.Name, request.MaxRecords, request.Marker);
        return new EventsMessage { Marker = page.Marker, Events = [.. page.Items.Select(item => EventMessage.Of(item.Value))] };
    }
}

internal sealed record DescribeEventsMessage
{
    public string? SourceIdentifier { get; init; }

    [Values(
        "db-instance",
        "db-parameter-group",
        "db-security-group",
        "db-snapshot",
        "db-cluster",
        "db-cluster-snapshot",
        "custom-engine-version",
        "db-proxy",
        "blue-green-deployment",
        "db-shard-group",
        "zero-etl"
    )]
    public string? SourceType { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    /// <summary>In minutes.</summary>
    public int? Duration { get; init; }

    [ItemName("EventCategory")]
    public IReadOnlyList<string>? EventCategories { get; init; }

    /// <summary>AWS accepts no filter here.</summary>
    [ItemName("Filter")]
    public IReadOnlyList<Filter>? Filters { get; init; }

    public int? MaxRecords { get; init; }

    public string? Marker { get; init; }
}

internal sealed record EventsMessage
{
    public string? Marker { get; init; }

    [ItemName("Event")]
    public IReadOnlyList<EventMessage> Events { get; init; } = [];
}

internal sealed record EventMessage
{
    public required string SourceIdentifier { get; init; }

    public required string SourceType { get; init; }

    public required string Message { get; init; }

    [ItemName("EventCategory")]
    public IReadOnlyList<string> EventCategories { get; init; } = [];

    public DateTimeOffset Date { get; init; }

    public required string SourceArn { get; init; }

    public static EventMessage Of(DatabaseEvent happened) =>
        new()
        {
            SourceIdentifier = happened.SourceIdentifier,
            SourceType = happened.SourceType,
            Message = happened.Message,
            EventCategories = happened.EventCategories,
            Date = happened.Date,
            SourceArn = happened.SourceArn,
        };
}
