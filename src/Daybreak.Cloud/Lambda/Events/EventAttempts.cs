using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Invoking;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Lambda.Versions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>Runs events once, and decides what follows: another attempt, or the end and a record for a destination.</summary>
internal sealed class EventAttempts(
    FunctionVersions versions,
    EventInvokeConfigTable configs,
    FunctionRunner runner,
    Destinations destinations,
    Deliveries deliveries,
    RetryPolicy retries,
    TimeProvider time,
    Action<Exception> failed
)
{
    public async ValueTask<AttemptResult> AttemptAsync(QueuedEvent queued, CancellationToken ending)
    {
        if (queued.Delivery is { } delivery)
            return await deliveries.SendAsync(queued, delivery, ending);
        var function = versions.Find(queued.Function);
        if (function is null && !runner.HasStandIn(queued.Function))
            return new AttemptResult(null, [], IsDropped: true);
        var config = configs.Find(queued.Function);
        if (queued.IsLoop)
            return End(queued, function, config, EventCondition.RetriesExhausted, null);
        if (runner.IsShut(queued.Function)) // without an attempt, as on AWS
            return End(queued, function, config, EventCondition.ZeroReservedConcurrency, null);
        if (RetryPolicy.IsTooOld(queued, config, time.GetUtcNow()))
            return End(queued, function, config, EventCondition.EventAgeExceeded, null);
        try
        {
            var invocation = new Invocation(
                queued.RequestId,
                queued.Function.Arn,
                queued.Payload,
                ClientContext: null,
                queued.TraceId,
                WantsLogTail: false
            );
            if (await runner.RunAsync(queued.Function, invocation, ending) is not { } run)
                return new AttemptResult(null, [], IsDropped: true);
            // A function may have changed its own configuration, or have deleted itself.
            config = configs.Find(queued.Function);
            if (run.Outcome.FunctionError is null)
                return End(queued, function, config, EventCondition.Success, run);
            return retries.AfterFunctionError(queued, config, time.GetUtcNow(), out var condition) is { } next
                ? new AttemptResult(next, [], IsDropped: false)
                : End(queued, function, config, condition, run);
        }
        catch (Exception error) when (error is AwsException or CutConnectionException)
        {
            return PutBack(queued, function, config);
        }
        catch (Exception error) when (!ending.IsCancellationRequested)
        {
            failed(error);
            return PutBack(queued, function, config);
        }
    }

    private AttemptResult PutBack(QueuedEvent queued, FunctionState? function, EventInvokeConfig? config) =>
        RetryPolicy.AfterThrottle(queued, config, time.GetUtcNow()) is { } next
            ? new AttemptResult(next, [], IsDropped: false)
            : End(queued, function, config, EventCondition.EventAgeExceeded, null);

    /// <param name="function">Null: a stub stands in for a function that does not exist, and nobody gets a record.</param>
    private AttemptResult End(
        QueuedEvent queued,
        FunctionState? function,
        EventInvokeConfig? config,
        EventCondition condition,
        (string Version, InvocationOutcome Outcome)? run
    )
    {
        var isDropped = condition != EventCondition.Success;
        List<QueuedEvent> records = [];
        if (function is not null && (isDropped ? config?.OnFailure : config?.OnSuccess) is { } destination)
        {
            var record = EventRecord.Of(queued, condition, queued.FailedAttempts + (run is null ? 0 : 1), run, time.GetUtcNow());
            if (destinations.Deliver(function, destination, queued, record, isDropped) is { } sent)
                records.Add(sent);
        }
        // Both get it, as on AWS.
        if (isDropped && function?.DeadLetterTargetArn is { } queue)
        {
            // 200 is of a function that ran and failed.
            var (code, message) = run is var (_, outcome) ? ("200", ErrorPayload.MessageIn(outcome.Payload)) : ("429", "Rate Exceeded.");
            if (destinations.DeadLetter(queue, queued, code, message) is { } letter)
                records.Add(letter);
        }
        return new AttemptResult(null, records, isDropped);
    }
}
