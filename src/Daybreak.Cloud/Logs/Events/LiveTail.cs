using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.Logs.Groups;
using Daybreak.Cloud.Logs.Patterns;
using Daybreak.Cloud.Logs.Storage;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Logs.Events;

/// <summary>The operation StartLiveTail: the caller gets events as they arrive, for three hours at most.</summary>
internal sealed class LiveTail(LogGroups groups, TimeProvider time)
{
    private const int MostEvents = 500;
    private const int MostBytes = 512 * 1024;
    private const int MostWaitingBatches = 256;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(3);

    private readonly ConcurrentDictionary<Session, bool> _sessions = new();

    public IEnumerable<AwsOperation> Operations() =>
        [
            new AwsOperation<StartLiveTailRequest, StartLiveTailResponse>("StartLiveTail", Start)
            {
                Permissions = static (request, context) =>
                    request.LogGroupIdentifiers.Select(identifier => new ResourcePermission(
                        LogsArn.Contents(context, LogsArn.NameOf(identifier)),
                        ContextKeys.None
                    )),
            },
        ];

    public StartLiveTailResponse Start(StartLiveTailRequest request, OperationContext context)
    {
        var tailed = request.LogGroupIdentifiers.Select(identifier => groups.Named(null, identifier, context)).ToArray();
        var pattern = FilterPattern.Parse(request.LogEventFilterPattern ?? "");
        return new StartLiveTailResponse
        {
            ResponseStream = new StreamedPayload(
                EventStream.ContentType,
                (target, cancellation) => RunAsync(new Session(request, tailed, pattern), context.RequestId, target, cancellation)
            ),
        };
    }

    /// <summary>Ends every session.</summary>
    public void EndAll()
    {
        foreach (var session in _sessions.Keys)
            session.End();
    }

