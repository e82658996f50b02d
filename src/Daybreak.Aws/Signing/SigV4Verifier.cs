using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Aws.Signing;

/// <summary>
/// Verifies Signature Version 4 in three steps, between which the caller looks up the secret: <see cref="Parse"/> → <see
/// cref="CheckScope"/> → <see cref="Verify"/>. It finds errors in the same order as AWS. Safe for concurrent use.
/// </summary>
public sealed class SigV4Verifier(TimeProvider time)
{
    private readonly SigningKeyCache _keys = new();

    /// <summary>Returns the key and scope that a request claims, before anything is checked; null when it claims none.</summary>
    public static CredentialScope? Claim(in RequestHead request)
    {
        SignatureParts parts;
        if (request.Find("authorization", out var header) > 0)
            _ = SignatureParts.FromHeader(request, header, out parts);
        else
            _ = SignatureParts.FromQuery(request, out parts);
        return CredentialScope.TryParse(parts.Credential.Span);
    }

    /// <summary>
    /// Reads the signature of a request, from its Authorization header or its query string, and checks everything that needs no secret: (1)
    /// there is one signature, (2) it is complete, (3) it is current, (4) it covers the host and every x-amz- header, (5) it has the known
    /// algorithm, (6) its credential has five elements.
    /// </summary>
    /// <param name="authorization">Set when the result is valid.</param>
    public SigV4Result Parse(in RequestHead request, out SigV4Authorization? authorization)
    {
        authorization = null;

        // 1. There is one signature.
        var headers = request.Find("authorization", out var header);
        var presigned = HasQuerySignature(request.Query);
        if (headers > 0 && presigned)
            return new(SigV4Outcome.SignatureDoesNotMatch, SigV4Messages.TwoSignatures);
        if (headers > 1)
            return new(SigV4Outcome.IncompleteSignature, SigV4Messages.SentTwice("Authorization"));
        if (!presigned && string.IsNullOrWhiteSpace(header))
            return new(SigV4Outcome.MissingAuthenticationToken, SigV4Messages.MissingAuthenticationToken);

        // 2. It is complete.
        var fault = presigned ? SignatureParts.FromQuery(request, out var parts) : SignatureParts.FromHeader(request, header, out parts);
        if (fault is not null)
            return new(SigV4Outcome.IncompleteSignature, fault);
        var isDate = parts.IsDateHeader ? AmzDate.TryParseDateHeader(parts.Date, out var signed) : AmzDate.TryParse(parts.Date, out signed);
        if (!isDate)
            return new(SigV4Outcome.IncompleteSignature, SigV4Messages.MalformedDate(parts.Date));

        // 3. It is current.
        var credential = _keys.Find(parts.Credential.Span)?.Scope ?? CredentialScope.TryParse(parts.Credential.Span);
        var age = SignatureRules.CheckAge(signed, time.GetUtcNow(), parts.Expires, SignatureRules.ClockSkew(credential?.Service));
        if (!age.IsValid)
            return age;

        // 4. It covers the required headers.
        if (SignatureRules.FindUnsigned(request.Headers.Span, parts.SignedHeaders.Span) is { } unsigned)
            return new(SigV4Outcome.SignatureDoesNotMatch, unsigned);

        // 5. It has the known algorithm.
        if (parts.Algorithm.Span is not "AWS4-HMAC-SHA256")
            return new(SigV4Outcome.IncompleteSignature, SigV4Messages.UnsupportedAlgorithm(parts.Algorithm.Span));

        // 6. Its credential is well-formed.
        if (credential is null)
            return new(SigV4Outcome.IncompleteSignature, SigV4Messages.MalformedCredential(parts.Credential.Span));
        authorization = new SigV4Authorization(credential)
        {
            Signed = signed,
            SessionToken = parts.SessionToken,
            IsPresigned = presigned,
            CredentialText = parts.Credential,
            SignedHeaders = parts.SignedHeaders,
            Signature = parts.Signature,
            DeclaredPayloadHash = parts.PayloadHash ?? (presigned && credential.Service == "s3" ? PayloadHash.Unsigned : null),
        };
        return SigV4Result.Valid;
    }

    /// <summary>Checks that the request was signed for its own day and, where given, for this Region and service.</summary>
    public static SigV4Result CheckScope(SigV4Authorization authorization, string? region = null, string? service = null) =>
        authorization.Credential.Check(authorization.Signed, region, service) is { } fault
            ? new(SigV4Outcome.InvalidScope, fault)
            : SigV4Result.Valid;

    /// <summary>Recalculates the signature and compares it in constant time.</summary>
    /// <param name="request">The request that was parsed.</param>
    /// <param name="bodyHash">SHA-256 of the body, 32 bytes; ignored when the signature does not cover the body. Empty: the body is not
    /// known yet, and the hash that the request declares counts.</param>
    /// <param name="encoding">How the path is made canonical; null: by the service of the scope.</param>
    public SigV4Result Verify(
        SigV4Authorization authorization,
        in RequestHead request,
        string secretAccessKey,
        ReadOnlySpan<byte> bodyHash,
        PathEncoding? encoding = null
    )
    {
        var scope = CheckScope(authorization);
        if (!scope.IsValid)
            return scope;
        var payloadHash = new Utf8Writer(stackalloc byte[2 * PayloadHash.HexLength]);
        using var headers = new SignedHeaderList(request.Headers.Span, authorization.SignedHeaders.Span);
        if (!TryWritePayloadHash(ref payloadHash, authorization, bodyHash) || !headers.IsCanonical)
            return Mismatch;

        var target = new Utf8Writer(stackalloc byte[512]);
        target.Write(request.Method);
        var path = target.Length;
        target.Write(request.Path);
        var query = target.Length;
        target.Write(request.Query);
        var canonical = new Utf8Writer(stackalloc byte[2048]);
        CanonicalRequest.Write(
            ref canonical,
            target.Written[..path],
            target.Written[path..query],
            target.Written[query..],
            authorization.IsPresigned,
            headers.Sorted,
            payloadHash.Written,
            encoding ?? EncodingOf(authorization.Credential.Service)
        );
        var matches = Matches(authorization, secretAccessKey, canonical.Written);
        canonical.Dispose();
        target.Dispose();
        payloadHash.Dispose();
        return matches ? SigV4Result.Valid : Mismatch;
    }

