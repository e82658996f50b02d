using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>The header X-Amz-Client-Context.</summary>
internal static class ClientContext
{
    /// <summary>Its JSON; null when there is none.</summary>
    /// <exception cref="Aws.AwsException">It is not a JSON object in Base64.</exception>
    public static string? Decode(string? encoded)
    {
        if (encoded is null)
            return null;
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            throw LambdaErrors.InvalidClientContext();
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw LambdaErrors.InvalidClientContext();
            // The context is passed on in a header, so it is rewritten without line breaks and with non-ASCII characters escaped.
            var buffer = new ArrayBufferWriter<byte>(length);
            using (var json = new Utf8JsonWriter(buffer))
                document.RootElement.WriteTo(json);
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (JsonException)
        {
            throw LambdaErrors.InvalidClientContext();
        }
    }
}
