using System.Text.Json;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>Real calls and their answers, to be answered alike later.</summary>
internal sealed class Recording
{
    /// <summary>Most bytes of payloads and results. What comes then is not recorded.</summary>
    private const long Most = 64 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly List<RecordedCall> _calls = [];
    private long _bytes;
    private bool _isFull;
    private volatile bool _isOn;

    public bool IsOn => _isOn;

    /// <summary>Begins anew.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _calls.Clear();
            (_bytes, _isFull, _isOn) = (0, false, true);
        }
    }

    public void Stop() => _isOn = false;

    public void Clear()
    {
        lock (_lock)
        {
            _calls.Clear();
            (_bytes, _isFull, _isOn) = (0, false, false);
        }
    }

    public void Add(FunctionReference function, ReadOnlyMemory<byte> payload, InvocationOutcome outcome)
    {
        lock (_lock)
        {
            if (!_isOn || _isFull)
                return;
            _bytes += payload.Length + outcome.Payload.Length;
            _isFull = _bytes > Most;
            if (!_isFull)
                _calls.Add(new RecordedCall(function.Name, payload.ToArray(), outcome.Payload.ToArray(), outcome.FunctionError));
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        RecordedCall[] calls;
        lock (_lock)
            calls = [.. _calls];
        json.WriteStartObject();
        json.WriteBoolean("on", IsOn);
        json.WriteBoolean("complete", !_isFull);
        json.WriteStartArray("calls");
        foreach (var call in calls)
            call.Write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>A call and its answer.</summary>
internal sealed record RecordedCall(string Function, byte[] Payload, byte[] Result, string? FunctionError)
{
    /// <returns>Null when it is none.</returns>
    public static RecordedCall? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || JsonBody.Text(json, "function") is not { } function)
            return null;
        return new RecordedCall(
            function,
            JsonBody.Raw(json, "payload"),
            JsonBody.Raw(json, "result"),
            JsonBody.Text(json, "functionError")
        );
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("function", Function);
        JsonBody.Write(json, "payload", Payload);
        JsonBody.Write(json, "result", Result);
        json.WriteString("functionError", FunctionError);
        json.WriteEndObject();
    }
}
