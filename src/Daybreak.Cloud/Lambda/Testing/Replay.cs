using System.Net;
using System.Text;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>
/// Recorded calls that answer for their functions. The same call that was recorded several times is answered in that order, and by the last
/// of the answers from then on.
/// </summary>
internal sealed class Replay(IReadOnlyList<RecordedCall> calls)
{
    private const int MostMissed = 100;

    private readonly Lock _lock = new();
    private readonly ILookup<string, Answers> _byFunction = calls
        .GroupBy(static call => (call.Function, Text: JsonBody.Canonical(call.Payload)))
        .Select(static same => new Answers(same.Key.Function, same.Key.Text, [.. same]))
        .ToLookup(static answers => answers.Function);
    private readonly Queue<(string Function, CutText Payload)> _missed = new();
    private int _used;

    public bool Has(string function) => _byFunction.Contains(function);

    /// <exception cref="AwsException">This call was not recorded.</exception>
    public InvocationOutcome Answer(string function, ReadOnlyMemory<byte> payload)
    {
        var text = JsonBody.Canonical(payload);
        lock (_lock)
        {
            if (_byFunction[function].FirstOrDefault(answers => answers.Payload == text) is { } found)
            {
                _used++;
                return found.Next();
            }
            if (_missed.Count == MostMissed)
                _missed.Dequeue();
            _missed.Enqueue((function, new CutText(payload)));
        }
        var shown = Encoding.UTF8.GetString(payload.Span[..Math.Min(payload.Length, 200)]);
        throw AwsException.Sender(
            "ReplayMissException",
            $"The replay has no answer of {function} for the payload {shown}",
            HttpStatusCode.NotFound
        );
    }

    public void Write(Utf8JsonWriter json)
    {
        lock (_lock)
        {
            json.WriteStartObject();
            json.WriteBoolean("on", true);
            json.WriteStartArray("functions");
            foreach (var function in _byFunction)
                json.WriteStringValue(function.Key);
            json.WriteEndArray();
            json.WriteNumber("used", _used);
            json.WriteStartArray("missed");
            foreach (var (function, payload) in _missed)
            {
                json.WriteStartObject();
                json.WriteString("function", function);
                payload.Write(json, "payload");
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private sealed class Answers(string function, string payload, RecordedCall[] inOrder)
    {
        private int _next;

        public string Function => function;

        public string Payload => payload;

        public InvocationOutcome Next()
        {
            var call = inOrder[Math.Min(_next++, inOrder.Length - 1)];
            return new InvocationOutcome(call.Result, call.FunctionError, default);
        }
    }
}
