using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Daybreak.Cloud.Lambda.Runtime.Extensions;

namespace Daybreak.Cloud.Lambda.Runtime.Api;

/// <summary>One HTTP/1.1 connection of a runtime to its Runtime API.</summary>
internal sealed class RuntimeApiConnection(Socket socket, RuntimeExchange exchange, ExtensionExchange extensions) : IDisposable
{
    private const int HeadLimit = 32 * 1024;
    private const int SentAtOnce = 64 * 1024; // the loopback interface accepts this much without waiting for the reader

    private readonly SocketReader _reader = new(socket);
    private readonly List<ArraySegment<byte>> _unsent = [];
    private int _unsentBytes;
    private bool _acceptedLast;

    private enum Call
    {
        Next,
        Response,
        Error,
        InitError,
        Ping,
        Register,
        NextEvent,
        ExtensionInitError,
        ExtensionExitError,
        Telemetry,
        Logs,
        Unknown,
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await ReadHeadAsync(cancellation) is var headLength && headLength >= 0)
        {
            if (!await ServeAsync(headLength, cancellation))
                return;
            // When the request for the next event has already arrived, the 202 is sent together with that event. This saves a
            // system call per invocation for runtimes that pipeline, as Daybreak's do. A refusal is sent at once.
            if (_reader.Unread.IsEmpty || !_acceptedLast)
                await FlushAsync(cancellation);
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _reader.Dispose();
    }

    /// <returns>Length of the head without its empty line; -1 when there is no request to serve.</returns>
    private async ValueTask<int> ReadHeadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var length = _reader.Unread.Span.IndexOf("\r\n\r\n"u8);
            if (length >= 0 && length <= HeadLimit)
                return length;
            if (length >= 0 || _reader.Unread.Length > HeadLimit)
            {
                Send(RuntimeApiReply.HeadTooLarge);
                await FlushAsync(cancellation);
                return -1;
            }

            await FlushAsync(cancellation);
            if (await _reader.ReceiveAsync(cancellation))
                continue;
            if (!_reader.Unread.IsEmpty)
            {
                Send(RuntimeApiReply.Truncated);
                await FlushAsync(cancellation);
            }

