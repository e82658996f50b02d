using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Daybreak.Aws.Signing;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Invocation;

/// <summary>The Invoke request as bytes: request line, headers, signature (Lambda API reference, Invoke; Signature Version 4).</summary>
public static class InvokeHttpRequest
{
    /// <summary>A body up to this size is sent together with the head, in one packet if it fits.</summary>
    public const int InlineBody = 16 * 1024;

    private static readonly byte[] ContentType = "application/json"u8.ToArray();
    private static readonly byte[] ContentTypeName = "content-type"u8.ToArray();
    private static readonly byte[] HostName = "host"u8.ToArray();
    private static readonly byte[] ContextName = "x-amz-client-context"u8.ToArray();
    private static readonly byte[] TypeName = "x-amz-invocation-type"u8.ToArray();
    private static readonly byte[] LogName = "x-amz-log-type"u8.ToArray();

    /// <summary>Writes the head, and the body when it is small; returns the rest of the body, which is still to be sent.</summary>
    /// <param name="session">Database, user and process of the caller, for a local AWS; empty for any other endpoint.</param>
    /// <param name="application">The application of that session.</param>
    public static ReadOnlyMemory<byte> Write(
        HttpConnection to,
        InvokeTarget target,
        CredentialSnapshot credentials,
        ReadOnlyMemory<byte> amzDate,
        ReadOnlyMemory<byte> payload,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> traceParent = default,
        ReadOnlySpan<byte> session = default,
        ReadOnlySpan<byte> application = default
    )
    {
        var encodedContext = context.IsEmpty ? null : ArrayPool<byte>.Shared.Rent(ClientContext.MaxEncoded);
        try
        {
            var contextValue = encodedContext is null ? default : encodedContext.AsMemory(0, ClientContext.Encode(context, encodedContext));
            WriteHead(to, target, credentials, amzDate, payload.Span, contextValue, traceParent, session, application);
        }
        finally
        {
            if (encodedContext is not null)
                ArrayPool<byte>.Shared.Return(encodedContext);
        }
        if (payload.Length > InlineBody)
            return payload;
        to.Request.Write(payload.Span);
        return default;
    }

    private static void WriteHead(
        HttpConnection connection,
        InvokeTarget target,
        CredentialSnapshot credentials,
        ReadOnlyMemory<byte> amzDate,
        ReadOnlySpan<byte> payload,
        ReadOnlyMemory<byte> context,
        ReadOnlySpan<byte> traceParent,
        ReadOnlySpan<byte> session,
        ReadOnlySpan<byte> application
    )
    {
        // 1. The signed headers, sorted by name.
        var signer = credentials.SignerFor(target.Region);
        var room = default(SignedHeaders);
        var count = 0;
        room[count++] = new(ContentTypeName, ContentType);
        room[count++] = new(HostName, target.Host);
        if (!context.IsEmpty)
            room[count++] = new(ContextName, context);
        room[count++] = new(TypeName, target.TypeWord);
        room[count++] = new(LogName, target.LogWord);
        ReadOnlySpan<Utf8Header> signed = ((Span<Utf8Header>)room)[..count];

        // 2. Request line.
        var to = connection.Request;
        to.Clear();
        to.Write("POST "u8);
        if (connection.Proxy is { } hop)
            to.Write(hop.AbsolutePrefix.Span);
        to.Write(target.Path.Span);
        if (!target.Query.IsEmpty)
        {
            to.WriteByte((byte)'?');
            to.Write(target.Query.Span);
        }
        to.Write(" HTTP/1.1\r\n"u8);

        // 3. Headers, then the signature over them.
        foreach (ref readonly var header in signed)
            Header(to, header.Name.Span, header.Value.Span);
        Header(to, "x-amz-date"u8, amzDate.Span);
        if (!signer.SecurityToken.IsEmpty)
            Header(to, "x-amz-security-token"u8, signer.SecurityToken.Span);
        if (connection.Proxy?.Authorization is { } proxyAuthorization)
            Header(to, "proxy-authorization"u8, proxyAuthorization.Span);
        to.Write("user-agent: "u8);
        to.Write(BridgeVersion.UserAgent);
        if (!session.IsEmpty)
            SessionName.Write(to, session, application);
        to.Write("\r\n"u8);
        // Not signed, as by the AWS SDKs: hops on the way may change it.
        if (TraceParent.IsValid(traceParent))
            TraceHeader(to, traceParent);
        to.Write("content-length: "u8);
        Utf8Formatter.TryFormat(payload.Length, to.GetSpan(11), out var digits);
        to.Advance(digits);
        to.Write("\r\nauthorization: "u8);
        var authorization = to.GetSpan(signer.MaxAuthorizationLength(signed));
        to.Advance(signer.Sign("POST"u8, target.Path.Span, target.Query.Span, signed, payload, amzDate, authorization));
        to.Write("\r\n\r\n"u8);
    }

    private static void TraceHeader(ByteBuffer to, ReadOnlySpan<byte> traceParent)
    {
        to.Write("x-amzn-trace-id: "u8);
        to.Advance(TraceParent.WriteAmazon(traceParent, to.GetSpan(TraceParent.AmazonLength)));
        to.Write("\r\n"u8);
    }

    private static void Header(ByteBuffer to, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        to.Write(name);
        to.Write(": "u8);
        to.Write(value);
        to.Write("\r\n"u8);
    }

    [InlineArray(5)]
    private struct SignedHeaders
    {
        private Utf8Header _first;
    }
}
