using System.Collections.Immutable;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>
/// What tests see of invocations and do to them (docs/test-interface.md). It is asked for each invocation; what is not armed costs one look
/// at a field.
/// </summary>
internal sealed class TestInterface(TimeProvider time)
{
    private const string ByFunction = "function",
        ByStub = "stub",
        ByReplay = "replay",
        ByFault = "fault";

    private readonly Lock _changes = new();
    private volatile Armed _armed = Armed.Nothing;
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastNumber;

    public InvocationLog Log { get; } = new();

    public Recording Recording { get; } = new();

    public ImmutableArray<ArmedFault> Faults => _armed.Faults;

    public ImmutableArray<Stub> Stubs => _armed.Stubs;

    public Replay? Replay => _armed.Replay;

    /// <summary>Whether something stands in for a function, which need not exist then.</summary>
    public bool StandsInFor(FunctionReference function) =>
        _armed is { IsNothing: false } armed
        && (armed.Replay?.Has(function.Name) == true || armed.Stubs.Any(stub => stub.Function == function.Name));

    public ArmedFault Arm(ArmedFault fault)
    {
        var numbered = fault with { Number = Interlocked.Increment(ref _lastNumber) };
        Change(armed => armed with { Faults = armed.Faults.Add(numbered) });
        return numbered;
    }

    public Stub Add(Stub stub)
    {
        var numbered = stub with { Number = Interlocked.Increment(ref _lastNumber) };
        Change(armed => armed with { Stubs = armed.Stubs.Add(numbered) });
        return numbered;
    }

    public void Set(Replay? replay) => Change(armed => armed with { Replay = replay });

    /// <summary>Removes all faults, or those of one function.</summary>
    public void Disarm(string? function = null) =>
        Change(armed => armed with { Faults = armed.Faults.RemoveAll(fault => function is null || fault.Function == function) });

    /// <summary>Removes all stubs, or those of one function.</summary>
    public void RemoveStubs(string? function = null) =>
        Change(armed => armed with { Stubs = armed.Stubs.RemoveAll(stub => function is null || stub.Function == function) });

    /// <summary>As freshly started, for all functions or for one.</summary>
    public void Reset(string? function = null)
    {
        Log.Clear(function);
        Disarm(function);
        RemoveStubs(function);
        if (function is not null)
            return;
        Set(null);
        Recording.Clear();
    }

    /// <summary>Lets calls go on that a fault or a stub holds.</summary>
    public void Release() => Interlocked.Exchange(ref _released, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Runs an invocation by whatever answers it, and lists it.</summary>
    /// <param name="run">The function itself; it returns null when there is none.</param>
    public async ValueTask<(string Version, InvocationOutcome Outcome)?> RunAsync(
        FunctionReference function,
        Invocation invocation,
        Func<FunctionReference, Invocation, CancellationToken, ValueTask<(string Version, InvocationOutcome Outcome)?>> run,
        CancellationToken cancellation
    )
    {
        var (started, timestamp, by) = (time.GetUtcNow(), time.GetTimestamp(), ByFunction);
        (string Version, InvocationOutcome Outcome)? ran = null;
        Exception? failure = null;
        try
        {
            if (_armed is { IsNothing: false } armed)
            {
                by = ByFault;
                var outcome = await MeetAsync(armed, function, cancellation);
                if (outcome is null && armed.Replay is { } replay && replay.Has(function.Name))
                    (by, outcome) = (ByReplay, replay.Answer(function.Name, invocation.Payload));
                if (outcome is null && FindStub(armed, function, invocation) is { } stub)
                {
                    (by, outcome) = (ByStub, stub.Answer());
                    await HoldAsync(stub.Milliseconds, cancellation);
                }
                if (outcome is not null)
                {
                    ran = (function.Qualifier ?? FunctionReference.Latest, outcome);
                    invocation.Stream?.ExecutedVersion = ran.Value.Version;
                    return ran;
                }
                by = ByFunction;
            }
            ran = await run(function, invocation, cancellation);
            if (Recording.IsOn && ran is var (_, answer))
                Recording.Add(function, invocation.Payload, answer);
            return ran;
        }
        catch (Exception error)
        {
            failure = error;
            throw;
        }
        finally
        {
            Log.Add(
                new RecordedInvocation(
                    function,
                    invocation.Caller,
                    invocation.RequestId,
                    by,
                    ran?.Version,
                    started,
                    time.GetElapsedTime(timestamp),
                    new CutText(invocation.Payload),
                    new CutText(ran?.Outcome.Payload ?? default),
                    ran?.Outcome.FunctionError,
                    CodeOf(failure),
                    failure?.Message
                )
            );
        }
    }

    private async ValueTask<InvocationOutcome?> MeetAsync(Armed armed, FunctionReference function, CancellationToken cancellation)
    {
        foreach (var fault in armed.Faults)
        {
            if (fault.Function != function.Name && fault.Function != ArmedFault.EveryFunction)
                continue;
            if (!fault.TryUse())
                continue;
            await HoldAsync(fault.Milliseconds, cancellation);
            return fault.Meet(); // a call meets one fault
        }
        return null;
    }

    private async ValueTask HoldAsync(int milliseconds, CancellationToken cancellation)
    {
        if (milliseconds == 0)
            return;
        try
        {
            await Volatile.Read(ref _released).Task.WaitAsync(TimeSpan.FromMilliseconds(milliseconds), cancellation);
        }
        catch (TimeoutException)
        {
            // Its time is over; otherwise a reset has released it.
        }
    }

    /// <summary>The first one that matches: what is added first counts first.</summary>
    private static Stub? FindStub(Armed armed, FunctionReference function, Invocation invocation)
    {
        if (armed.Stubs.IsEmpty)
            return null;
        JsonElement? payload = JsonSubset.TryParse(invocation.Payload.IsEmpty ? "{}"u8.ToArray() : invocation.Payload, out var json)
            ? json
            : null;
        foreach (var stub in armed.Stubs)
        {
            if (stub.Matches(function.Name, payload))
                return stub;
        }
        return null;
    }

    private static string? CodeOf(Exception? failure) =>
        failure switch
        {
            null => null,
            AwsException error => error.Code,
            OperationCanceledException => "Cancelled",
            FrontDoor.CutConnectionException => "Cut",
            _ => "ServiceException",
        };

    private void Change(Func<Armed, Armed> change)
    {
        lock (_changes)
            _armed = change(_armed);
    }

    private sealed record Armed(ImmutableArray<ArmedFault> Faults, ImmutableArray<Stub> Stubs, Replay? Replay)
    {
        public static readonly Armed Nothing = new([], [], null);

        public bool IsNothing => Faults.IsEmpty && Stubs.IsEmpty && Replay is null;
    }
}
