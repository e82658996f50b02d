using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>An answer that stands in for a function, which need not exist.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Payload">Only for payloads that have this; null: for all.</param>
/// <param name="IsExact">Whether they may have nothing else.</param>
internal sealed record Stub(
    string Function,
    JsonElement? Payload,
    bool IsExact,
    ReadOnlyMemory<byte> Result,
    string? FunctionError,
    int Milliseconds
)
{
    private int _used;

    public long Number { get; init; }

    public int Used => Volatile.Read(ref _used);

    public bool Matches(string function, JsonElement? payload) =>
        Function == function
        && (
            Payload is not { } pattern
            || (payload is { } json && (IsExact ? JsonElement.DeepEquals(json, pattern) : JsonSubset.Has(json, pattern)))
        );

    /// <summary>Its answer, which is given after its milliseconds.</summary>
    public InvocationOutcome Answer()
    {
        Interlocked.Increment(ref _used);
        return new InvocationOutcome(Result, FunctionError, default);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("number", Number);
        json.WriteString("function", Function);
        if (Payload is { } pattern)
        {
            json.WritePropertyName(IsExact ? "payload" : "contains");
            pattern.WriteTo(json);
        }
        new CutText(Result).Write(json, "result");
        json.WriteString("functionError", FunctionError);
        json.WriteNumber("milliseconds", Milliseconds);
        json.WriteNumber("used", Used);
        json.WriteEndObject();
    }
}
