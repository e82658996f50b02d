using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Logs.Events;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Logs.Services;
using Daybreak.Cloud.Logs.Storage;
using Daybreak.Cloud.Logs.Streams;
using Daybreak.Cloud.Logs.Tags;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Logs;

/// <summary>Amazon CloudWatch Logs.</summary>
public sealed class LogsService : IAsyncDisposable
{
    private static readonly TimeSpan ExpireEvery = TimeSpan.FromHours(1);

    private readonly LogGroups _groups;
    private readonly EventStore _events;
    private readonly List<IServiceLogs> _services = [];
    private readonly LiveTail _tails;
    private readonly LogStorageOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _expiry;

    public LogsService(StateStore store, LogStorageOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _events = new EventStore(store.Directory, options, time);
        _groups = new LogGroups(store, _events, time);
        _expiry = time.CreateTimer(_ => _ = _groups.ExpireAsync(), null, ExpireEvery, ExpireEvery);
        _tails = new LiveTail(_groups, time);
        Description = new AwsService
        {
            Name = "logs",
            Version = "2014-03-28",
            Protocol = new Json11Protocol(),
            TargetPrefix = "Logs_20140328",
            CamelCaseMembers = true,
            ValidationErrorCode = LogsErrors.InvalidParameterCode,
            Empty = _groups.EmptyAsync,
            Counts = () => new Dictionary<string, int> { ["logGroups"] = _groups.Count },
            Operations = OperationNames.Complete(
                "Logs",
                [
                    .. new GroupOperations(_groups, time).Operations(),
                    .. new StreamOperations(_groups).Operations(),
                    .. new TagOperations(_groups).Operations(),
                    .. new EventWriting(_groups, _events, time).Operations(),
                    .. new EventReading(_groups, time).Operations(),
                    .. PatternTesting.Operations(),
                    .. _tails.Operations(),
                ]
            ),
        };
    }

    public AwsService Description { get; }

    /// <summary>Takes the lines of another service.</summary>
    /// <param name="may">Whether a writer may do an action with a resource.</param>
    public ServiceLogs<TWriter> For<TWriter>(Func<TWriter, string, string, bool> may)
        where TWriter : class
    {
        var logs = new ServiceLogs<TWriter>(_groups, _events, _time, may, _options.Failed);
        _services.Add(logs);
        return logs;
    }

    /// <summary>Ends the requests that would go on for hours.</summary>
    public void EndTails() => _tails.EndAll();

    /// <summary>Waits until what other services wrote is stored. They must not write meanwhile.</summary>
    public Task WhenStoredAsync() => Task.WhenAll(_services.Select(static logs => logs.WhenStoredAsync()));

    /// <summary>Removes all events, when the tables of the state have been emptied.</summary>
    public Task ForgetAsync() => _groups.ForgetAsync();

    public async ValueTask DisposeAsync()
    {
        await _expiry.DisposeAsync();
        await WhenStoredAsync();
        await _events.DisposeAsync();
    }
}