    /// <summary>The canonical request and the string to sign of a request, which S3 shows when a signature does not match.</summary>
    public static (string CanonicalRequest, string StringToSign) Describe(SigV4Authorization authorization, in RequestHead request)
    {
        using var headers = new SignedHeaderList(request.Headers.Span, authorization.SignedHeaders.Span);
        var canonical = new Utf8Writer(stackalloc byte[2048]);
        CanonicalRequest.Write(
            ref canonical,
            Encoding.UTF8.GetBytes(request.Method),
            Encoding.UTF8.GetBytes(request.Path.ToArray()),
            Encoding.UTF8.GetBytes(request.Query.ToArray()),
            authorization.IsPresigned,
            headers.Sorted,
            Encoding.UTF8.GetBytes(authorization.DeclaredPayloadHash ?? PayloadHash.Unsigned),
            EncodingOf(authorization.Credential.Service)
        );
        Span<byte> amzDate = stackalloc byte[AmzDate.Length];
        AmzDate.Format(authorization.Signed, amzDate);
        var text = new Utf8Writer(stackalloc byte[512]);
        var scope = authorization.CredentialText.Span[(authorization.Credential.AccessKeyId.Length + 1)..];
        CanonicalRequest.WriteStringToSign(ref text, amzDate, Encoding.UTF8.GetBytes(scope.ToArray()), canonical.Written);
        var described = (Encoding.UTF8.GetString(canonical.Written), Encoding.UTF8.GetString(text.Written));
        canonical.Dispose();
        text.Dispose();
        return described;
    }

    private static SigV4Result Mismatch => new(SigV4Outcome.SignatureDoesNotMatch, SigV4Messages.SignatureDoesNotMatch);

    private static PathEncoding EncodingOf(string service) => service == "s3" ? PathEncoding.Single : PathEncoding.Normalized;

    /// <summary>Returns false when the body does not match the declared hash.</summary>
    private static bool TryWritePayloadHash(ref Utf8Writer writer, SigV4Authorization authorization, ReadOnlySpan<byte> bodyHash)
    {
        if (!authorization.CoversBody)
        {
            writer.Write(PayloadHash.Unsigned);
            return true;
        }
        if (bodyHash.IsEmpty && authorization.DeclaredPayloadHash is { } given)
        {
            writer.Write(given);
            return true;
        }
        if (bodyHash.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException("a SHA-256 hash is 32 bytes long", nameof(bodyHash));
        writer.WriteHex(bodyHash);
        return authorization.DeclaredPayloadHash is not { } declared || Ascii.Equals(writer.Written, declared);
    }

    private bool Matches(SigV4Authorization authorization, string secretAccessKey, ReadOnlySpan<byte> canonicalRequest)
    {
        var credential = authorization.Credential;
        var known = _keys.Find(authorization.CredentialText.Span);
        // A key may be deleted and created again with another secret.
        var isKnown = known is not null && known.SecretAccessKey == secretAccessKey;
        var key = isKnown ? known!.Key : SigningKey.Derive(secretAccessKey, credential.Date, credential.Region, credential.Service);

        Span<byte> amzDate = stackalloc byte[AmzDate.Length];
        AmzDate.Format(authorization.Signed, amzDate);
        var scope = new Utf8Writer(stackalloc byte[256]);
        scope.Write(authorization.CredentialText.Span[(credential.AccessKeyId.Length + 1)..]);
        var text = new Utf8Writer(stackalloc byte[512]);
        CanonicalRequest.WriteStringToSign(ref text, amzDate, scope.Written, canonicalRequest);
        scope.Dispose();
        Span<byte> signature = stackalloc byte[SigningKey.Length];
        key.Sign(text.Written, signature);
        text.Truncate(0);
        text.WriteHex(signature);
        var length = text.Length;
        text.Write(authorization.Signature.Span);
        var matches = CryptographicOperations.FixedTimeEquals(text.Written[..length], text.Written[length..]);
        text.Dispose();
        // Only a verified request may enter the cache, otherwise anybody could flush it.
        if (matches && !isKnown)
            _keys.Keep(authorization.CredentialText.Span, new KnownCredential(credential, secretAccessKey, key));
        return matches;
    }

    /// <summary>Each of these parameters makes a request presigned; a stray one together with an Authorization header is refused.</summary>
    private static bool HasQuerySignature(ReadOnlySpan<char> query) =>
        !query.IsEmpty && (HasParameter(query, "X-Amz-Algorithm") || HasParameter(query, "X-Amz-Signature"));

    private static bool HasParameter(ReadOnlySpan<char> query, ReadOnlySpan<char> name)
    {
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.StartsWith(name, StringComparison.Ordinal) && (pair.Length == name.Length || pair[name.Length] == '='))
                return true;
        }
        return false;
    }
}
