using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Explain;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;
using Daybreak.Bridge.Objects;
using Daybreak.Bridge.Sockets;
using Daybreak.Bridge.Telemetry;

namespace Daybreak.Bridge.Backends;

/// <summary>
/// The connection of one backend, which has at most one request outstanding. Two loops share it, and rarely run at the same time. One
/// receives frames, even while a request is outstanding, because the end of the stream then means "cancel". The other carries requests out.
/// </summary>
public sealed class BackendConnection : IDisposable
{
    private readonly PolledSocket _socket;
    private readonly Invoker _invoker;
    private readonly ObjectSession _objects;
    private readonly ExplainAsync _explain;
    private readonly BridgeStatus _status;
    private readonly CallTelemetry? _telemetry;
    private readonly FailureLog _log;
    private readonly TimeProvider _time;
    private readonly CallCancellation _call;
    private readonly InvokeFrame _request = new();
    private readonly InvokeReply _reply = new();
    private readonly CallFacts _facts = new();

    // Answers of the receiving loop. They have a buffer of their own because the other loop may still be sending.
    private readonly ByteBuffer _answer = new(256);
    private readonly HandOver _next = new();

    // Two buffers, so that the next frame can arrive while the outstanding request still points into the one before.
    private ReceiveBuffer _receiving = new();
    private ReceiveBuffer _inHand = new();
    private volatile bool _busy;
    private volatile bool _sending;
    private ushort _version; // 0 before the greeting

    // The outstanding request, when it is an Explain or an Object.
    private ExplainFrame? _question;
    private ObjectFrame? _object;

    public BackendConnection(
        Socket socket,
        Invoker invoker,
        ObjectClient objects,
        ExplainAsync explain,
        BridgeStatus status,
        CallTelemetry? telemetry,
        FailureLog log,
        TimeProvider time
    )
    {
        (_socket, _invoker, _objects, _explain, _status, _telemetry) = (
            new(socket),
            invoker,
            new(objects, time),
            explain,
            status,
            telemetry
        );
        (_log, _time) = (log, time);
        _call = new(time);
    }

    /// <summary>Serves until the client closes, breaks the protocol, or the bridge ends.</summary>
    public async Task RunAsync()
    {
        var requests = RunRequestsAsync();
        Refusal? refusal = null;
        try
        {
            refusal = await ReceiveFramesAsync();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The client closed the connection in the middle of a frame, which is the same as an orderly close.
            refusal = null;
        }
        finally
        {
            if (refusal is null || _sending)
                _socket.Dispose();
            _call.Abandon();
            _next.Close();
            await requests;
            if (refusal is not null)
                Refuse(refusal);
            Dispose();
            await EndObjectsAsync();
        }
    }

    /// <summary>Closes the connection when the bridge ends.</summary>
    public void Abort() => _socket.Dispose();

    public void Dispose()
    {
        _socket.Dispose();
        _receiving.Dispose();
        _inHand.Dispose();
        _reply.Dispose();
        _answer.Dispose();
        _call.Dispose();
    }

    /// <summary>Returns null at the end of the stream.</summary>
    private async Task<Refusal?> ReceiveFramesAsync()
    {
        while (true)
        {
            var received = await _socket.ReceiveAsync(_receiving.Free);
            if (received == 0)
                return null;
            if (_busy)
                return new(Protocol.Violated("A frame while a request is outstanding"));
            _receiving.Advance(received);
            switch (FrameHeader.Measure(_receiving.Received.Span, out var length))
            {
                case FrameProgress.BadLength:
                    return new(Protocol.Violated("A frame of no or too great a length"));
                case FrameProgress.Incomplete:
                    _receiving.Expect(length);
                    continue;
                case FrameProgress.Complete when _receiving.Received.Length > length:
                    return new(Protocol.Violated("More than one frame at once"));
            }
            var frame = _receiving.Received[FrameHeader.LengthBytes..];
            var isForOther = frame.Span[0] is (byte)FrameType.Invoke or (byte)FrameType.Explain or (byte)FrameType.Object;
            if (Take(frame) is { } refusal)
                return refusal;
            // The other loop answers Invoke, Explain and Object, and may already have done so.
            if (!isForOther)
                await SendAnswerAsync();
        }
    }

    private Refusal? Take(ReadOnlyMemory<byte> frame)
    {
        var type = (FrameType)frame.Span[0];
        var body = frame[1..];
        return (type, _version > 0) switch
        {
            (FrameType.Invoke, true) => Begin(body),
            (FrameType.Hello, false) => Greet(body),
            (FrameType.Explain, true) when _version >= Protocol.WithExplain => BeginToExplain(body.Span),
            (FrameType.Object, true) when _version >= Protocol.WithObjects => BeginWithObject(body),
            (FrameType.Status, true) when body.IsEmpty => WriteStatus(),
            (FrameType.Hello or FrameType.Invoke or FrameType.Explain or FrameType.Object or FrameType.Status, _) => new(
                Protocol.Violated($"{type} out of order")
            ),
            _ => new(Protocol.Violated($"Unknown frame type {(byte)type}")),
        };
    }

    private Refusal? Begin(ReadOnlyMemory<byte> body)
    {
        if (!_request.TryParse(body, out var wrong))
            return new(Protocol.Violated(wrong), _request.RequestId);
        (_receiving, _inHand) = (_inHand, _receiving);
        _receiving.Clear();
        _busy = true;
        // Runs the request on this thread up to its first wait; then the receiving loop goes on to watch the client.
        _next.Signal();
        return null;
    }

