using System.Buffers;
using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>The record of an event for its destination.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html"/></summary>
internal static class EventRecord
{
    // A payload that is stored was checked, and keeps its text.
    private static readonly JsonWriterOptions AsGiven = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <param name="runs">How often the function ran.</param>
    /// <param name="last">The version and outcome of the last run; null: it did not run now.</param>
    public static byte[] Of(
        QueuedEvent queued,
        EventCondition condition,
        int runs,
        (string Version, InvocationOutcome Outcome)? last,
        DateTimeOffset now
    )
    {
        var buffer = new ArrayBufferWriter<byte>(queued.Payload.Length + 1024);
        using (var json = new Utf8JsonWriter(buffer, AsGiven))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteString(
                "timestamp",
                now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture)
            );
            json.WriteStartObject("requestContext");
            json.WriteString("requestId", queued.RequestId);
            json.WriteString("functionArn", queued.Function.QualifiedArn);
            json.WriteString("condition", condition.ToString());
            json.WriteNumber("approximateInvokeCount", runs);
            json.WriteEndObject();
            json.WritePropertyName("requestPayload");
            WriteValue(json, queued.Payload, "{}"u8);
            if (last is var (version, outcome))
            {
                json.WriteStartObject("responseContext");
                json.WriteNumber("statusCode", 200);
                json.WriteString("executedVersion", version);
                if (outcome.FunctionError is { } error)
                    json.WriteString("functionError", error);
                json.WriteEndObject();
                json.WritePropertyName("responsePayload");
                WriteValue(json, outcome.Payload.Span, "null"u8);
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteValue(Utf8JsonWriter json, ReadOnlySpan<byte> value, ReadOnlySpan<byte> empty)
    {
        if (value.IsEmpty)
            json.WriteRawValue(empty, skipInputValidation: true);
        else if (IsJson(value))
            json.WriteRawValue(value, skipInputValidation: true);
        else // a function may answer with anything
            json.WriteStringValue(System.Text.Encoding.UTF8.GetString(value));
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1000 });
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