            return -1;
        }
    }

    /// <returns>False when the connection is to be closed.</returns>
    private async ValueTask<bool> ServeAsync(int headLength, CancellationToken cancellation)
    {
        if (!TryRead(headLength, out var request) || request.IsOfWebPage)
        {
            Send(request.IsOfWebPage ? RuntimeApiReply.NotForWebPages : RuntimeApiReply.Malformed);
            await FlushAsync(cancellation);
            return false;
        }

        _reader.Consume(headLength + 4);
        // As on AWS, the request is checked before its body is read.
        var refusal = request.Call switch
        {
            Call.Response => exchange.Refusal(request.RequestId, isError: false)
                ?? (request.HasValidMode ? null : RuntimeApiReply.InvalidResponseMode),
            Call.Error => exchange.Refusal(request.RequestId, isError: true),
            Call.Unknown => RuntimeApiReply.NotFound,
            _ => null,
        };
        if (request.ExpectsContinue && refusal is null && request.ContentLength != 0)
        {
            Send(RuntimeApiReply.Continue);
            await FlushAsync(cancellation);
        }

        if (refusal is null && request is { Call: Call.Response, IsStreaming: true })
            return await StreamAsync(request, cancellation);

        (var end, var body) =
            refusal is not null && request.ExpectsContinue
                ? (RequestBody.End.Complete, [])
                : await RequestBody.ReadAsync(_reader, request.ContentLength, PayloadLimits.Response, cancellation);
        switch (end)
        {
            case RequestBody.End.Truncated or RequestBody.End.Malformed:
                Send(end == RequestBody.End.Truncated ? RuntimeApiReply.Truncated : RuntimeApiReply.Malformed);
                await FlushAsync(cancellation);
                return false;
            case RequestBody.End.TooLarge when request.Call is Call.Response or Call.Error:
                Send(
                    refusal
                        ?? exchange.Respond(
                            request.RequestId,
                            new RuntimeResponse(ErrorPayload.ResponseTooLarge, IsError: true),
                            request.Call == Call.Error
                        )
                        ?? RuntimeApiReply.TooLarge
                );
                return !request.Closes || await EndedAsync(cancellation);
            case RequestBody.End.TooLarge:
                Send(RuntimeApiReply.TooLarge);
                return !request.Closes || await EndedAsync(cancellation);
        }

        if (refusal is not null)
        {
            Send(refusal);
            return (!request.Closes && !request.ExpectsContinue) || await EndedAsync(cancellation);
        }

        switch (request.Call)
        {
            case Call.Next:
                if (!await NextAsync(cancellation))
                    return false;
                break;
            case Call.Response:
                Send(
                    exchange.Respond(request.RequestId, new RuntimeResponse(body, IsError: false), toErrorCall: false)
                        ?? RuntimeApiReply.Accepted
                );
                break;
            case Call.Error:
                var payload = request.HasErrorCause ? ErrorPayload.WithoutCause(body) : body;
                Send(
                    exchange.Respond(request.RequestId, new RuntimeResponse(payload, IsError: true), toErrorCall: true)
                        ?? RuntimeApiReply.Accepted
                );
                break;
            case Call.InitError:
                Send(exchange.FailInit(body, request.ErrorType ?? "Runtime.Unknown") ?? RuntimeApiReply.Accepted);
                break;
            case Call.Ping:
                Send(RuntimeApiReply.Pong);
                break;
            case Call.Register:
                Send(extensions.Register(request.ExtensionName, body, request.WantsAccount));
                break;
            case Call.NextEvent:
                if (await extensions.NextAsync(request.ExtensionId) is not { } extensionEvent)
                    return false; // another request has superseded this one, or the environment ends
                Send(extensionEvent);
                break;
            case Call.ExtensionInitError or Call.ExtensionExitError:
                Send(
                    extensions.Fail(request.ExtensionId, request.ExtensionErrorType, request.Call == Call.ExtensionInitError)
                        ?? RuntimeApiReply.Accepted
                );
                break;
            case Call.Telemetry or Call.Logs:
                Send(extensions.Subscribe(request.ExtensionId, body, request.Call == Call.Logs));
                break;
        }

        return !request.Closes || await EndedAsync(cancellation);
    }

    // Passes the response on while it arrives, if the caller wants it that way. An error after its beginning comes as trailers.
    private async ValueTask<bool> StreamAsync(Request request, CancellationToken cancellation)
    {
        var stream = exchange.StreamOf(request.RequestId);
        var whole = new ArrayBufferWriter<byte>();
        stream?.Begin(request.ContentType);
        var (end, trailers) = await StreamedBody.CopyAsync(
            _reader,
            request.ContentLength,
            stream is null ? PayloadLimits.Response : PayloadLimits.Stream,
            stream is null
                ? (bytes, _) =>
                {
                    whole.Write(bytes.Span);
                    return ValueTask.CompletedTask;
                }
                : stream.WriteAsync,
            cancellation
        );
        if (end is RequestBody.End.Truncated or RequestBody.End.Malformed)
        {
            Send(end == RequestBody.End.Truncated ? RuntimeApiReply.Truncated : RuntimeApiReply.Malformed);
            await FlushAsync(cancellation);
            return false;
        }

        var isTooLarge = end == RequestBody.End.TooLarge;
        var response = isTooLarge
            ? new RuntimeResponse(stream is null ? ErrorPayload.ResponseTooLarge : ErrorPayload.StreamTooLarge, IsError: true)
            : StreamedBody.ErrorIn(trailers) ?? new RuntimeResponse(whole.WrittenMemory, IsError: false);
        Send(
            exchange.Respond(request.RequestId, response, toErrorCall: false)
                ?? (isTooLarge ? RuntimeApiReply.TooLarge : RuntimeApiReply.Accepted)
        );
        return !request.Closes || await EndedAsync(cancellation);
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        var run = await exchange.NextAsync(out var refusal);
        if (run is null)
        {
            if (refusal is null)
                return false; // another request has superseded this one, or the environment ends
            Send(refusal);
            return true;
        }

        Send(run.Head);
        Send(run.Event);
        await FlushAsync(cancellation);
        return true;
    }

    private async ValueTask<bool> EndedAsync(CancellationToken cancellation)
    {
        await FlushAsync(cancellation);
        return false;
    }

    private void Send(ReadOnlyMemory<byte> bytes)
    {
        if (!System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment))
            segment = bytes.ToArray();
        _acceptedLast = segment.Array == RuntimeApiReply.Accepted;
        _unsent.Add(segment);
        _unsentBytes += segment.Count;
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_unsent.Count == 0)
            return;
        try
        {
            if (_unsentBytes <= SentAtOnce)
                socket.Send(_unsent);
            else
                await SendAllAsync(cancellation);
        }
        catch (SocketException)
        {
            // The runtime has closed the connection, which the next read detects. It may ask again for an event that it did not get.
        }

        _unsent.Clear();
        _unsentBytes = 0;
    }

    private async Task SendAllAsync(CancellationToken cancellation)
    {
        foreach (var segment in _unsent)
        {
            for (ReadOnlyMemory<byte> rest = segment; rest.Length > 0; )
                rest = rest[await socket.SendAsync(rest, cancellation)..];
        }
    }

    private bool TryRead(int headLength, out Request request)
    {
        request = default;
        if (!RequestHead.TryParse(_reader.Unread.Span[..headLength], out var head))
            return false;
        var call = Route(head.Method, head.Path, out var requestId);
        request = new Request(
            call,
            requestId.IsEmpty ? [] : requestId.ToArray(),
            head.ContentLength,
            head.ExpectsContinue,
            head.Closes,
            head.HasErrorCause,
            head.ErrorType.IsEmpty ? null : Encoding.UTF8.GetString(head.ErrorType),
            head.ResponseMode.IsEmpty || Ascii.EqualsIgnoreCase(head.ResponseMode, "streaming"u8),
            !head.ResponseMode.IsEmpty,
            head.ResponseMode.IsEmpty || head.ContentType.IsEmpty ? null : Encoding.ASCII.GetString(head.ContentType),
            head.IsOfWebPage
        )
        {
            ExtensionName = Text(head.ExtensionName),
            ExtensionId = Text(head.ExtensionId),
            ExtensionErrorType = Text(head.ExtensionErrorType),
            WantsAccount = head.AcceptedFeatures.IndexOf("accountId"u8) >= 0,
        };
        return true;

        static string? Text(ReadOnlySpan<byte> value) => value.IsEmpty ? null : Encoding.UTF8.GetString(value);
    }

    private static Call Route(ReadOnlySpan<byte> method, ReadOnlySpan<byte> path, out ReadOnlySpan<byte> requestId)
    {
        requestId = default;
        var isGet = method.SequenceEqual("GET"u8);
        if (method.SequenceEqual("PUT"u8))
            return path.TrimEnd((byte)'/').SequenceEqual("/2022-07-01/telemetry"u8) ? Call.Telemetry
                : path.TrimEnd((byte)'/').SequenceEqual("/2020-08-15/logs"u8) ? Call.Logs
                : Call.Unknown;
        if (!isGet && !method.SequenceEqual("POST"u8))
            return Call.Unknown;
        if (path.StartsWith("/2020-01-01/extension/"u8))
            return ExtensionCall(isGet, path["/2020-01-01/extension/"u8.Length..]);
        if (isGet && path.SequenceEqual("/ping"u8))
            return Call.Ping;
        if (!path.StartsWith("/2018-06-01/runtime/"u8))
            return Call.Unknown;
        var rest = path["/2018-06-01/runtime/"u8.Length..];
        if (isGet)
            return rest.SequenceEqual("invocation/next"u8) ? Call.Next : Call.Unknown;
        if (rest.SequenceEqual("init/error"u8))
            return Call.InitError;
        if (!rest.StartsWith("invocation/"u8))
            return Call.Unknown;
        rest = rest["invocation/"u8.Length..];
        var slash = rest.IndexOf((byte)'/');
        if (slash <= 0)
            return Call.Unknown;
        requestId = rest[..slash];
        rest = rest[(slash + 1)..];
        return rest.SequenceEqual("response"u8) ? Call.Response
            : rest.SequenceEqual("error"u8) ? Call.Error
            : Call.Unknown;
    }

    private static Call ExtensionCall(bool isGet, ReadOnlySpan<byte> path) =>
        isGet
            ? path.SequenceEqual("event/next"u8)
                ? Call.NextEvent
                : Call.Unknown
            : path.SequenceEqual("register"u8)
                ? Call.Register
                : path.SequenceEqual("init/error"u8)
                    ? Call.ExtensionInitError
                    : path.SequenceEqual("exit/error"u8)
                        ? Call.ExtensionExitError
                        : Call.Unknown;

    private readonly record struct Request(
        Call Call,
        byte[] RequestId,
        long ContentLength,
        bool ExpectsContinue,
        bool Closes,
        bool HasErrorCause,
        string? ErrorType,
        bool HasValidMode,
        bool IsStreaming,
        string? ContentType,
        bool IsOfWebPage
    )
    {
        public string? ExtensionName { get; init; }

        public string? ExtensionId { get; init; }

        public string? ExtensionErrorType { get; init; }

        public bool WantsAccount { get; init; }
    }
}