    private Refusal? BeginToExplain(ReadOnlySpan<byte> body)
    {
        if ((_question = ExplainFrame.TryParse(body, out var requestId, out var wrong)) is null)
            return new(Protocol.Violated(wrong), requestId);
        _receiving.Clear();
        _busy = true;
        _next.Signal();
        return null;
    }

    private Refusal? BeginWithObject(ReadOnlyMemory<byte> body)
    {
        if ((_object = ObjectFrame.TryParse(body, out var requestId, out var wrong)) is null)
            return new(Protocol.Violated(wrong), requestId);
        (_receiving, _inHand) = (_inHand, _receiving);
        _receiving.Clear();
        _busy = true;
        _next.Signal();
        return null;
    }

    private async Task RunRequestsAsync()
    {
        while (await _next.WaitAsync())
        {
            var startedAt = _time.GetTimestamp();
            if (_question is not null)
                await AnswerQuestionAsync();
            else if (_object is not null)
                await CarryOutObjectAsync(startedAt);
            else
            {
                _status.CallBegins();
                await CarryOutAsync(startedAt);
            }
            _call.End();
            _next.Reset();
            if (_call.Abandoned)
                continue;
            // A session that makes no more calls should keep neither its last request nor its last answer in memory.
            _request.Forget();
            _inHand.Clear();
            // The client may send its next request as soon as it has the first byte of the answer.
            (_sending, _busy) = (true, false);
            try
            {
                await _socket.SendAsync(_reply.Frame.Written);
                if (!_reply.Rest.IsEmpty)
                    await _socket.SendAsync(_reply.Rest);
                _reply.Clear();
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The receiving loop sees the same failure and ends.
                continue;
            }
            finally
            {
                _sending = false;
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    [SuppressMessage("Design", "CA1031", Justification = "A bug in one call must not end the connection without a word")]
    private async ValueTask CarryOutAsync(long startedAt)
    {
        _reply.Clear();
        var span = _telemetry?.Begin(_request, _facts);
        try
        {
            await _invoker.InvokeAsync(_request, _reply, _call, _facts);
            _status.CallSucceeded();
            _telemetry?.Succeeded(span, _request, _facts, _time.GetElapsedTime(startedAt));
        }
        catch (Exception failure)
        {
            var duration = _time.GetElapsedTime(startedAt);
            if (_call.Abandoned)
            {
                _status.CallAbandoned();
                _telemetry?.Abandoned(span, _request, _facts, duration);
                return;
            }
            var error = failure is InvocationException refused ? refused.Error : Protocol.Internal(failure.GetType().Name);
            _status.CallFailed(error.SqlState);
            _telemetry?.Failed(span, _request, _facts, duration, error);
            _log.CallFailed(error, _request, duration, failure);
            _reply.Clear();
            FrameWriter.Error(_reply.Frame, _request.RequestId, error);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A bug in one request must not end the connection without a word")]
    private async Task CarryOutObjectAsync(long startedAt)
    {
        var asked = _object!;
        _object = null;
        _reply.Clear();
        try
        {
            // Hashing and copying megabytes must not run on this thread, which polls for all calls.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await _objects.CarryOutAsync(asked, _reply, _call);
        }
        catch (Exception failure)
        {
            if (_call.Abandoned)
                return;
            var error = failure is InvocationException refused ? refused.Error : Protocol.Internal(failure.GetType().Name);
            _log.ObjectFailed(error, asked, _time.GetElapsedTime(startedAt), failure);
            _reply.Clear();
            FrameWriter.Error(_reply.Frame, asked.RequestId, error);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody waits for it any more")]
    private async Task EndObjectsAsync()
    {
        try
        {
            await _objects.EndAsync();
        }
        catch (Exception failure)
        {
            _log.Failed($"an upload to Amazon S3 was given up, and could not be aborted: {failure.Message}");
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A bug in one answer must not end the connection without a word")]
    private async Task AnswerQuestionAsync()
    {
        var question = _question!;
        _question = null;
        _reply.Clear();
        try
        {
            // An explanation must not run on this thread, which polls for all calls.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            FrameWriter.Explanation(_reply.Frame, question.RequestId, (await _explain(question, _call.Token)).Span);
        }
        catch (Exception failure)
        {
            if (_call.Abandoned)
                return;
            _log.Failed($"an explanation failed: {failure}");
            _reply.Clear();
            FrameWriter.Error(_reply.Frame, question.RequestId, Protocol.Internal(failure.GetType().Name));
        }
    }

    private Refusal? Greet(ReadOnlyMemory<byte> body)
    {
        if (!Protocol.TryReadHello(body.Span, out var offered))
            return new(Protocol.Violated("Hello without a version"));
        if (offered < Protocol.Lowest)
            return new(Protocol.NoCommonVersion(offered));
        _version = Math.Min(offered, Protocol.Version);
        FrameWriter.Welcome(_answer, _version, Environment.ProcessId, BridgeVersion.Name);
        return null;
    }

    private Refusal? WriteStatus()
    {
        FrameWriter.StatusText(_answer, _status.ToJson());
        return null;
    }

    private async ValueTask SendAnswerAsync()
    {
        _receiving.Clear();
        await _socket.SendAsync(_answer.Written);
        _answer.Clear();
    }

    /// <summary>Sends the reason, if the client still listens.</summary>
    private void Refuse(Refusal refusal)
    {
        _status.ProtocolViolated(refusal.Error.SqlState);
        _log.ConnectionRefused(refusal.Error);
        _answer.Clear();
        FrameWriter.Error(_answer, refusal.RequestId, refusal.Error);
        try
        {
            _socket.TrySend(_answer.WrittenSpan);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    /// <summary>The reason why the bridge closes a connection.</summary>
    private sealed record Refusal(SqlError Error, uint RequestId = 0);
}
