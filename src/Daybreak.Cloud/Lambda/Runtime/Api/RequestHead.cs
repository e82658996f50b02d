using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Lambda.Runtime.Api;

/// <summary>The parts of a request's head that the Runtime API needs.</summary>
internal readonly ref struct RequestHead
{
    private const int LongestHost = 260; // enough for any DNS name with a port

    public ReadOnlySpan<byte> Method { get; init; }

    public ReadOnlySpan<byte> Path { get; init; }

    /// <summary>-1 when the body is chunked.</summary>
    public long ContentLength { get; init; }

    public bool ExpectsContinue { get; init; }

    /// <summary>Whether the client closes the connection after this request: <c>Connection: close</c>, or HTTP/1.0.</summary>
    public bool Closes { get; init; }

    /// <summary>Value of Lambda-Runtime-Function-Error-Type.</summary>
    public ReadOnlySpan<byte> ErrorType { get; init; }

    /// <summary>Value of Lambda-Runtime-Function-Response-Mode.</summary>
    public ReadOnlySpan<byte> ResponseMode { get; init; }

    /// <summary>Value of Content-Type.</summary>
    public ReadOnlySpan<byte> ContentType { get; init; }

    /// <summary>Value of Lambda-Extension-Name.</summary>
    public ReadOnlySpan<byte> ExtensionName { get; init; }

    /// <summary>Value of Lambda-Extension-Identifier.</summary>
    public ReadOnlySpan<byte> ExtensionId { get; init; }

    /// <summary>Value of Lambda-Extension-Function-Error-Type.</summary>
    public ReadOnlySpan<byte> ExtensionErrorType { get; init; }

    /// <summary>Value of Lambda-Extension-Accept-Feature.</summary>
    public ReadOnlySpan<byte> AcceptedFeatures { get; init; }

    /// <summary>Whether the body has the form with a cause: <c>errorMessage</c> and <c>errorType</c> beside an X-Ray cause.</summary>
    public bool HasErrorCause { get; init; }

    /// <summary>
    /// Whether a browser sent it for a web page, or it names a host that is not this server (see <see cref="WebPages"/>).
    /// </summary>
    public bool IsOfWebPage { get; init; }

    /// <summary>Parses a head strictly: anything that RFC 9112 does not allow is refused.</summary>
    /// <param name="text">Request line and headers, without the empty line.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out RequestHead head)
    {
        head = default;
        var lineEnd = text.IndexOf("\r\n"u8);
        var line = lineEnd < 0 ? text : text[..lineEnd];
        var methodEnd = line.IndexOf((byte)' ');
        var pathEnd = line.LastIndexOf((byte)' ');
        if (methodEnd <= 0 || pathEnd <= methodEnd + 1)
            return false;
        var version = line[(pathEnd + 1)..];
        var isHttp11 = version.SequenceEqual("HTTP/1.1"u8);
        if (!isHttp11 && !version.SequenceEqual("HTTP/1.0"u8))
            return false;

        long contentLength = 0;
        bool hasLength = false,
            isChunked = false,
            expectsContinue = false,
            closes = !isHttp11,
            hasErrorCause = false,
            isOfWebPage = false;
        ReadOnlySpan<byte> errorType = default,
            responseMode = default,
            contentType = default,
            extensionName = default,
            extensionId = default,
            extensionErrorType = default,
            acceptedFeatures = default;
        var rest = lineEnd < 0 ? default : text[(lineEnd + 2)..];
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf("\r\n"u8);
            var header = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 2)..];
            var colon = header.IndexOf((byte)':');
            if (colon <= 0 || header[..colon].IndexOfAny((byte)' ', (byte)'\t', (byte)'\n') >= 0)
                return false;
            var name = header[..colon];
            var value = header[(colon + 1)..].Trim(" \t"u8);
            if (Is(name, "Content-Length"u8))
            {
                if (hasLength || !Utf8Parser.TryParse(value, out contentLength, out var used) || used != value.Length || contentLength < 0)
                    return false;
                hasLength = true;
            }
            else if (Is(name, "Transfer-Encoding"u8))
            {
                if (!Is(value, "chunked"u8))
                    return false;
                isChunked = true;
            }
            else if (Is(name, "Host"u8))
            {
                isOfWebPage |= !IsOwnHost(value);
            }
            else if (Is(name, "Origin"u8) || Is(name, "Sec-Fetch-Site"u8))
            {
                isOfWebPage = true;
            }
            else if (Is(name, "Expect"u8))
            {
                expectsContinue = Is(value, "100-continue"u8);
            }
            else if (Is(name, "Connection"u8))
            {
                closes = Is(value, "close"u8) || (!isHttp11 && !Is(value, "keep-alive"u8));
            }
            else if (Is(name, "Content-Type"u8))
            {
                contentType = value;
                hasErrorCause = Is(value, "application/vnd.aws.lambda.error.cause+json"u8);
            }
            else if (Is(name, "Lambda-Runtime-Function-Error-Type"u8))
            {
                errorType = value;
            }
            else if (Is(name, "Lambda-Runtime-Function-Response-Mode"u8))
            {
                responseMode = value;
            }
            else if (Is(name, "Lambda-Extension-Name"u8))
            {
                extensionName = value;
            }
            else if (Is(name, "Lambda-Extension-Identifier"u8))
            {
                extensionId = value;
            }
            else if (Is(name, "Lambda-Extension-Function-Error-Type"u8))
            {
                extensionErrorType = value;
            }
            else if (Is(name, "Lambda-Extension-Accept-Feature"u8))
            {
                acceptedFeatures = value;
            }
        }

        // Requests with both are a way to smuggle requests.
        if (isChunked && hasLength)
            return false;
        head = new RequestHead
        {
            Method = line[..methodEnd],
            Path = line[(methodEnd + 1)..pathEnd],
            ContentLength = isChunked ? -1 : contentLength,
            ExpectsContinue = expectsContinue,
            Closes = closes,
            ErrorType = errorType,
            ResponseMode = responseMode,
            ContentType = contentType,
            ExtensionName = extensionName,
            ExtensionId = extensionId,
            ExtensionErrorType = extensionErrorType,
            AcceptedFeatures = acceptedFeatures,
            HasErrorCause = hasErrorCause,
            IsOfWebPage = isOfWebPage,
        };
        return true;
    }

    private static bool IsOwnHost(ReadOnlySpan<byte> host)
    {
        Span<char> text = stackalloc char[LongestHost];
        return host.Length <= LongestHost
            && Ascii.ToUtf16(host, text, out var length) == OperationStatus.Done
            && OwnHost.Is(text[..length]);
    }

    private static bool Is(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Ascii.EqualsIgnoreCase(left, right);
}
