using System.Text;

namespace Daybreak.Aws.Signing;

/// <summary>Signs any request, in its headers or in its query. It is convenient rather than fast; see <see cref="SigV4Signer"/>.</summary>
public static class SigV4RequestSigner
{
    /// <summary>Proxies change or add these headers, so a signature must not cover them.</summary>
    private static readonly HashSet<string> Unsignable = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization",
        "connection",
        "expect",
        "transfer-encoding",
        "user-agent",
        "x-amzn-trace-id",
    };

    /// <summary>Adds x-amz-date, x-amz-security-token (for temporary credentials) and Authorization.</summary>
    /// <param name="request">Includes its <c>host</c> header.</param>
    public static SignedRequest Sign(in RequestHead request, ReadOnlySpan<byte> body, SigningContext context)
    {
        var payloadHash = HashOf(body);
        return Sign(
            context.SendPayloadHash
                ? request with
                {
                    Headers = (HttpField[])[.. request.Headers.Span, new("x-amz-content-sha256", payloadHash)],
                }
                : request,
            payloadHash,
            context
        );
    }

    /// <summary>The same for a body that is not at hand.</summary>
    /// <param name="payloadHash">The last line of the canonical request: the body's hash, or a word such as
    /// <c>UNSIGNED-PAYLOAD</c>.</param>
    public static SignedRequest Sign(in RequestHead request, string payloadHash, SigningContext context)
    {
        var headers = new List<HttpField>(request.Headers.ToArray()) { new("X-Amz-Date", AmzDate.Format(context.Time)) };
        var token = new HttpField("X-Amz-Security-Token", context.Credentials.SessionToken ?? "");
        if (token.Value.Length > 0 && !context.LeaveTokenUnsigned)
            headers.Add(token);
        var signed = Canonical(request with { Headers = headers.ToArray() }, payloadHash, context, presigned: false, out var names);
        if (token.Value.Length > 0 && context.LeaveTokenUnsigned)
            headers.Add(token);
        headers.Add(
            new(
                "Authorization",
                $"AWS4-HMAC-SHA256 Credential={context.Credentials.AccessKeyId}/{context.Scope}, SignedHeaders={names}, "
                    + $"Signature={signed.Signature}"
            )
        );
        return signed with { Request = request with { Headers = headers.ToArray() } };
    }

    /// <summary>Puts the signature into the query, so that the address is enough to send the request.</summary>
    /// <param name="expiresSeconds">1 to 604,800.</param>
    public static SignedRequest Presign(in RequestHead request, ReadOnlySpan<byte> body, SigningContext context, int expiresSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expiresSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expiresSeconds, 604_800);
        var names = SignedNames(request.Headers.Span);
        var target = new StringBuilder(request.Target);
        var separator = request.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        void Add(string name, string value)
        {
            target.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        Add("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
        Add("X-Amz-Credential", $"{context.Credentials.AccessKeyId}/{context.Scope}");
        Add("X-Amz-Date", AmzDate.Format(context.Time));
        Add("X-Amz-SignedHeaders", names);
        Add("X-Amz-Expires", expiresSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var token = context.Credentials.SessionToken;
        if (token is not null && !context.LeaveTokenUnsigned)
            Add("X-Amz-Security-Token", token);
        var signed = Canonical(request with { Target = target.ToString() }, HashOf(body), context, presigned: true, out _);
        if (token is not null && context.LeaveTokenUnsigned)
            Add("X-Amz-Security-Token", token);
        Add("X-Amz-Signature", signed.Signature);
        return signed with { Request = request with { Target = target.ToString() } };
    }

    private static SignedRequest Canonical(
        in RequestHead request,
        string payloadHash,
        SigningContext context,
        bool presigned,
        out string names
    )
    {
        names = SignedNames(request.Headers.Span);
        using var headers = new SignedHeaderList(request.Headers.Span, names);
        var canonical = new Utf8Writer(stackalloc byte[2048]);
        var text = new Utf8Writer(stackalloc byte[512]);
        CanonicalRequest.Write(
            ref canonical,
            Utf8(request.Method),
            Utf8(request.Path),
            Utf8(request.Query),
            presigned,
            headers.Sorted,
            Utf8(payloadHash),
            context.PathEncoding
        );
        var date = AmzDate.Format(context.Time);
        CanonicalRequest.WriteStringToSign(ref text, Utf8(date), Utf8(context.Scope), canonical.Written);
        var key = SigningKey.Derive(context.Credentials.SecretAccessKey, date[..AmzDate.DayLength], context.Region, context.Service);
        Span<byte> signature = stackalloc byte[SigningKey.Length];
        key.Sign(text.Written, signature);
        var signed = new SignedRequest(
            request,
            Encoding.UTF8.GetString(canonical.Written),
            Encoding.UTF8.GetString(text.Written),
            Convert.ToHexStringLower(signature)
        );
        canonical.Dispose();
        text.Dispose();
        return signed;
    }

    private static string SignedNames(ReadOnlySpan<HttpField> headers)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var field in headers)
        {
            if (!Unsignable.Contains(field.Name))
                names.Add(field.Name.ToLowerInvariant());
        }
        return string.Join(';', names);
    }

    private static string HashOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hex = stackalloc byte[PayloadHash.HexLength];
        PayloadHash.Compute(body, hex);
        return Encoding.ASCII.GetString(hex);
    }

    private static byte[] Utf8(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
