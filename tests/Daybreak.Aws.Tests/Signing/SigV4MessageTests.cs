using System.Security.Cryptography;
using System.Text;
using Daybreak.Aws.Signing;
using Microsoft.Extensions.Time.Testing;
using static Daybreak.Aws.Signing.SigV4Outcome;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>The texts are AWS's; a client or a person searches for them.</summary>
public class SigV4MessageTests
{
    private static RequestHead Bare => GoodRequest.Unsigned;

    [Fact]
    public void Nothing_signed() => Assert.Equal(new(MissingAuthenticationToken, "Request is missing Authentication Token"), Bare.Verify());

    [Fact]
    public void Empty_authorization() => Assert.Equal(MissingAuthenticationToken, Bare.Plus("Authorization", " ").Verify().Outcome);

    [Fact]
    public void Header_and_query_signed() =>
        Assert.Equal(
            new(SignatureDoesNotMatch, "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."),
            (GoodRequest.Signed() with { Target = GoodRequest.Presigned().Target }).Verify()
        );

    [Fact]
    public void Two_authorization_headers() =>
        Assert.Equal(
            new(IncompleteSignature, "'Authorization' must be sent only once."),
            GoodRequest.Signed().Plus("authorization", "AWS4-HMAC-SHA256").Verify()
        );

    [Fact]
    public void A_bearer_token_is_not_repeated()
    {
        var hash = Convert.ToBase64String(SHA256.HashData("Bearer secret"u8));

        Assert.Equal(
            new(
                IncompleteSignature,
                "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with "
                    + $"Base64): '{hash}'."
            ),
            Bare.Plus("Authorization", "Bearer secret").Verify()
        );
    }

    [Theory]
    [InlineData("Credential", "Credential=AKID/20260217/eu-central-1/lambda/aws4_request,")]
    [InlineData("Signature", "Signature=0")]
    [InlineData("SignedHeaders", "SignedHeaders=host,")]
    public void A_part_of_the_header_missing(string name, string part)
    {
        var whole = "AWS4-HMAC-SHA256 Credential=AKID/20260217/eu-central-1/lambda/aws4_request, SignedHeaders=host, Signature=0";
        var header = whole.Replace(part, "", StringComparison.Ordinal);

        Assert.Equal(
            new(IncompleteSignature, $"Authorization header requires '{name}' parameter. {Hashed(header)}"),
            Bare.Plus("X-Amz-Date", "20260217T175039Z").Plus("Authorization", header).Verify()
        );
    }

    [Fact]
    public void All_parts_of_the_header_missing() =>
        Assert.Equal(
            new(
                IncompleteSignature,
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
                    + "Authorization header requires 'SignedHeaders' parameter. "
                    + $"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. {Hashed("AWS4-HMAC-SHA256")}"
            ),
            Bare.Plus("Authorization", "AWS4-HMAC-SHA256").Verify()
        );

    [Theory]
    [InlineData("Credential")]
    [InlineData("Signature")]
    [InlineData("SignedHeaders")]
    public void A_part_of_the_header_sent_twice(string name) =>
        Assert.Equal(
            new(IncompleteSignature, $"'{name}' must be sent only once."),
            GoodRequest.Signed().With("authorization", value => $"{value}, {name}=x").Verify()
        );

    [Theory]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-Security-Token")]
    [InlineData("X-Amz-Content-Sha256")]
    public void A_header_of_the_signature_sent_twice(string name) =>
        Assert.Equal(
            new(IncompleteSignature, $"'{name}' must be sent only once."),
            GoodRequest.Signed(GoodRequest.Context with { SendPayloadHash = true }).Plus(name, "x").Verify()
        );

    [Fact]
    public void All_parameters_of_the_query_missing() =>
        Assert.Equal(
            new(
                IncompleteSignature,
                "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters must include 'X-Amz-Credential'. "
                    + "AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include "
                    + "'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string "
                    + "parameters."
            ),
            (Bare with { Target = "/?X-Amz-Algorithm" }).Verify()
        );

    [Theory]
    [InlineData("X-Amz-Algorithm")]
    [InlineData("X-Amz-Credential")]
    [InlineData("X-Amz-Signature")]
    [InlineData("X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Date")]
    public void A_parameter_of_the_query_missing(string name)
    {
        var request = GoodRequest.Presigned();
        var target = request.Target.Replace(name + "=", "x=", StringComparison.Ordinal);

        Assert.Equal(
            new(IncompleteSignature, $"AWS query-string parameters must include '{name}'. Re-examine the query-string parameters."),
            (request with { Target = target }).Verify()
        );
    }

