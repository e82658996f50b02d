using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Diagnostics;

/// <summary>Counters, and the JSON of the <c>StatusText</c> frame. It names no key, no payload and no caller.</summary>
public sealed class BridgeStatus(CredentialKeeper credentials, EndpointPools pools, AmbientRegion region, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _failures = new();
    private readonly long _startedAt = time.GetTimestamp();
    private long _calls;
    private long _succeeded;
    private long _abandoned;
    private int _inFlight;
    private int _connections;
    private long _work;

    /// <summary>Rises whenever a connection opens or closes, and whenever a call starts or ends.</summary>
    public long Work => Interlocked.Read(ref _work);

    /// <summary>Sessions that are connected.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Calls that are being carried out.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    public void BackendConnected()
    {
        Interlocked.Increment(ref _work);
        Interlocked.Increment(ref _connections);
    }

    public void BackendClosed()
    {
        Interlocked.Increment(ref _work);
        Interlocked.Decrement(ref _connections);
    }

    public void CallBegins()
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Increment(ref _work);
        Interlocked.Increment(ref _inFlight);
    }

    public void CallSucceeded()
    {
        Interlocked.Increment(ref _succeeded);
        Interlocked.Decrement(ref _inFlight);
    }

    public void CallAbandoned()
    {
        Interlocked.Increment(ref _abandoned);
        Interlocked.Decrement(ref _inFlight);
    }

    public void CallFailed(string sqlState)
    {
        ProtocolViolated(sqlState);
        Interlocked.Decrement(ref _inFlight);
    }

    public void ProtocolViolated(string sqlState) => _failures.AddOrUpdate(sqlState, 1, static (_, count) => count + 1);

    /// <summary>Returns one JSON object in UTF-8.</summary>
    public ReadOnlySpan<byte> ToJson()
    {
        var json = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(json);
        writer.WriteStartObject();
        writer.WriteString("version", BridgeVersion.Text);
        writer.WriteNumber("pid", Environment.ProcessId);
        writer.WriteNumber("uptime_seconds", Math.Round(time.GetElapsedTime(_startedAt).TotalSeconds, 3));
        writer.WriteNumber("resident_bytes", Environment.WorkingSet);
        writer.WriteNumber("allocated_bytes", GC.GetTotalAllocatedBytes());
        writer.WriteNumber("collections", GC.CollectionCount(0));
        writer.WriteNumber("connections", Connections);
        writer.WriteNumber("in_flight", InFlight);
        writer.WriteNumber("calls", Interlocked.Read(ref _calls));
        writer.WriteNumber("succeeded", Interlocked.Read(ref _succeeded));
        writer.WriteNumber("abandoned", Interlocked.Read(ref _abandoned));
        writer.WriteStartObject("failures");
        foreach (var (sqlState, count) in _failures.OrderBy(failure => failure.Key, StringComparer.Ordinal))
            writer.WriteNumber(sqlState, count);
        writer.WriteEndObject();
        WriteEndpoints(writer);
        WriteCredentials(writer);
        writer.WriteString("region", region.Known);
        writer.WriteEndObject();
        writer.Flush();
        return json.WrittenSpan;
    }

    private void WriteEndpoints(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("endpoints");
        foreach (var pool in pools.All)
        {
            var (open, idle, waiting) = pool.Counts;
            writer.WriteStartObject();
            writer.WriteString("endpoint", pool.Endpoint.ToString());
            writer.WriteNumber("open", open);
            writer.WriteNumber("idle", idle);
            writer.WriteNumber("waiting", waiting);
            writer.WriteNumber("capacity", pool.Capacity);
            if (pool.ClockOffset != TimeSpan.Zero)
                writer.WriteNumber("clock_offset_seconds", Math.Round(pool.ClockOffset.TotalSeconds));
            WriteBreaker(writer, pool.Breaker.View());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>Nothing while it is closed.</summary>
    private static void WriteBreaker(Utf8JsonWriter writer, BreakerView? open)
    {
        if (open is null)
            return;
        writer.WriteStartObject("breaker");
        writer.WriteNumber("failures", open.Failures);
        writer.WriteString("since", open.Since);
        if (open.Until is { } until)
            writer.WriteString("until", until);
        writer.WriteString("reason", open.Reason);
        writer.WriteEndObject();
    }

    private void WriteCredentials(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("credentials");
        writer.WriteString("source", credentials.Current?.Source);
        if (credentials.FetchedAt is { } fetched)
            writer.WriteString("fetched", fetched);
        if (credentials.Current?.Expiration is { } expiration)
            writer.WriteString("expires", expiration);
        if (credentials.LastFailure is { } failure)
            writer.WriteString("failure", failure);
        writer.WriteEndObject();
    }
}
