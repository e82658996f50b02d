using System.Text.Json;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>An invocation that has ended, as the test interface lists it.</summary>
/// <param name="Caller">Who called.</param>
/// <param name="AnsweredBy"><c>function</c>, <c>stub</c>, <c>replay</c> or <c>fault</c>.</param>
/// <param name="Version">Null: none ran.</param>
internal sealed record RecordedInvocation(
    FunctionReference Function,
    InvocationCaller Caller,
    string RequestId,
    string AnsweredBy,
    string? Version,
    DateTimeOffset Started,
    TimeSpan Duration,
    CutText Payload,
    CutText Result,
    string? FunctionError,
    string? ErrorCode,
    string? ErrorMessage
)
{
    /// <summary>Numbers rise by one from invocation to invocation.</summary>
    public long Number { get; init; }

    public bool HasFailed => FunctionError is not null || ErrorCode is not null;

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("number", Number);
        json.WriteString("function", Function.Name);
        json.WriteString("arn", Function.Arn);
        json.WriteString("qualifier", Function.Qualifier);
        json.WriteString("version", Version);
        Caller.Write(json);
        json.WriteString("requestId", RequestId);
        json.WriteString("answeredBy", AnsweredBy);
        json.WriteString("started", Started.UtcDateTime);
        json.WriteNumber("milliseconds", Math.Round(Duration.TotalMilliseconds, 3));
        Payload.Write(json, "payload");
        Result.Write(json, "result");
        json.WriteString("functionError", FunctionError);
        if (ErrorCode is null)
            json.WriteNull("error");
        else
        {
            json.WriteStartObject("error");
            json.WriteString("code", ErrorCode);
            json.WriteString("message", ErrorMessage);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
