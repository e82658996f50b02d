using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Daybreak.Cloud.Lambda.Invoking;

/// <summary>Checks that a payload is JSON. Any value is allowed, not only an object; an empty payload means <c>{}</c>.</summary>
internal static class JsonPayload
{
    /// <summary>The maximum depth of AWS's parser.</summary>
    private const int MaxDepth = 1000;

    private const string Expected = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    /// <exception cref="Aws.AwsException">InvalidRequestContentException, in the words of AWS's parser.</exception>
    public static void Check(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return;
        if (!Utf8.IsValid(payload)) // the reader does not check strings that nobody reads
            throw InvalidUtf8(payload);
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read()) { }
        }
        catch (JsonException error)
        {
            throw Explain(payload, (int)(error.LineNumber ?? 0), (int)(error.BytePositionInLine ?? 0), error);
        }
    }

    private static Aws.AwsException InvalidUtf8(ReadOnlySpan<byte> payload)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(payload[position..], out _, out var length) == OperationStatus.Done)
            position += length;
        var before = payload[..position];
        return LambdaErrors.InvalidPayload(
            $"Invalid UTF-8 start byte 0x{payload[position]:x2}",
            before.Count((byte)'\n') + 1,
            position - before.LastIndexOf((byte)'\n')
        );
    }

    private static Aws.AwsException Explain(ReadOnlySpan<byte> payload, int line, int column, JsonException error)
    {
        var position = column;
        for (var rest = line; rest > 0; rest--)
            position += payload[(position - column)..].IndexOf((byte)'\n') + 1;
        // The reader stops inside a word that starts like a literal, but AWS's message has the whole word.
        for (; position > 0 && position < payload.Length && IsWord(payload[position]) && IsWord(payload[position - 1]); position--)
            column--;
        var text =
            position >= payload.Length ? "Unexpected end-of-input"
            : error.Message.Contains("depth", StringComparison.Ordinal)
                ? $"Document nesting depth ({MaxDepth + 1}) exceeds the maximum allowed ({MaxDepth})"
            : char.IsAsciiLetter((char)payload[position]) ? $"Unrecognized token '{Word(payload[position..])}': was expecting {Expected}"
            : $"Unexpected character ({Show(payload[position..])}): expected a valid value {Expected}";
        return LambdaErrors.InvalidPayload(text, line + 1, column + 1);
    }

    private static string Word(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < Math.Min(text.Length, 256) && IsWord(text[length]))
            length++;
        return Encoding.ASCII.GetString(text[..length]);
    }

    private static bool IsWord(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'$';

    private static string Show(ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out var rune, out _);
        return rune.Value < 0x20 ? $"(CTRL-CHAR, code {rune.Value})" : $"'{rune}' (code {rune.Value})";
    }
}