    private async Task RunAsync(Session session, string requestId, PipeWriter target, CancellationToken cancellation)
    {
        _sessions[session] = true;
        var end = time.GetUtcNow() + Longest;
        try
        {
            EventStream.WriteWhole(target, "initial-response", "application/x-amz-json-1.1", new("{}"u8.ToArray()));
            EventStream.WriteWhole(target, "sessionStart", "application/json", new(session.Beginning(requestId)));
            await target.FlushAsync(cancellation);
            while (!session.HasEnded)
            {
                if (time.GetUtcNow() >= end)
                {
                    EventStream.WriteException(target, "SessionTimeoutException", """{"message":"The session has timed out."}""");
                    await target.FlushAsync(cancellation);
                    return;
                }
                await session.WaitAsync(SignOfLife, time, cancellation);
                EventStream.WriteWhole(target, "sessionUpdate", "application/json", new(session.Update()));
                if ((await target.FlushAsync(cancellation)).IsCompleted)
                    return;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The caller has gone, which is how a session usually ends.
        }
        finally
        {
            _sessions.TryRemove(session, out _);
            session.Dispose();
        }
    }

    private sealed class Session : IDisposable
    {
        private readonly Channel<(LogGroup Group, Batch Batch, ReadOnlyMemory<byte> Bytes)> _arrived;
        private readonly List<(GroupEvents Events, Action<Batch, ReadOnlyMemory<byte>> Added)> _listening = [];
        private readonly Queue<(LogGroup Group, Batch Batch, long Time, string Message)> _waiting = new();
        private readonly StartLiveTailRequest _request;
        private readonly FilterPattern _pattern;
        private volatile bool _isSampled;

        public Session(StartLiveTailRequest request, LogGroup[] groups, FilterPattern pattern)
        {
            (_request, _pattern) = (request, pattern);
            _arrived = Channel.CreateBounded<(LogGroup, Batch, ReadOnlyMemory<byte>)>(
                new BoundedChannelOptions(MostWaitingBatches) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true },
                _ => _isSampled = true
            );
            foreach (var group in groups)
            {
                void Added(Batch batch, ReadOnlyMemory<byte> bytes)
                {
                    if (IsWanted(batch.Stream.Name))
                        _arrived.Writer.TryWrite((group, batch, bytes));
                }

                group.Events.Added += Added;
                _listening.Add((group.Events, Added));
            }
        }

        public bool HasEnded { get; private set; }

        public void End()
        {
            HasEnded = true;
            _arrived.Writer.TryComplete();
        }

        public void Dispose()
        {
            foreach (var (events, added) in _listening)
                events.Added -= added;
        }

        /// <summary>Waits for an event, but not for ever.</summary>
        public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
        {
            if (_waiting.Count > 0)
                return;
            try
            {
                await _arrived.Reader.WaitToReadAsync(cancellation).AsTask().WaitAsync(longest, time, cancellation);
            }
            catch (TimeoutException)
            {
                // An update without events shows that the session lives.
            }
        }

        public byte[] Beginning(string requestId) =>
            Json(json =>
            {
                json.WriteString("requestId", requestId);
                json.WriteString("sessionId", Guid.NewGuid().ToString());
                WriteTexts(json, "logGroupIdentifiers", _request.LogGroupIdentifiers);
                WriteTexts(json, "logStreamNames", _request.LogStreamNames ?? []);
                WriteTexts(json, "logStreamNamePrefixes", _request.LogStreamNamePrefixes ?? []);
                json.WriteString("logEventFilterPattern", _request.LogEventFilterPattern ?? "");
            });

        public byte[] Update()
        {
            while (_waiting.Count < MostEvents && _arrived.Reader.TryRead(out var arrived))
                Read(arrived.Group, arrived.Batch, arrived.Bytes.Span);
            var sampled = _isSampled;
            _isSampled = false;
            return Json(json =>
            {
                json.WriteStartObject("sessionMetadata");
                json.WriteBoolean("sampled", sampled);
                json.WriteEndObject();
                json.WriteStartArray("sessionResults");
                for (int count = 0, bytes = 0; count < MostEvents && bytes < MostBytes && _waiting.TryDequeue(out var found); count++)
                {
                    json.WriteStartObject();
                    json.WriteString("logStreamName", found.Batch.Stream.Name);
                    json.WriteString("logGroupIdentifier", $"{found.Group.Key.AccountId}:{found.Group.Name}");
                    json.WriteString("message", found.Message);
                    json.WriteNumber("timestamp", found.Time);
                    json.WriteNumber("ingestionTime", found.Batch.IngestionTime);
                    json.WriteEndObject();
                    bytes += found.Message.Length;
                }
                json.WriteEndArray();
            });
        }

        private void Read(LogGroup group, Batch batch, ReadOnlySpan<byte> bytes)
        {
            foreach (var (at, message) in new BatchReader(batch.FirstTime, bytes))
            {
                if (_pattern.IsEmpty || _pattern.Matches(message))
                    _waiting.Enqueue((group, batch, at, Encoding.UTF8.GetString(message)));
            }
        }

        private bool IsWanted(string stream) =>
            (_request.LogStreamNames is null && _request.LogStreamNamePrefixes is null)
            || _request.LogStreamNames?.Contains(stream) == true
            || _request.LogStreamNamePrefixes?.Any(prefix => stream.StartsWith(prefix, StringComparison.Ordinal)) == true;

        private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
        {
            json.WriteStartArray(name);
            foreach (var text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }

        private static byte[] Json(Action<Utf8JsonWriter> write)
        {
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer, Plain))
            {
                json.WriteStartObject();
                write(json);
                json.WriteEndObject();
            }
            return buffer.WrittenSpan.ToArray();
        }
    }
}

internal sealed record StartLiveTailRequest
{
    [Length(1, 10), Length(1, 2048, OfItems = true), Pattern(@"[\w#+=/:,.@-]*", OfItems = true)]
    public required IReadOnlyList<string> LogGroupIdentifiers { get; init; }

    [Length(1, 100), Length(1, 512, OfItems = true), Pattern("[^:*]*", OfItems = true)]
    public IReadOnlyList<string>? LogStreamNames { get; init; }

    [Length(1, 100), Length(1, 512, OfItems = true), Pattern("[^:*]*", OfItems = true)]
    public IReadOnlyList<string>? LogStreamNamePrefixes { get; init; }

    [Length(0, 1024)]
    public string? LogEventFilterPattern { get; init; }
}

internal sealed record StartLiveTailResponse
{
    [Location(MemberLocation.Payload)]
    public required StreamedPayload ResponseStream { get; init; }
}
