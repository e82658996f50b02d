using System.Globalization;
using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>Scalars written as text: in headers, query strings and form parameters.</summary>
internal static class TextScalar
{
    public static object Read(Member member, string text) => Read(((ScalarShape)member.Shape).Kind, member.Name, text);

    /// <exception cref="AwsException">SerializationException that names the member.</exception>
    public static object Read(ScalarKind kind, string name, string text) =>
        kind switch
        {
            ScalarKind.String => text,
            ScalarKind.Boolean => text.ToLowerInvariant() switch
            {
                "true" => true,
                "false" => false,
                _ => throw Wrong(name, text, "Boolean"),
            },
            ScalarKind.Integer => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Wrong(name, text, "Integer"),
            ScalarKind.Long => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Wrong(name, text, "Long"),
            ScalarKind.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Wrong(name, text, "Double"),
            ScalarKind.Timestamp => DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
                ? time
                : throw Wrong(name, text, "Timestamp"),
            _ => ReadBlob(name, text),
        };

    private static ReadOnlyMemory<byte> ReadBlob(string name, string text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes.AsMemory(0, length) : throw Wrong(name, text, "Blob");
    }

    private static AwsException Wrong(string name, string text, string wanted) =>
        AwsException.Sender("SerializationException", $"Value '{text}' of {name} can not be converted to {wanted}");
}
