using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Authentication;

namespace Daybreak.Cloud.S3.Protocol;

/// <summary>
/// Finds out who has signed a request for S3, before its body is read: by version 4 in a header or in the query, or by version 2 in the
/// query. Without a signature it is anonymous.
/// </summary>
/// <param name="accessKeys">Asked in this order.</param>
/// <param name="time">Decides whether keys have expired.</param>
/// <param name="real">The clock of clients.</param>
internal sealed class S3Authenticator(ImmutableArray<IAccessKeys> accessKeys, TimeProvider time, TimeProvider real)
{
    // What the name of a header field must not contain (RFC 9110, 5.6.2).
    private static readonly SearchValues<char> Separators = SearchValues.Create("()<>@,;:\\\"/[]?={}");

    /// <summary>Parameters of a signature of version 4.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Signature",
    };

    private readonly SigV4Verifier _verifier = new(real);

    /// <exception cref="AwsException">The signature is wrong, or not complete.</exception>
    public S3Identity Identify(AwsRequest request, S3Address address)
    {
        var isInQuery =
            HasParameter(request, "X-Amz-Algorithm")
            || HasParameter(request, "X-Amz-Signature")
            || HasParameter(request, "X-Amz-Credential");
        if (request.Headers.Authorization.Count > 0)
        {
            if (isInQuery)
                throw S3Errors.TwoSignatures();
            if (request.Headers.Authorization.ToString().StartsWith("AWS ", StringComparison.Ordinal))
                throw S3Errors.InvalidRequest(
                    "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
                );
            return ByVersion4(request, isInQuery: false);
        }
        if (isInQuery)
            return ByVersion4(request, isInQuery: true);
        return HasParameter(request, "AWSAccessKeyId") || HasParameter(request, "Signature")
            ? ByVersion2(request, address)
            : S3Identity.Anonymous;
    }

    /// <summary>A URL that is signed as boto3 and the aws CLI of version 1 still do.</summary>
    private S3Identity ByVersion2(AwsRequest request, S3Address address)
    {
        var (id, sent, text) = (
            request.Query["AWSAccessKeyId"].ToString(),
            request.Query["Signature"].ToString(),
            request.Query["Expires"].ToString()
        );
        if (id.Length == 0 || sent.Length == 0 || text.Length == 0)
            throw S3Errors.AccessDenied("Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters");
        if (
            !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        )
            throw S3Errors.AccessDenied($"Invalid date (should be seconds since epoch): {text}");
        var (now, expires) = (real.GetUtcNow(), DateTimeOffset.FromUnixTimeSeconds(seconds));
        if (expires < now)
            throw S3Errors.Expired(null, expires, now);
        var key = Find(id) ?? throw S3Errors.InvalidAccessKeyId(id);
        TakeHeaders(request);
        var headers = request.Headers.ToDictionary(
            static header => header.Key.ToLowerInvariant(),
            static header => string.Join(',', header.Value.ToArray())
        );
        var toSign = Version2Text.Of(request, address, text, headers);
        // Signature Version 2 is of HMAC-SHA1.
#pragma warning disable CA5350
        var right = HMACSHA1.HashData(Encoding.UTF8.GetBytes(key.Credentials.SecretAccessKey), Encoding.UTF8.GetBytes(toSign));
#pragma warning restore CA5350
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToBase64String(right)), Encoding.UTF8.GetBytes(sent)))
            throw S3Errors.SignatureDoesNotMatch(id, toSign, sent, null);
        CheckToken(key, headers.GetValueOrDefault("x-amz-security-token"));
        return new S3Identity(key.Caller, "REST-QUERY-STRING", "AWS");
    }

    /// <summary>Header fields in the query of a signed URL are those of the request.</summary>
    private static void TakeHeaders(AwsRequest request)
    {
        foreach (var (name, values) in request.Query)
        {
            var isHeader =
                name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !Reserved.Contains(name)
                || name.Equals("content-type", StringComparison.OrdinalIgnoreCase)
                || name.Equals("content-md5", StringComparison.OrdinalIgnoreCase);
            if (!isHeader)
                continue;
            if (name.AsSpan().ContainsAnyExceptInRange('!', '~') || name.AsSpan().ContainsAny(Separators))
                throw S3Errors.InvalidArgument("Invalid header name", "x-amz-*", name);
            request.Headers[name] = values;
        }
    }

    private S3Identity ByVersion4(AwsRequest request, bool isInQuery)
    {
        // 1. It is complete and well-formed.
        if (isInQuery)
            CheckParameters(request);
        else if (request.Header("x-amz-content-sha256") is null)
            throw S3Errors.MissingContentSha256();
        var head = request.Head;
        var parsed = _verifier.Parse(head, out var authorization);
        if (authorization is null)
            throw Refusal(parsed, request, isInQuery);

        // 2. It is for S3, and for its own day.
        var scope = SigV4Verifier.CheckScope(authorization, service: "s3");
        if (!scope.IsValid)
            throw isInQuery ? S3Errors.QueryParameters(scope.Message) : S3Errors.AuthorizationMalformed(scope.Message);

        // 3. The key is known, and the signature matches.
        var id = authorization.Credential.AccessKeyId;
        var key = Find(id) ?? throw S3Errors.InvalidAccessKeyId(id);
        if (!_verifier.Verify(authorization, head, key.Credentials.SecretAccessKey, bodyHash: default).IsValid)
        {
            var (canonical, toSign) = SigV4Verifier.Describe(authorization, head);
            throw S3Errors.SignatureDoesNotMatch(id, toSign, authorization.Signature.ToString(), canonical);
        }
        CheckToken(key, authorization.SessionToken);
        if (isInQuery)
            TakeHeaders(request);
        return new S3Identity(key.Caller, isInQuery ? "REST-QUERY-STRING" : "REST-HEADER", "AWS4-HMAC-SHA256")
        {
            Authorization = authorization,
            Secret = key.Credentials.SecretAccessKey,
        };
    }

    private static void CheckParameters(AwsRequest request)
    {
        foreach (var name in (string[])["Algorithm", "Credential", "Signature", "Date", "SignedHeaders", "Expires"])
        {
            if (!HasParameter(request, $"X-Amz-{name}"))
                throw S3Errors.QueryParameters(
                    "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, "
                        + "X-Amz-SignedHeaders, and X-Amz-Expires parameters."
                );
        }
        if (CredentialScope.TryParse(request.Query["X-Amz-Credential"].ToString()) is null)
            throw S3Errors.QueryParameters(
                "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting "
                    + "\"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."
            );
        if (
            !long.TryParse(
                request.Query["X-Amz-Expires"].ToString(),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var seconds
            )
        )
            throw S3Errors.QueryParameters("X-Amz-Expires should be a number");
        if (seconds < 0)
            throw S3Errors.QueryParameters("X-Amz-Expires must be non-negative");
        if (seconds > 604_800)
            throw S3Errors.QueryParameters(
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"
            );
        var signed = request.Query["X-Amz-SignedHeaders"].ToString().Split(';');
        var others = request
            .Headers.Keys.Where(name =>
                name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !signed.Contains(name, StringComparer.OrdinalIgnoreCase)
            )
            .Select(static name => name.ToLowerInvariant())
            .ToList();
        if (others.Count > 0)
            throw S3Errors.HeadersNotSigned(others);
    }

    private AwsException Refusal(SigV4Result result, AwsRequest request, bool isInQuery)
    {
        var now = real.GetUtcNow();
        switch (result.Outcome)
        {
            case SigV4Outcome.SignatureExpired when isInQuery:
                var expires = request.Query["X-Amz-Expires"].ToString();
                _ = AmzDate.TryParse(request.Query["X-Amz-Date"].ToString(), out var signed);
                return S3Errors.Expired(expires, signed.AddSeconds(long.Parse(expires, CultureInfo.InvariantCulture)), now);
            case SigV4Outcome.SignatureNotYetCurrent when isInQuery:
                return S3Errors.NotYetValid(now);
            case SigV4Outcome.SignatureExpired or SigV4Outcome.SignatureNotYetCurrent:
                return S3Errors.RequestTimeTooSkewed(request.Header("x-amz-date") ?? request.Header("date") ?? "", now);
            case SigV4Outcome.SignatureDoesNotMatch:
                return S3Errors.AccessDenied("There were headers present in the request which were not signed");
            default:
                return isInQuery ? S3Errors.QueryParameters(result.Message) : S3Errors.AuthorizationMalformed(result.Message);
        }
    }

    private void CheckToken(AccessKey key, string? token)
    {
        var (known, sent) = (key.Credentials.SessionToken ?? "", token ?? "");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(known), Encoding.UTF8.GetBytes(sent)))
            throw S3Errors.InvalidToken();
        if (key.Credentials.Expiration <= time.GetUtcNow())
            throw S3Errors.ExpiredToken();
    }

    private AccessKey? Find(string id)
    {
        foreach (var keys in accessKeys)
        {
            if (keys.Find(id) is { } key)
                return key;
        }
        return null;
    }

    private static bool HasParameter(AwsRequest request, string name) => request.Query.TryGetValue(name, out var value) && value != "";
}
