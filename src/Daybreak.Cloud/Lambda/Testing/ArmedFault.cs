using System.Net;
using System.Text;
using System.Text.Json;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Lambda.Testing;

/// <summary>What the next calls of a function meet instead of the function, or before it.</summary>
/// <param name="Function">Its name; <c>*</c>: of every function.</param>
/// <param name="Kind">One of the constants.</param>
/// <param name="Times">How many calls; null: all.</param>
/// <param name="Milliseconds">How long they wait before.</param>
/// <param name="Payload">The payload of a function's error.</param>
internal sealed record ArmedFault(string Function, string Kind, int? Times, int Milliseconds, int Status, byte[]? Payload)
{
    public const string Throttle = "throttle",
        ServiceError = "error",
        FunctionError = "function",
        Cut = "cut",
        Delay = "delay",
        EveryFunction = "*";

    public static readonly IReadOnlyList<string> Kinds = [Throttle, ServiceError, FunctionError, Cut, Delay];

    private static readonly byte[] Standard = Encoding.UTF8.GetBytes(
        """{"errorMessage":"This call was told to fail.","errorType":"Fault"}"""
    );

    private int _used;

    public long Number { get; init; }

    public int Used => Volatile.Read(ref _used);

    /// <summary>Takes one of its calls; false when there is none left.</summary>
    public bool TryUse()
    {
        if (Times is not { } times)
        {
            Interlocked.Increment(ref _used);
            return true;
        }
        for (var used = Used; used < times; )
        {
            var seen = Interlocked.CompareExchange(ref _used, used + 1, used);
            if (seen == used)
                return true;
            used = seen;
        }
        return false;
    }

    /// <summary>Lets a call meet it, after its milliseconds.</summary>
    /// <returns>The function's error; null: the call goes on.</returns>
    /// <exception cref="AwsException">The API's error.</exception>
    /// <exception cref="CutConnectionException">The connection is to be cut.</exception>
    public InvocationOutcome? Meet() =>
        Kind switch
        {
            Throttle => throw LambdaErrors.FunctionThrottled(),
            ServiceError => throw AwsException.Receiver(
                Status == 503 ? "ServiceUnavailable" : "ServiceException",
                "This call was told to fail.",
                (HttpStatusCode)Status
            ),
            FunctionError => new InvocationOutcome(Payload ?? Standard, "Unhandled", default),
            Cut => throw new CutConnectionException(),
            _ => null,
        };

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("number", Number);
        json.WriteString("function", Function);
        json.WriteString("kind", Kind);
        if (Times is { } times)
            json.WriteNumber("times", times);
        else
            json.WriteNull("times");
        json.WriteNumber("used", Used);
        json.WriteNumber("milliseconds", Milliseconds);
        if (Kind == ServiceError)
            json.WriteNumber("status", Status);
        json.WriteEndObject();
    }
}
