using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Daybreak.Aws;

namespace Daybreak.Cloud.S3;

/// <summary>The errors of Amazon S3, in its words.</summary>
internal static class S3Errors
{
    private const string NoMatch =
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.";

    // Requests that cannot be understood.
    public static AwsException InvalidUri() => Bad("InvalidURI", "Couldn't parse the specified URI.");

    public static AwsException MethodNotAllowed(string method, string resourceType) =>
        Error(
            405,
            "MethodNotAllowed",
            "The specified method is not allowed against this resource.",
            ("Method", method),
            ("ResourceType", resourceType)
        );

    public static AwsException MalformedXml() =>
        Bad("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static AwsException InvalidArgument(string message, string name, string? value) =>
        Bad("InvalidArgument", message, ("ArgumentName", name), ("ArgumentValue", value ?? ""));

    public static AwsException InvalidArgumentOnly(string message, string name) => Bad("InvalidArgument", message, ("ArgumentName", name));

    public static AwsException InvalidRequest(string message) => Bad("InvalidRequest", message);

    public static AwsException NotImplementedHeader(string header, string? more = null) =>
        Error(
            501,
            "NotImplemented",
            "A header you provided implies functionality that is not implemented",
            more is null ? [("Header", header)] : [("Header", header), ("additionalMessage", more)]
        );

    // Signatures.
    public static AwsException TwoSignatures() =>
        Bad(
            "InvalidArgument",
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the "
                + "Authorization header should be specified"
        );

    public static AwsException MissingContentSha256() =>
        Bad("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");

    public static AwsException InvalidContentSha256() =>
        Bad(
            "InvalidArgument",
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, "
                + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, "
                + "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value."
        );

    public static AwsException QueryParameters(string message) => Bad("AuthorizationQueryParametersError", message);

    public static AwsException AuthorizationMalformed(string message) => Bad("AuthorizationHeaderMalformed", message);

    public static AwsException WrongRegion(string region, string right) =>
        Bad(
            "AuthorizationHeaderMalformed",
            $"The authorization header is malformed; the region '{region}' is wrong; expecting '{right}'",
            ("Region", right)
        );

    public static AwsException InvalidAccessKeyId(string id) =>
        Error(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", ("AWSAccessKeyId", id));

    public static AwsException SignatureDoesNotMatch() => Error(403, "SignatureDoesNotMatch", NoMatch);

    public static AwsException SignatureDoesNotMatch(string id, string toSign, string signature, string? canonical)
    {
        var members = new List<(string, string)>
        {
            ("AWSAccessKeyId", id),
            ("StringToSign", toSign),
            ("SignatureProvided", signature),
            ("StringToSignBytes", BytesOf(toSign)),
        };
        if (canonical is not null)
            members.AddRange([("CanonicalRequest", canonical), ("CanonicalRequestBytes", BytesOf(canonical))]);
        return Error(403, "SignatureDoesNotMatch", NoMatch, [.. members]);
    }

    public static AwsException Expired(string? seconds, DateTimeOffset expires, DateTimeOffset now) =>
        Error(
            403,
            "AccessDenied",
            "Request has expired",
            [
                .. seconds is null ? Array.Empty<(string, string)>() : [("X-Amz-Expires", seconds)],
                ("Expires", Time(expires)),
                ("ServerTime", Time(now)),
            ]
        );

    public static AwsException NotYetValid(DateTimeOffset now) =>
        Error(403, "AccessDenied", "Request is not valid yet", ("ServerTime", Time(now)));

    public static AwsException RequestTimeTooSkewed(string time, DateTimeOffset now) =>
        Error(
            403,
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.",
            ("RequestTime", time),
            ("ServerTime", Time(now)),
            ("MaxAllowedSkewMilliseconds", "900000")
        );

    public static AwsException HeadersNotSigned(IEnumerable<string> names) =>
        Error(
            403,
            "AccessDenied",
            "There were headers present in the request which were not signed",
            ("HeadersNotSigned", string.Join(", ", names))
        );

    public static AwsException InvalidToken() => Bad("InvalidToken", "The provided token is malformed or otherwise invalid.");

    public static AwsException ExpiredToken() => Bad("ExpiredToken", "The provided token has expired.");

    public static AwsException AccessDenied(string message = "Access Denied") => Error(403, "AccessDenied", message);

    // Bodies.
    public static AwsException MissingContentLength() =>
        Error(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");

    public static AwsException IncompleteBody() =>
        Bad("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");

    public static AwsException InvalidChunkSize() =>
        Bad("InvalidChunkSizeError", "Only the last chunk is allowed to have a size less than 8192 bytes");

    public static AwsException MalformedTrailer() =>
        Bad(
            "MalformedTrailerError",
            "The request contained trailing data that was not well-formed or did not conform to our published schema."
        );

    public static AwsException UnknownTrailer() =>
        Bad("InvalidRequest", "The value specified in the x-amz-trailer header is not supported");

    public static AwsException InvalidTrailerValue(string name) => Bad("InvalidRequest", $"Value for {name} trailing header is invalid.");

    public static AwsException ContentSha256Mismatch(string sent, string computed) =>
        Bad(
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
            ("ClientComputedContentSHA256", sent),
            ("S3ComputedContentSHA256", computed)
        );

    public static AwsException InvalidDigest(string value) =>
        Bad("InvalidDigest", "The Content-MD5 you specified was invalid.", ("Content-MD5", value));

    public static AwsException BadMd5(byte[] computed, string expected) =>
        Bad(
            "BadDigest",
            "The Content-MD5 you specified did not match what we received.",
            ("CalculatedDigest", Convert.ToBase64String(computed)),
            ("ExpectedDigest", expected)
        );

    public static AwsException BadChecksum(string algorithm) =>
        Bad("BadDigest", $"The {algorithm} you specified did not match the calculated checksum.");

    public static AwsException InvalidChecksumValue(string header) => Bad("InvalidRequest", $"Value for {header} header is invalid.");

    public static AwsException SeveralChecksums() =>
        Bad("InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");

    public static AwsException UnknownChecksum() =>
        Bad(
            "InvalidRequest",
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]"
        );

    public static AwsException ChecksumWithoutValue() =>
        Bad(
            "InvalidRequest",
            "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found."
        );

    public static AwsException EntityTooLarge(long size, long most) =>
        Bad(
            "EntityTooLarge",
            "Your proposed upload exceeds the maximum allowed size",
            ("ProposedSize", Number(size)),
            ("MaxSizeAllowed", Number(most))
        );

    // Buckets.
    public static AwsException NoSuchBucket(string name) =>
        Error(404, "NoSuchBucket", "The specified bucket does not exist", ("BucketName", name));

    /// <summary>What another service is told that asks from the wrong Region.</summary>
    public static AwsException PermanentRedirect(string region) =>
        Error(301, "PermanentRedirect", $"The bucket is in this region: {region}. Please use this region to retry the request");

    public static AwsException InvalidBucketName(string name) =>
        Bad("InvalidBucketName", "The specified bucket is not valid.", ("BucketName", name));

    public static AwsException BucketOwned(string name) =>
        Error(
            409,
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
            ("BucketName", name)
        );

    public static AwsException BucketTaken(string name) =>
        Error(
            409,
            "BucketAlreadyExists",
            "The requested bucket name is not available. The bucket namespace is shared by all users of the system. "
                + "Select a different name and try again.",
            ("BucketName", name)
        );

    public static AwsException InvalidLocation(string constraint) =>
        Bad("InvalidLocationConstraint", "The specified location-constraint is not valid", ("LocationConstraint", constraint));

    public static AwsException IncompatibleLocation(string constraint) =>
        Bad(
            "IllegalLocationConstraintException",
            $"The {constraint} location constraint is incompatible for the region specific endpoint this request was sent to."
        );

    public static AwsException BucketNotEmpty(string name, bool isVersioned) =>
        Error(
            409,
            "BucketNotEmpty",
            "The bucket you tried to delete is not empty" + (isVersioned ? ". You must delete all versions in the bucket." : ""),
            ("BucketName", name)
        );

    public static AwsException InvalidOwner(string value) =>
        Bad("InvalidBucketOwnerAWSAccountID", $"The value of the expected bucket owner parameter must be an AWS Account ID... [{value}]");

    // Objects.
    public static AwsException NoSuchKey(string key) => Error(404, "NoSuchKey", "The specified key does not exist.", ("Key", key));

    public static AwsException NoSuchVersion(string key, string version) =>
        Error(404, "NoSuchVersion", "The specified version does not exist.", ("Key", key), ("VersionId", version));

    public static AwsException KeyTooLong(int size) =>
        Bad("KeyTooLongError", "Your key is too long", ("Size", Number(size)), ("MaxSizeAllowed", "1024"));

    public static AwsException MetadataTooLarge(int size) =>
        Bad(
            "MetadataTooLarge",
            "Your metadata headers exceed the maximum allowed metadata size",
            ("Size", Number(size)),
            ("MaxSizeAllowed", "2048")
        );

    public static AwsException InvalidStorageClass(string value) =>
        Bad("InvalidStorageClass", "The storage class you specified is not valid", ("StorageClassRequested", value));

    public static AwsException PreconditionFailed(string condition) =>
        Error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", ("Condition", condition));

    public static AwsException NotModified() => Error(304, "NotModified", "Not Modified");

    public static AwsException InvalidRange(string range, long size) =>
        Error(416, "InvalidRange", "The requested range is not satisfiable", ("RangeRequested", range), ("ActualObjectSize", Number(size)));

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static AwsException Bad(string code, string message, params ReadOnlySpan<(string, string)> members) =>
        Error(400, code, message, members);

    public static AwsException Error(int status, string code, string message, params ReadOnlySpan<(string Name, string Value)> members)
    {
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(members.Length);
        foreach (var (name, value) in members)
            pairs.Add(new(name, value));
        return new AwsException(code, message, (HttpStatusCode)status, status < 500 ? FaultSide.Sender : FaultSide.Receiver)
        {
            Members = pairs.ToImmutable(),
        };
    }

    private static string BytesOf(string text) =>
        string.Join(' ', Encoding.UTF8.GetBytes(text).Select(static one => one.ToString("x2", CultureInfo.InvariantCulture)));
}
