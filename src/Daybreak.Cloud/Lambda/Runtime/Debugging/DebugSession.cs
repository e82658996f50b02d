using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Daybreak.Cloud.Lambda.Runtime.Api;
using Daybreak.Cloud.Lambda.Runtime.Extensions;
using Daybreak.Cloud.Lambda.Runtime.Logging;
using Daybreak.Cloud.Lambda.Runtime.Telemetry;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Debugging;

/// <summary>
/// The Runtime API of a version of a function for a process that a developer starts. While that process is attached, which means that it
/// asks for events, it gets the invocations, one at a time and without a time-out; otherwise the function is served as ever.
/// </summary>
public sealed class DebugSession : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    // What a handler sees as its deadline: nobody knows how long somebody looks at a breakpoint.
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly RuntimeExchange _exchange = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<DebugEvent> _events = Channel.CreateUnbounded<DebugEvent>();
    private readonly FunctionVersion _function;
    private readonly DebugRequest _request;
    private readonly EnvironmentLog _log;
    private readonly RuntimeApiServer _server;
    private readonly TelemetryRelay _telemetry;
    private readonly TimeProvider _time;
    private readonly string? _layers;
    private int _holder; // the process that has the current event
    private bool _wasAttached;

    private DebugSession(FunctionVersion function, DebugRequest request, EnvironmentLog log, string? layers, TimeProvider time)
    {
        (_function, _request, _log, _layers, _time) = (function, request, log, layers, time);
        // There are no extensions in a developer's process, so nobody can subscribe to telemetry.
        _telemetry = new TelemetryRelay(
            log.Subscribed,
            IPAddress.Loopback,
            static () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp),
            time
        );
        _telemetry.Close();
        _server = new RuntimeApiServer(_exchange, new ExtensionExchange(function, [], _telemetry), port: request.Port);
    }

    /// <summary>What the process needs in its environment, secrets among it.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; private set; } = new Dictionary<string, string>();

    /// <summary>What runs the function; the first is the program.</summary>
    public IReadOnlyList<string> Command { get; private set; } = [];

    /// <summary>Directory of the runtime's own files.</summary>
    public string RuntimeDirectory { get; private set; } = "";

    /// <summary>Fires when the session is over.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>What happens, for the developer.</summary>
    public IAsyncEnumerable<DebugEvent> EventsAsync(CancellationToken cancellation) => _events.Reader.ReadAllAsync(cancellation);

    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    internal static async Task<DebugSession> StartAsync(EnvironmentFactory factory, FunctionVersion function, DebugRequest request)
    {
        var log = factory.OpenLog(function);
        var session = new DebugSession(function, request, log, factory.MergeLayers(function), factory.Time);
        try
        {
            var plan = await factory.PlanDebuggingAsync(function, request.Directory, log.Stream, session._server.Address, session._layers);
            (session.Variables, session.Command, session.RuntimeDirectory) = plan;
            _ = session.WatchAsync();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Ends the session: from now on the function is served as ever. A call that the process has ends in an error.</summary>
    public void End()
    {
        if (_ended.IsCancellationRequested)
            return;
        _ended.Cancel();
        _exchange.Exited();
        _server.Dispose();
        _telemetry.Dispose();
        _events.Writer.TryComplete();
    }

    public void Dispose()
    {
        End();
        LayerDirectory.Remove(_layers, _function.LayerDirectories);
    }

    /// <returns>Null: no process is attached, so that the function is served as ever.</returns>
    internal async ValueTask<InvocationOutcome?> InvokeAsync(Invocation invocation)
    {
        if (!_exchange.IsAttached)
            return null;
        try
        {
            await _turn.WaitAsync(Ended);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        try
        {
            return await RunAsync(invocation);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<InvocationOutcome?> RunAsync(Invocation invocation)
    {
        if (!_server.HasPeer)
            _exchange.Renew(); // it has gone since anybody looked
        var start = _time.GetTimestamp();
        var run = new RunningInvocation(invocation, _time.GetUtcNow() + Day, long.MaxValue);
        if (!_exchange.IsReady)
            return null;
        _log.Begin(invocation.RequestId);
        Interlocked.Exchange(ref _holder, 0);
        _events.Writer.TryWrite(new DebugEvent("invocation", invocation.RequestId));
        if (!_exchange.TryBegin(run))
            return null;
        await run.Ended;

        var duration = _time.GetElapsedTime(start);
        var response = run.Response;
        if (response is null)
            _log.Fault(PlatformLine.Exited(invocation.RequestId, ProcessExit.WithCode(0), "Runtime.ExitError"));
        var ending =
            response is null ? Ending.Failed
            : response.IsError ? Ending.Reported
            : Ending.Responded;
        var type = response is null ? "Runtime.ExitError" : null;
        var report = new InvocationReport(invocation.RequestId, duration, null, 0, ending, type, response?.Payload.Length ?? 0);
        var tail = _log.End(report, invocation.WantsLogTail);
        _events.Writer.TryWrite(
            new DebugEvent(response is null ? "lost" : "answered", invocation.RequestId) { Milliseconds = duration.TotalMilliseconds }
        );
        return response is null
            ? new InvocationOutcome(ErrorPayload.Exited(invocation.RequestId, ProcessExit.WithCode(0)), "Unhandled", tail)
            : new InvocationOutcome(response.Payload, response.IsError ? "Unhandled" : null, tail) { ErrorType = response.ErrorType };
    }

    // A process that waits for an event reads its connection, and one that has an event may have closed it: both are looked at.
    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookEvery, _time, Ended);
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // The session is over.
        }
    }

    private void Look()
    {
        if (_server.HasPeer)
        {
            if (!_request.IsAttended && _holder == 0 && _exchange.IsAttached)
                Interlocked.Exchange(ref _holder, SocketProcess.Find(_server.PeerPorts));
        }
        else if (_exchange.IsReady || _exchange.HasFailed || (_exchange.IsAttached && !_request.IsAttended && !IsAlive(_holder)))
        {
            _exchange.Renew();
            Interlocked.Exchange(ref _holder, 0);
        }

        if (_exchange.IsAttached == _wasAttached)
            return;
        _wasAttached = !_wasAttached;
        _events.Writer.TryWrite(new DebugEvent(_wasAttached ? "attached" : "detached", null));
    }

    private static bool IsAlive(int process) => process != 0 && Directory.Exists($"/proc/{process}");
}

/// <summary>Something that happens in a session.</summary>
/// <param name="Kind"><c>attached</c>, <c>detached</c>, <c>invocation</c>, <c>answered</c>, or <c>lost</c> with the process.</param>
public sealed record DebugEvent(string Kind, string? RequestId)
{
    public double? Milliseconds { get; init; }
}
