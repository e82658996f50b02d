using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Aws.Signing;

/// <summary>
/// Verifies Signature Version 4 in three steps, so that the caller can look the secret up in between: <see cref="Parse"/> →
/// <see cref="CheckScope"/> → <see cref="Verify"/>. Faults are found in the order in which AWS finds them. Safe for concurrent use.
/// </summary>
public sealed class SigV4Verifier(TimeProvider time)
{
    private readonly SigningKeyCache _keys = new();

    /// <summary>Who a request claims to be from and what for, before anything of it is checked; null when it does not say.</summary>
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
    /// Reads the signature of a request, from its Authorization header or its query string, and checks all that needs no secret:
    /// (1) one signature, (2) complete, (3) current, (4) signing the host and every x-amz- header, (5) of the known algorithm,
    /// (6) a credential of five elements.
    /// </summary>
    /// <param name="authorization">Set when the result is valid.</param>
    public SigV4Result Parse(in RequestHead request, out SigV4Authorization? authorization)
    {
        authorization = null;

        // 1. One signature.
        var headers = request.Find("authorization", out var header);
        var presigned = HasQuerySignature(request.Query);
        if (headers > 0 && presigned)
            return new(SigV4Outcome.SignatureDoesNotMatch, SigV4Messages.TwoSignatures);
        if (headers > 1)
            return new(SigV4Outcome.IncompleteSignature, SigV4Messages.SentTwice("Authorization"));
        if (!presigned && string.IsNullOrWhiteSpace(header))
            return new(SigV4Outcome.MissingAuthenticationToken, SigV4Messages.MissingAuthenticationToken);

        // 2. Complete.
        var fault = presigned ? SignatureParts.FromQuery(request, out var parts) : SignatureParts.FromHeader(request, header, out parts);
        if (fault is not null)
            return new(SigV4Outcome.IncompleteSignature, fault);
        var isDate = parts.IsDateHeader ? AmzDate.TryParseDateHeader(parts.Date, out var signed) : AmzDate.TryParse(parts.Date, out signed);
        if (!isDate)
            return new(SigV4Outcome.IncompleteSignature, SigV4Messages.MalformedDate(parts.Date));

        // 3. Current.
        var credential = _keys.Find(parts.Credential.Span)?.Scope ?? CredentialScope.TryParse(parts.Credential.Span);
        var age = SignatureRules.CheckAge(signed, time.GetUtcNow(), parts.Expires, SignatureRules.ClockSkew(credential?.Service));
        if (!age.IsValid)
            return age;

        // 4. Signing what must be signed.
        if (SignatureRules.FindUnsigned(request.Headers.Span, parts.SignedHeaders.Span) is { } unsigned)
            return new(SigV4Outcome.SignatureDoesNotMatch, unsigned);

        // 5. Of the known algorithm.
        if (parts.Algorithm.Span is not "AWS4-HMAC-SHA256")
            return new(SigV4Outcome.IncompleteSignature, SigV4Messages.UnsupportedAlgorithm(parts.Algorithm.Span));

        // 6. By somebody, for something.
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

    /// <summary>Checks that the request was signed for its own day and, where given, for this region and service.</summary>
    public static SigV4Result CheckScope(SigV4Authorization authorization, string? region = null, string? service = null) =>
        authorization.Credential.Check(authorization.Signed, region, service) is { } fault
            ? new(SigV4Outcome.InvalidScope, fault)
            : SigV4Result.Valid;

    /// <summary>Calculates the signature anew and compares it in constant time.</summary>
    /// <param name="request">The one that was parsed.</param>
    /// <param name="bodyHash">SHA-256 of the body, 32 bytes; not looked at when the signature does not cover the body.</param>
    /// <param name="encoding">How the path is made canonical; null: as the service of the scope wants it.</param>
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

    private static SigV4Result Mismatch => new(SigV4Outcome.SignatureDoesNotMatch, SigV4Messages.SignatureDoesNotMatch);

    private static PathEncoding EncodingOf(string service) => service == "s3" ? PathEncoding.Single : PathEncoding.Normalized;

    /// <summary>False when the body is not the one that was declared.</summary>
    private static bool TryWritePayloadHash(ref Utf8Writer writer, SigV4Authorization authorization, ReadOnlySpan<byte> bodyHash)
    {
        if (!authorization.CoversBody)
        {
            writer.Write(PayloadHash.Unsigned);
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
        // A key may be deleted and made anew with another secret.
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
        // Only a proven request may take a place in the cache, or anybody could flush it.
        if (matches && !isKnown)
            _keys.Keep(authorization.CredentialText.Span, new KnownCredential(credential, secretAccessKey, key));
        return matches;
    }

    /// <summary>Any of these makes a request a presigned one; a stray one beside an Authorization header is refused.</summary>
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
