using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Daybreak.Aws;
using Daybreak.Aws.Signing;

namespace Daybreak.Cloud.Tests.FrontDoor.Authentication;

/// <summary>Raw requests in both protocols: which are accepted, and the errors of the others.</summary>
public sealed class SignatureAuthenticatorTests(SignedServer server) : IClassFixture<SignedServer>
{
    private const string Body = """{"n": 1}""";
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
        + "signing method. Consult the service documentation for details.";

    public enum Protocol
    {
        Query,
        Rest,
    }

    public static TheoryData<Protocol> Protocols() => [Protocol.Query, Protocol.Rest];

    [Theory]
    [InlineData(Protocol.Query, "test", "test", "444455556666:user/local-administrator")]
    [InlineData(Protocol.Rest, "test", "test", "444455556666:user/local-administrator")]
    [InlineData(Protocol.Rest, "more", "pairs", "444455556666:root")]
    [InlineData(Protocol.Rest, "123456789012", "test", "123456789012:user/local-administrator")]
    [InlineData(Protocol.Query, "000000000000", "test", "000000000000:user/local-administrator")]
    public async Task Keys_of_the_start_are_administrators_or_the_root(Protocol protocol, string key, string secret, string who)
    {
        foreach (var presigned in new[] { false, true })
        {
            var answer = await SendAsync(protocol, Signed(protocol, new AwsCredentials(key, secret), presigned));

            Assert.Equal(200, answer.Status);
            Assert.Contains($"arn:aws:iam::{who}", answer.Body, StringComparison.Ordinal);
            Assert.Contains("eu-central-1", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Keys_of_a_session_are_that_session(Protocol protocol)
    {
        foreach (var presigned in new[] { false, true })
        {
            var answer = await SendAsync(protocol, Signed(protocol, SignedServer.Session, presigned));

            Assert.Equal(200, answer.Status);
            Assert.Contains("arn:aws:sts::444455556666:assumed-role/r/s", answer.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("unknown", "test")]
    [InlineData("TEST", "test")]
    [InlineData("12345678901", "test")]
    [InlineData("12345678901a", "test")]
    [InlineData("１２３４５６７８９０１２", "test")]
    public async Task Unknown_keys_are_refused(string key, string secret)
    {
        const string Text = "The security token included in the request is invalid.";

        await AssertRefusedAsync(Protocol.Query, Signed(Protocol.Query, new(key, secret)), 403, "InvalidClientTokenId", Text);
        await AssertRefusedAsync(Protocol.Rest, Signed(Protocol.Rest, new(key, secret)), 403, "UnrecognizedClientException", Text);
    }

    [Theory]
    [InlineData("test", "Test")]
    [InlineData("123456789012", "123456789012")]
    [InlineData("more", "test")]
    public async Task Wrong_secrets_are_refused(string key, string secret)
    {
        await AssertRefusedAsync(Protocol.Query, Signed(Protocol.Query, new(key, secret)), 403, "SignatureDoesNotMatch", Mismatch);
        await AssertRefusedAsync(Protocol.Rest, Signed(Protocol.Rest, new(key, secret)), 403, "InvalidSignatureException", Mismatch);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another token")]
    [InlineData("session token/+")]
    public async Task A_session_needs_its_own_token(string? token)
    {
        var credentials = SignedServer.Session with { SessionToken = token };
        const string Text = "The security token included in the request is invalid";

        await AssertRefusedAsync(Protocol.Query, Signed(Protocol.Query, credentials), 403, "InvalidClientTokenId", Text);
        await AssertRefusedAsync(
            Protocol.Rest,
            Signed(Protocol.Rest, credentials, presigned: true),
            403,
            "UnrecognizedClientException",
            Text
        );
    }

    [Fact]
    public async Task A_long_term_key_has_no_token() =>
        await AssertRefusedAsync(
            Protocol.Rest,
            Signed(Protocol.Rest, SignedServer.Administrator with { SessionToken = "made up" }),
            403,
            "UnrecognizedClientException",
            "The security token included in the request is invalid"
        );

    [Fact]
    public async Task A_session_that_has_ended_is_refused()
    {
        const string Text = "The security token included in the request is expired";

        await AssertRefusedAsync(Protocol.Query, Signed(Protocol.Query, SignedServer.Ended), 403, "ExpiredToken", Text);
        await AssertRefusedAsync(Protocol.Rest, Signed(Protocol.Rest, SignedServer.Ended), 403, "ExpiredTokenException", Text);
    }

    [Fact]
    public async Task Unsigned_requests_are_refused()
    {
        var rest = Unsigned(Protocol.Rest);

        await AssertRefusedAsync(Protocol.Rest, rest, 403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        await AssertRefusedAsync(
            Protocol.Query,
            Unsigned(Protocol.Query) with
            {
                Headers = Fields(("Host", "sts.amazonaws.com"), ("Content-Type", "application/x-www-form-urlencoded")),
            },
            403,
            "MissingAuthenticationToken",
            "Request is missing Authentication Token"
        );
    }

    [Fact]
    public async Task Half_a_signature_is_refused()
    {
        var authorization = ("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260217/eu-central-1/sts/aws4_request, Signature=0");
        var request = Unsigned(Protocol.Query) with { Headers = Fields(("Host", "localhost"), authorization) };
        var answer = await SendAsync(Protocol.Query, request);

        Assert.Equal(400, answer.Status);
        Assert.Equal("IncompleteSignature", CodeOf(Protocol.Query, answer));
        Assert.StartsWith(
            "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a "
                + "'X-Amz-Date' or a 'Date' header. ",
            MessageOf(Protocol.Query, answer),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(-16, "Signature expired: ")]
    [InlineData(16, "Signature not yet current: ")]
    public async Task Far_off_dates_are_refused(int minutes, string start)
    {
        foreach (var (protocol, code) in new[] { (Protocol.Query, "SignatureDoesNotMatch"), (Protocol.Rest, "InvalidSignatureException") })
        {
            var answer = await SendAsync(
                protocol,
                Signed(protocol, SignedServer.Administrator, time: TimeProvider.System.GetUtcNow().AddMinutes(minutes))
            );

            Assert.Equal((403, code), (answer.Status, CodeOf(protocol, answer)));
            Assert.StartsWith(start, MessageOf(protocol, answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Signed_for_another_service_is_refused() =>
        await AssertRefusedAsync(
            Protocol.Rest,
            Signed(Protocol.Rest, SignedServer.Administrator, service: "s3"),
            403,
            "InvalidSignatureException",
            "Credential should be scoped to correct service: 'lambda'."
        );

    [Theory]
    [InlineData("lambda.us-east-1.amazonaws.com")]
    [InlineData("lambda.us-east-1.localhost:4566")]
    public async Task Signed_for_another_region_than_the_host_is_refused(string host) =>
        await AssertRefusedAsync(
            Protocol.Rest,
            Signed(Protocol.Rest, SignedServer.Administrator, host: host),
            403,
            "InvalidSignatureException",
            "Credential should be scoped to a valid region, not 'eu-central-1'."
        );

    [Theory]
    [InlineData("lambda.eu-central-1.amazonaws.com")]
    [InlineData("lambda.localhost")]
    [InlineData("localhost:4566")]
    [InlineData("[::1]:4566")]
    public async Task Signed_for_the_region_of_the_host_is_valid(string host) =>
        Assert.Equal(200, (await SendAsync(Protocol.Rest, Signed(Protocol.Rest, SignedServer.Administrator, host: host))).Status);

    [Fact]
    public async Task Another_body_than_the_signed_one_is_refused()
    {
        var answer = await server.SendAsync(Signed(Protocol.Rest, SignedServer.Administrator), Body + " ");

        Assert.Equal((403, Mismatch), (answer.Status, MessageOf(Protocol.Rest, answer)));
    }

    [Fact]
    public async Task Header_and_query_signed_is_refused() =>
        await AssertRefusedAsync(
            Protocol.Rest,
            Signed(Protocol.Rest, SignedServer.Administrator) with
            {
                Target = Signed(Protocol.Rest, SignedServer.Administrator, presigned: true).Target,
            },
            403,
            "InvalidSignatureException",
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."
        );

    [Fact]
    public async Task Two_authorizations_are_refused()
    {
        var request = Signed(Protocol.Rest, SignedServer.Administrator);

        await AssertRefusedAsync(
            Protocol.Rest,
            request with
            {
                Headers = request.Headers.ToArray().Append(request.Headers.ToArray().Last()).ToArray(),
            },
            403,
            "IncompleteSignatureException",
            "'Authorization' must be sent only once."
        );
    }

    [Fact]
    public async Task A_second_credential_does_not_change_what_is_signed_for()
    {
        var request = Signed(Protocol.Rest, SignedServer.Administrator);
        var fields = request.Headers.ToArray();
        fields[^1] = fields[^1] with
        {
            Value = fields[^1]
                .Value.Replace(
                    " Credential=",
                    " XCredential=test/20260217/us-east-1/lambda/aws4_request, Credential=",
                    StringComparison.Ordinal
                ),
        };
        var answer = await SendAsync(Protocol.Rest, request with { Headers = fields });

        Assert.Equal(200, answer.Status);
        Assert.Contains("eu-central-1", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_of_AWS_that_is_not_signed_is_refused()
    {
        var request = Signed(Protocol.Rest, SignedServer.Administrator);

        await AssertRefusedAsync(
            Protocol.Rest,
            request with
            {
                Headers = request.Headers.ToArray().Append(new("X-Amz-Invocation-Type", "Event")).ToArray(),
            },
            403,
            "InvalidSignatureException",
            "'X-Amz-Invocation-Type' must be a 'SignedHeader' in the AWS Authorization."
        );
    }

    [Theory]
    [InlineData("/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A444455556666%3Afunction%3Asimple/invocations")]
    [InlineData("/2015-03-31/functions/%24odd%2Fname%20~!*'()/invocations")]
    [InlineData("/2015-03-31/functions/simple/invocations?")]
    public async Task Odd_paths_are_verified_as_sent(string target) =>
        Assert.Equal(200, (await SendAsync(Protocol.Rest, Signed(Protocol.Rest, SignedServer.Administrator, target: target))).Status);

    [Fact]
    public async Task No_refusal_shows_a_secret()
    {
        var answer = await SendAsync(Protocol.Query, Signed(Protocol.Query, SignedServer.Session with { SecretAccessKey = "wrong" }));

        Assert.DoesNotContain("session", answer.Head + answer.Body, StringComparison.OrdinalIgnoreCase);
    }

    private async Task AssertRefusedAsync(Protocol protocol, RequestHead request, int status, string code, string message)
    {
        var answer = await SendAsync(protocol, request);

        Assert.Equal((status, code, message), (answer.Status, CodeOf(protocol, answer), MessageOf(protocol, answer)));
        Assert.Contains("x-amzn-RequestId: ", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    private Task<RawHttp.Answer> SendAsync(Protocol protocol, RequestHead request) =>
        server.SendAsync(request, protocol == Protocol.Rest ? Body : "");

    private static RequestHead Unsigned(Protocol protocol) =>
        protocol == Protocol.Rest
            ? new(
                "POST",
                "/2015-03-31/functions/simple/invocations",
                Fields(("Host", "127.0.0.1:4566"), ("Content-Type", "application/json"))
            )
            : new("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", Fields(("Host", "127.0.0.1:4566")));

    private static RequestHead Signed(
        Protocol protocol,
        AwsCredentials credentials,
        bool presigned = false,
        string? service = null,
        string? host = null,
        string? target = null,
        DateTimeOffset? time = null
    )
    {
        var request = Unsigned(protocol);
        if (target is not null)
            request = request with { Target = target };
        if (host is not null)
            request = request with { Headers = Fields(("Host", host), ("Content-Type", "application/json")) };
        var context = new SigningContext(
            credentials,
            "eu-central-1",
            service ?? (protocol == Protocol.Rest ? "lambda" : "sts"),
            time ?? TimeProvider.System.GetUtcNow()
        );
        var body = Encoding.UTF8.GetBytes(protocol == Protocol.Rest ? Body : "");
        return (
            presigned ? SigV4RequestSigner.Presign(request, body, context, 60) : SigV4RequestSigner.Sign(request, body, context)
        ).Request;
    }

    private static HttpField[] Fields(params (string Name, string Value)[] fields) =>
        [.. fields.Select(field => new HttpField(field.Name, field.Value))];

    private static string CodeOf(Protocol protocol, RawHttp.Answer answer) =>
        protocol == Protocol.Query ? Xml(answer, "Code") : answer.Head.Split("x-amzn-ErrorType: ", 2)[1].Split("\r\n")[0];

    private static string MessageOf(Protocol protocol, RawHttp.Answer answer) =>
        protocol == Protocol.Query ? Xml(answer, "Message") : Json(answer);

    private static string Xml(RawHttp.Answer answer, string element) =>
        XDocument.Parse(answer.Body).Descendants().Single(node => node.Name.LocalName == element).Value;

    private static string Json(RawHttp.Answer answer)
    {
        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.GetProperty("message").GetString()!;
    }
}
