using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>A request like those the AWS SDKs send, for tests to spoil in one place.</summary>
internal static class GoodRequest
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public static readonly DateTimeOffset Now = new(2026, 2, 17, 17, 50, 39, TimeSpan.Zero);

    public static byte[] Body { get; } = Encoding.UTF8.GetBytes("""{"n": 1}""");

    public static RequestHead Unsigned { get; } =
        new(
            "POST",
            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A444455556666%3Afunction%3Asimple/invocations?Qualifier=%24LATEST&b=2&a=1",
            new HttpField[]
            {
                new("Host", "127.0.0.1:4566"),
                new("Content-Type", "application/json"),
                new("X-Amz-Invocation-Type", "RequestResponse"),
                new("User-Agent", "aws-cli/2.9"),
                new("Content-Length", "8"),
            }
        );

    public static SigningContext Context { get; } =
        new(new AwsCredentials("ASIAIOSFODNN7EXAMPLE", Secret, "token+/=="), "eu-central-1", "lambda", Now);

    public static RequestHead Signed(SigningContext? context = null) => SigV4RequestSigner.Sign(Unsigned, Body, context ?? Context).Request;

    public static RequestHead Presigned(int expiresSeconds = 900, SigningContext? context = null) =>
        SigV4RequestSigner.Presign(Unsigned, Body, context ?? Context, expiresSeconds).Request;

    /// <summary>One header with another value, or without it (null).</summary>
    public static RequestHead With(this RequestHead request, string name, Func<string, string?> change) =>
        request with
        {
            Headers = request
                .Headers.ToArray()
                .Select(field =>
                    field.Is(name)
                        ? change(field.Value) is { } value
                            ? field with
                            {
                                Value = value,
                            }
                            : (HttpField?)null
                        : field
                )
                .OfType<HttpField>()
                .ToArray(),
        };

    public static RequestHead Plus(this RequestHead request, string name, string value) =>
        request with
        {
            Headers = request.Headers.ToArray().Append(new HttpField(name, value)).ToArray(),
        };

    /// <summary>The whole way from a request to the verdict.</summary>
    public static SigV4Result Verify(this RequestHead request, DateTimeOffset? now = null, byte[]? body = null, string secret = Secret)
    {
        var verifier = new SigV4Verifier(new FakeTimeProvider(now ?? Now));
        var parsed = verifier.Parse(request, out var authorization);
        if (!parsed.IsValid)
            return parsed;
        var known = authorization!.Credential.AccessKeyId == Context.Credentials.AccessKeyId;
        return verifier.Verify(authorization, request, known ? secret : "another key's", SHA256.HashData(body ?? Body));
    }
}
