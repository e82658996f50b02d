using System.Runtime.CompilerServices;
using System.Text;

namespace Daybreak.Aws.Signing;

/// <summary>
/// Signs request after request with one access key for one region and service, without allocating: the signer of the
/// invocation path. Credentials that were refreshed want a new signer. Safe for concurrent use.
/// </summary>
/// <example>
/// <code>
/// AmzDate.Format(now, date);
/// int length = signer.Sign("POST"u8, path, query, headers, payload, date, authorization);
/// // send: headers, x-amz-date: date, x-amz-security-token: signer.SecurityToken (unless empty), authorization: authorization[..length]
/// </code>
/// </example>
public sealed class SigV4Signer
{
    private const int MaxHeaders = 30;

    private static readonly byte[] DateName = "x-amz-date"u8.ToArray();
    private static readonly byte[] TokenName = "x-amz-security-token"u8.ToArray();

    private readonly AwsCredentials _credentials;
    private readonly string _region;
    private readonly string _service;
    private readonly byte[] _securityToken;
    private Day? _today;

    public SigV4Signer(AwsCredentials credentials, string region, string service)
    {
        this._credentials = credentials;
        this._region = region;
        this._service = service;
        _securityToken = Encoding.UTF8.GetBytes(credentials.SessionToken ?? "");
    }

    /// <summary>Value of the <c>x-amz-security-token</c> header that must be sent; empty for a long-term key.</summary>
    public ReadOnlyMemory<byte> SecurityToken => _securityToken;

    /// <summary>The maximum size of the Authorization value of a request with these headers.</summary>
    public int MaxAuthorizationLength(ReadOnlySpan<Utf8Header> headers)
    {
        var names = DateName.Length + TokenName.Length + 2;
        foreach (var header in headers)
            names += header.Name.Length + 1;
        // 128: the fixed words, the day and the hex signature need 118.
        return 128 + PayloadHash.HexLength + _credentials.AccessKeyId.Length + _region.Length + _service.Length + names;
    }

    /// <summary>Writes the value of the Authorization header and returns its length.</summary>
    /// <param name="path">As sent in the request line.</param>
    /// <param name="query">As sent, without the question mark.</param>
    /// <param name="headers">
    /// Those to be signed, sorted by lower-case name, <c>host</c> among them; without x-amz-date and x-amz-security-token, which
    /// the signer adds to the signature itself.
    /// </param>
    /// <param name="payload">The body; a header x-amz-content-sha256 is not needed.</param>
    /// <param name="amzDate">Value of the x-amz-date header that will be sent, see <see cref="AmzDate"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="authorization"/> is too short.</exception>
    public int Sign(
        ReadOnlySpan<byte> method,
        ReadOnlySpan<byte> path,
        ReadOnlySpan<byte> query,
        ReadOnlySpan<Utf8Header> headers,
        ReadOnlySpan<byte> payload,
        ReadOnlyMemory<byte> amzDate,
        Span<byte> authorization
    )
    {
        var day = DayOf(amzDate.Span);
        var signed = default(SignedHeaders);
        var sorted = AddOwnHeaders(headers, amzDate, signed);
        Span<byte> payloadHash = stackalloc byte[PayloadHash.HexLength];
        PayloadHash.Compute(payload, payloadHash);

        var canonical = new Utf8Writer(stackalloc byte[2048]);
        var text = new Utf8Writer(stackalloc byte[512]);
        CanonicalRequest.Write(ref canonical, method, path, query, presigned: false, sorted, payloadHash, PathEncoding.Normalized);
        CanonicalRequest.WriteStringToSign(ref text, amzDate.Span, day.Scope, canonical.Written);
        Span<byte> signature = stackalloc byte[SigningKey.Length];
        day.Key.Sign(text.Written, signature);

        text.Truncate(0);
        text.Write(day.AuthorizationStart);
        CanonicalHeaders.WriteNames(ref text, sorted);
        text.Write(", Signature="u8);
        text.WriteHex(signature);
        var length = text.Length;
        var fits = text.Written.TryCopyTo(authorization);
        text.Dispose();
        canonical.Dispose();
        return fits ? length : throw new ArgumentException($"{length} bytes are needed", nameof(authorization));
    }

    /// <summary>Inserts x-amz-date and x-amz-security-token into the caller's sorted headers.</summary>
    private ReadOnlySpan<Utf8Header> AddOwnHeaders(
        ReadOnlySpan<Utf8Header> headers,
        ReadOnlyMemory<byte> amzDate,
        Span<Utf8Header> destination
    )
    {
        if (headers.Length > MaxHeaders)
            throw new ArgumentException($"at most {MaxHeaders} headers can be signed", nameof(headers));
        headers.CopyTo(destination);
        var count = Insert(destination, headers.Length, new Utf8Header(DateName, amzDate));
        if (_securityToken.Length > 0)
            count = Insert(destination, count, new Utf8Header(TokenName, _securityToken));
        return destination[..count];
    }

    private static int Insert(Span<Utf8Header> sorted, int count, Utf8Header header)
    {
        var place = count;
        while (place > 0 && sorted[place - 1].Name.Span.SequenceCompareTo(header.Name.Span) > 0)
            place--;
        sorted[place..count].CopyTo(sorted[(place + 1)..]);
        sorted[place] = header;
        return count + 1;
    }

    private Day DayOf(ReadOnlySpan<byte> amzDate)
    {
        if (amzDate.Length != AmzDate.Length)
            throw new ArgumentException("not a time of the form 20150830T123600Z", nameof(amzDate));
        var known = _today;
        if (known is not null && amzDate.StartsWith(known.Date))
            return known;
        // Two requests at midnight may both derive the key, with the same result.
        return _today = new Day(_credentials, Encoding.ASCII.GetString(amzDate[..AmzDate.DayLength]), _region, _service);
    }

    /// <summary>The parts of signatures that change only at midnight UTC.</summary>
    private sealed class Day(AwsCredentials credentials, string date, string region, string service)
    {
        public byte[] Date { get; } = Encoding.ASCII.GetBytes(date);

        public byte[] Scope { get; } = Encoding.UTF8.GetBytes($"{date}/{region}/{service}/aws4_request");

        public byte[] AuthorizationStart { get; } =
            Encoding.UTF8.GetBytes(
                $"AWS4-HMAC-SHA256 Credential={credentials.AccessKeyId}/{date}/{region}/{service}/aws4_request, SignedHeaders="
            );

        public SigningKey Key { get; } = SigningKey.Derive(credentials.SecretAccessKey, date, region, service);
    }

    [InlineArray(MaxHeaders + 2)]
    private struct SignedHeaders
    {
        private Utf8Header _first;
    }
}
