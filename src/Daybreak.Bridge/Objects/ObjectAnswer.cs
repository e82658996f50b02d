using System.Globalization;
using System.Text;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Objects;

/// <summary>What Amazon S3 answered to a request that succeeded.</summary>
/// <param name="Bytes">The piece of GetObject.</param>
/// <param name="Size">Bytes of the whole object.</param>
/// <param name="ETag">With its quotation marks.</param>
/// <param name="ContentEncoding">Empty when the object has none.</param>
/// <param name="UploadId">The upload that was begun.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html</remarks>
internal sealed record ObjectAnswer(byte[] Bytes, long Size, string ETag, string ContentEncoding, string? UploadId)
{
    private const int NotSatisfiable = 416;

    /// <summary>Whether it is what was asked for. A first piece behind the end is: an empty object has no other.</summary>
    public static bool Succeeded(ObjectFrame asked, ObjectRange? range, ReplyReader http) =>
        asked.Operation == ObjectOperation.CompleteMultipartUpload
            // S3 begins this answer before it knows its outcome, so that an error may come with status 200.
            ? http.Head.Status == 200 && !XmlTexts.Read(http.Body.Bytes).ContainsKey("Code")
            : http.Head.Status is >= 200 and <= 299 || (http.Head.Status == NotSatisfiable && range is { Offset: 0 });

    /// <summary>Code and message of an error; code is empty when the body is not S3's.</summary>
    public static (string Code, string? Message) Refusal(ReplyReader http)
    {
        var texts = XmlTexts.Read(http.Body.Bytes);
        return (texts.GetValueOrDefault("Code", ""), texts.GetValueOrDefault("Message"));
    }

    public static ObjectAnswer Read(ObjectFrame asked, ReplyReader http) =>
        new(
            asked.Operation == ObjectOperation.GetObject && http.Head.Status != NotSatisfiable ? http.Body.Bytes.ToArray() : [],
            SizeOf(http),
            Encoding.ASCII.GetString(http.Header(ReplyHeader.ETag)),
            Encoding.ASCII.GetString(http.Header(ReplyHeader.ContentEncoding)),
            asked.Operation == ObjectOperation.CreateMultipartUpload ? XmlTexts.Read(http.Body.Bytes).GetValueOrDefault("UploadId") : null
        );

    /// <summary>The size of the whole object: <c>Content-Range: bytes 0-4194303/9000000</c>, or <c>bytes */0</c>.</summary>
    private static long SizeOf(ReplyReader http)
    {
        var range = Encoding.ASCII.GetString(http.Header(ReplyHeader.ContentRange));
        var size = range[(range.LastIndexOf('/') + 1)..];
        return long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes
            : http.Head.Status == NotSatisfiable ? 0
            : http.Body.Bytes.Length;
    }
}
