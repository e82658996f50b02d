using System.Buffers.Text;

namespace Daybreak.Bridge.Invocation;

/// <summary>The argument context: a JSON object, sent in base64 as <c>X-Amz-Client-Context</c>.</summary>
public static class ClientContext
{
    /// <summary>The API's limit, in bytes of base64.</summary>
    public const int MaxEncoded = 3_583;

    /// <exception cref="InvocationException">LM006: not an object; LM007: too large.</exception>
    public static void Require(ReadOnlySpan<byte> json)
    {
        var first = json.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0 || json[first] != '{')
            throw InvocationFailures.WrongArgument("context is not a JSON object.", "It has the form {\"custom\": {...}, \"env\": {...}}.");
        var encoded = (json.Length + 2L) / 3 * 4;
        if (encoded > MaxEncoded)
            throw InvocationFailures.TooLarge(
                $"{encoded} byte client context is too large (limit {MaxEncoded} bytes)",
                $"The limit of {MaxEncoded} bytes counts the base64 form: about {MaxEncoded / 4 * 3} bytes of JSON."
            );
    }

    /// <summary>
    /// Writes the base64 form and returns its length; <paramref name="destination"/> has room for <see cref="MaxEncoded"/>.
    /// </summary>
    public static int Encode(ReadOnlySpan<byte> json, Span<byte> destination)
    {
        Base64.EncodeToUtf8(json, destination, out _, out var written);
        return written;
    }
}
