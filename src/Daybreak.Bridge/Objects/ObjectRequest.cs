using System.Globalization;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Objects;

/// <summary>
/// A request to Amazon S3 as bytes: request line, headers, signature (Amazon S3 API reference; Signature Version 4). AWS is asked at the
/// bucket's host name, any other endpoint by path, as the AWS SDKs do with an endpoint URL.
/// </summary>
internal sealed class ObjectRequest
{
    private const int LongestBucket = 255;
    private static readonly char[] Marks = ['&', '<', '>', '"', '\''];
    private readonly ObjectFrame _asked;
    private readonly ObjectRange? _range;
    private readonly AwsRegion _region;
    private readonly string _host;
    private readonly string _target;
    private readonly byte[]? _document;

    /// <param name="range">GetObject: which bytes of which version.</param>
    /// <param name="isAws">Whether the endpoint is AWS's own, not one that was configured.</param>
    public ObjectRequest(ObjectFrame asked, ObjectRange? range, AwsRegion region, EndpointChoice at, bool isAws)
    {
        (_asked, _range, _region) = (asked, range, region);
        RequireBucket(asked);
        // The certificate is for one label in front of the service's name, so that a bucket with a dot has none.
        var byHost = isAws && !asked.Bucket.Contains('.', StringComparison.Ordinal);
        Endpoint = byHost ? at.Endpoint with { Host = $"{asked.Bucket}.{at.Endpoint.Host}" } : at.Endpoint;
        _host = Endpoint.Authority;
        _target =
            (byHost ? at.PathPrefix : $"{at.PathPrefix}/{Encoded(asked.Bucket)}")
            + $"/{string.Join('/', asked.Key.Split('/').Select(Encoded))}"
            + QueryOf(asked);
        _document = asked.Operation == ObjectOperation.CompleteMultipartUpload ? ListOfParts(asked.Payload.Span) : null;
    }

    public HttpEndpoint Endpoint { get; }

    private string Method =>
        _asked.Operation switch
        {
            ObjectOperation.GetObject => "GET",
            ObjectOperation.PutObject or ObjectOperation.UploadPart => "PUT",
            ObjectOperation.AbortMultipartUpload => "DELETE",
            _ => "POST",
        };

    private ReadOnlyMemory<byte> Body =>
        _document
        ?? (_asked.Operation is ObjectOperation.PutObject or ObjectOperation.UploadPart ? _asked.Payload : ReadOnlyMemory<byte>.Empty);

    /// <summary>Writes the head, and returns the body, which is still to be sent.</summary>
    public ReadOnlyMemory<byte> Write(HttpConnection connection, AwsCredentials credentials, DateTimeOffset time)
    {
        var body = Body;
        var context = new SigningContext(credentials, _region.Code, "s3", time)
        {
            PathEncoding = PathEncoding.Single,
            SendPayloadHash = true,
        };
        var signed = SigV4RequestSigner.Sign(new RequestHead(Method, _target, Headers().ToArray()), body.Span, context).Request;
        var head = new StringBuilder()
            .Append(signed.Method)
            .Append(' ')
            .Append(connection.Proxy is { } hop ? Encoding.ASCII.GetString(hop.AbsolutePrefix.Span) : "")
            .Append(signed.Target)
            .Append(" HTTP/1.1\r\n");
        foreach (var field in signed.Headers.Span)
        {
            // A line end in a value, which may be an argument of SQL, would begin a header of the caller's own.
            if (field.Value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                throw ObjectFailures.WrongArgument(_asked, $"The header {field.Name} would have characters that are not printable ASCII.");
            head.Append(field.Name).Append(": ").Append(field.Value).Append("\r\n");
        }

        if (connection.Proxy?.Authorization is { } authorization)
            head.Append("proxy-authorization: ").Append(Encoding.ASCII.GetString(authorization.Span)).Append("\r\n");
        head.Append("user-agent: ").Append(Encoding.ASCII.GetString(BridgeVersion.UserAgent)).Append("\r\n");
        head.Append(CultureInfo.InvariantCulture, $"content-length: {body.Length}\r\n\r\n");
        var to = connection.Request;
        to.Clear();
        to.Write(Encoding.UTF8.GetBytes(head.ToString()));
        return body;
    }

    private IEnumerable<HttpField> Headers()
    {
        yield return new("host", _host);
        if (_range is { } range)
        {
            var last = range.Offset + ObjectRange.Length - 1;
            yield return new("range", string.Create(CultureInfo.InvariantCulture, $"bytes={range.Offset}-{last}"));
            if (range.ETag is { } etag)
                yield return new("if-match", etag);
        }
        if (_asked.KmsKey is { Length: > 0 } key && _asked.Operation is ObjectOperation.PutObject or ObjectOperation.CreateMultipartUpload)
        {
            yield return new("x-amz-server-side-encryption", "aws:kms");
            yield return new("x-amz-server-side-encryption-aws-kms-key-id", key);
        }
    }

    /// <summary>The name of the bucket becomes part of a host's, so nothing else may be in it.</summary>
    private static void RequireBucket(ObjectFrame asked)
    {
        if (
            !asked.Bucket.All(static one => char.IsAsciiLetterOrDigit(one) || one is '.' or '-' or '_')
            || asked.Bucket.Length > LongestBucket
        )
            throw ObjectFailures.WrongArgument(
                asked,
                $"The name of the bucket is \"{Shown.Briefly(asked.Bucket)}\": it has letters, digits, dots and hyphens."
            );
    }

    private static string QueryOf(ObjectFrame asked) =>
        asked.Operation switch
        {
            ObjectOperation.CreateMultipartUpload => "?uploads=",
            ObjectOperation.UploadPart => string.Create(
                CultureInfo.InvariantCulture,
                $"?partNumber={asked.PartNumber}&uploadId={Encoded(asked.UploadId ?? "")}"
            ),
            ObjectOperation.CompleteMultipartUpload or ObjectOperation.AbortMultipartUpload => $"?uploadId={Encoded(asked.UploadId ?? "")}",
            _ => "",
        };

    private static string Encoded(string text) => Uri.EscapeDataString(text);

    private static byte[] ListOfParts(ReadOnlySpan<byte> etags)
    {
        var document = new StringBuilder("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        var number = 0;
        foreach (var etag in Encoding.UTF8.GetString(etags).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // An ETag is quoted hexadecimal digits; another text would not be one that S3 gave.
            var text = etag.IndexOfAny(Marks, 1, Math.Max(etag.Length - 2, 0)) < 0 ? etag.Trim('"') : "";
            document.Append(
                CultureInfo.InvariantCulture,
                $"<Part><PartNumber>{++number}</PartNumber><ETag>&quot;{text}&quot;</ETag></Part>"
            );
        }
        return Encoding.UTF8.GetBytes(document.Append("</CompleteMultipartUpload>").ToString());
    }
}