    [Theory]
    [InlineData("X-Amz-Algorithm")]
    [InlineData("X-Amz-Credential")]
    [InlineData("X-Amz-Signature")]
    [InlineData("X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-Expires")]
    [InlineData("X-Amz-Security-Token")]
    public void A_parameter_of_the_query_sent_twice(string name)
    {
        var request = GoodRequest.Presigned();

        Assert.Equal(
            new(IncompleteSignature, $"'{name}' must be sent only once."),
            (request with { Target = request.Target + $"&{name}=1" }).Verify()
        );
    }

    [Theory]
    [InlineData("20260217")]
    [InlineData("2026-02-17T17:50:39Z")]
    [InlineData("20260230T000000Z")]
    [InlineData("Tue, 17 Feb 2026 17:50:39 GMT")]
    public void A_malformed_date(string date) =>
        Assert.Equal(
            new(IncompleteSignature, $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"),
            GoodRequest.Signed().With("x-amz-date", _ => date).Verify()
        );

    [Theory]
    [InlineData("AWS4-HMAC-SHA25")]
    [InlineData("aws4-hmac-sha256")]
    [InlineData("AWS4-ECDSA-P256-SHA256")]
    public void An_unknown_algorithm(string algorithm) =>
        Assert.Equal(
            new(IncompleteSignature, $"Unsupported AWS 'algorithm': '{algorithm}' (only AWS4-HMAC-SHA256 for now). "),
            GoodRequest
                .Signed()
                .With("authorization", value => value.Replace("AWS4-HMAC-SHA256", algorithm, StringComparison.Ordinal))
                .Verify()
        );

    [Theory]
    [InlineData("AKID")]
    [InlineData("AKID/20260217/eu-central-1/lambda")]
    [InlineData("AKID/20260217/eu-central-1/lambda/aws4_request/more")]
    public void A_credential_of_other_than_five_elements(string credential) =>
        Assert.Equal(
            new(
                IncompleteSignature,
                $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'"
            ),
            GoodRequest.Signed().With("authorization", value => Replace(value, "Credential", credential)).Verify()
        );

    [Fact]
    public void Host_not_signed() =>
        Assert.Equal(
            new(SignatureDoesNotMatch, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
            GoodRequest.Signed().With("authorization", value => value.Replace(";host", "", StringComparison.Ordinal)).Verify()
        );

    [Theory]
    [InlineData("X-Amz-Log-Type")]
    [InlineData("x-amz-meta")]
    public void A_header_of_AWS_not_signed(string name) =>
        Assert.Equal(
            new(SignatureDoesNotMatch, $"'{name}' must be a 'SignedHeader' in the AWS Authorization."),
            GoodRequest.Signed().Plus(name, "Tail").Verify()
        );

    [Theory]
    [InlineData(
        "2026021/eu-central-1/lambda/aws4_request",
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '2026021' != '20260217', from "
            + "'20260217T175039Z'."
    )]
    [InlineData("20260217/us-east-1/lambda/aws4_request", "Credential should be scoped to a valid region, not 'us-east-1'.")]
    [InlineData("20260217/eu-central-1/iam/aws4_request", "Credential should be scoped to correct service: 'lambda'.")]
    [InlineData("20260217/eu-central-1/lambda/aws3", "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3'.")]
    [InlineData(
        "b/c/d/e",
        "Credential should be scoped to a valid region, not 'c'. Credential should be scoped to correct service: 'lambda'. "
            + "Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. "
            + "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20260217', from "
            + "'20260217T175039Z'."
    )]
    public void Another_scope(string scope, string message)
    {
        var request = GoodRequest.Signed().With("authorization", value => Replace(value, "Credential", "AKID/" + scope));
        var verifier = new SigV4Verifier(new FakeTimeProvider(GoodRequest.Now));

        Assert.True(verifier.Parse(request, out var authorization).IsValid);
        Assert.Equal(new(InvalidScope, message), SigV4Verifier.CheckScope(authorization!, "eu-central-1", "lambda"));
    }

    private static string Replace(string authorization, string part, string value) =>
        System.Text.RegularExpressions.Regex.Replace(authorization, $"{part}=[^,]*", $"{part}={value}");

    private static string Hashed(string header) =>
        "(Hashed with SHA-256 and encoded with Base64) "
        + $"Authorization={Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(header)))}";
}
