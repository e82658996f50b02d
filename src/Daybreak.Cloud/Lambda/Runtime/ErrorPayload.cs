using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime.Extensions;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>
/// Payloads that Lambda itself writes when the runtime cannot. They were recorded from AWS, including the order of the members.
/// </summary>
internal static class ErrorPayload
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly byte[] ResponseTooLarge = Encoding.UTF8.GetBytes(
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"errorMessage":"Response payload size exceeded """
                + $$"""maximum allowed payload size ({{PayloadLimits.Response}} bytes).","errorType":"Function.ResponseSizeTooLarge"}"""
        )
    );

    public static readonly byte[] StreamTooLarge = Encoding.UTF8.GetBytes(
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"errorMessage":"Response payload size exceeded """
                + $$"""maximum allowed payload size ({{PayloadLimits.Stream}} bytes).","errorType":"Function.ResponseSizeTooLarge"}"""
        )
    );

    /// <summary>The payload of an error of which only the type is known.</summary>
    public static byte[] OfType(string type) => Write(type, "");

    /// <summary>The type that a payload names; null when it names none.</summary>
    public static string? TypeIn(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.GetProperty("errorType").GetString();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The first kilobyte of an error's <c>errorMessage</c>; null when it has none.</summary>
    public static string? MessageIn(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("errorMessage", out var message)
                && message.ValueKind == JsonValueKind.String
                ? message.GetString() is { Length: > 1024 } text
                    ? text[..1024]
                    : message.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] TimedOut(string requestId, TimeSpan timeout) =>
        Write("Sandbox.Timedout", $"RequestId: {requestId} Error: {TimedOutText(timeout)}");

    public static byte[] Exited(string requestId, ProcessExit exit) =>
        Write("Runtime.ExitError", $"RequestId: {requestId} Error: {ExitText(exit)}");

    public static byte[] Failed(string requestId, ExtensionFailure failure) =>
        Write(failure.Type, $"RequestId: {requestId} Error: {failure.Reason}");

    public static byte[] InvalidEntrypoint(string requestId, string reason) =>
        Write("Runtime.InvalidEntrypoint", $"RequestId: {requestId} Error: {reason}");

    public static string TimedOutText(TimeSpan timeout) =>
        string.Create(CultureInfo.InvariantCulture, $"Task timed out after {timeout.TotalSeconds:F2} seconds");

    public static string ExitText(ProcessExit exit) =>
        exit.Succeeded ? "Runtime exited without providing a reason" : "Runtime exited with error: " + exit;

    /// <summary>Removes the X-Ray cause from a payload of type <c>application/vnd.aws.lambda.error.cause+json</c>.</summary>
    public static ReadOnlyMemory<byte> WithoutCause(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var buffer = new ArrayBufferWriter<byte>();
            using var writer = new Utf8JsonWriter(buffer, Plain);
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject().Where(member => member.Name != "errorCause"))
                member.WriteTo(writer);
            writer.WriteEndObject();
            writer.Flush();
            return buffer.WrittenMemory;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return body;
        }
    }

    private static byte[] Write(string errorType, string errorMessage)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Plain);
        writer.WriteStartObject();
        writer.WriteString("errorType", errorType);
        writer.WriteString("errorMessage", errorMessage);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
