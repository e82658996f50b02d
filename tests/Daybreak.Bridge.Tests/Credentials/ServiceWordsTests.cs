using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Tests.Explain;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Credentials;

/// <summary>Services that repeat what they received: neither SQL nor the log shows secrets; they do show the rest.</summary>
public sealed class ServiceWordsTests
{
    private const string AccessKey = "ASIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Token = "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==";
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
        + "signing method. Consult the service documentation for details.";

    private const string Canonical =
        Mismatch
        + """


            The Canonical String for this request should have been
            'POST
            /2015-03-31/functions/my-function/invocations

            host:lambda.us-west-2.amazonaws.com
            x-amz-security-token:{token}

            host;x-amz-security-token
            44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'

            The String-to-Sign should have been
            'AWS4-HMAC-SHA256'
            """;

    /// <summary>In what a service says, {token}, {authorization} and {signature} stand for what it was sent.</summary>
    public static TheoryData<string, string> Words =>
        new()
        {
            { Canonical, Mismatch },
            { Mismatch + " The String To Sign should have been '{signature}'", Mismatch },
            { "The canonical string is {token}", "InvalidSignatureException (HTTP status 403)" },
            { "The token {token} is expired", "The token … is expired" },
            { "x-amz-security-token: 'IQoJb3JpZ2luX2Vj' is cut", "x-amz-security-token: '…' is cut" },
            { "Do not sign x-amz-security-token here", "Do not sign x-amz-security-token here" },
            { "The secret key wjalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY is none", "The secret key … is none" },
            {
                "Authorization={authorization}",
                "Authorization=AWS4-HMAC-SHA256 Credential=…/{scope}, "
                    + "SignedHeaders=content-type;host;x-amz-date;x-amz-invocation-type;x-amz-log-type;x-amz-security-token, Signature=…"
            },
            { "Unknown key ASIAIOSFODNN7EXAMPLE", "Unknown key …" },
            {
                "Function not found: arn:aws:lambda:us-west-2:444455556666:function:slovakian-order-processor",
                "Function not found: arn:aws:lambda:us-west-2:444455556666:function:slovakian-order-processor"
            },
            { "{long}{token}", "{long}…" },
        };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Secrets_are_left_out_of_an_error_and_of_the_log(string words, string shown)
    {
        var (scope, signature, @long) = ("", "", new string('x', 1990));
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            while (await peer.ReadRequestAsync() is { } request)
            {
                var authorization = request.Header("authorization")!;
                (scope, signature) = (authorization.Split("Credential=")[1].Split(',')[0][(AccessKey.Length + 1)..], authorization[^64..]);
                var said = words
                    .Replace("{token}", request.Header("x-amz-security-token"), StringComparison.Ordinal)
                    .Replace("{authorization}", authorization, StringComparison.Ordinal)
                    .Replace("{signature}", signature, StringComparison.Ordinal)
                    .Replace("{long}", @long, StringComparison.Ordinal);
                await peer.SendAsync(
                    ScriptedEndpoint.Reply(
                        System.Text.Json.JsonSerializer.Serialize(new { message = said }),
                        "x-amzn-ErrorType: InvalidSignatureException\r\n",
                        "403 Forbidden"
                    )
                );
            }
        });
        var source = new ScriptedSource();
        source.Give(new CredentialSnapshot(new AwsCredentials(AccessKey, Secret, Token), null, "test"));
        await using var bridge = new Parts.Bridge(source: source);

        var error = (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeError("LM008");

        shown = shown.Replace("{scope}", scope, StringComparison.Ordinal).Replace("{long}", @long, StringComparison.Ordinal);
        Assert.Equal($"AWS Lambda client returned '{shown}'.", error.Detail);
        var log = await bridge.StopAsync();
        Assert.Contains("LM008", log, StringComparison.Ordinal);
        foreach (var secret in new[] { AccessKey, Secret, Token[..16], signature })
            Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Code_that_is_a_secret_is_left_out()
    {
        await using var endpoint = ScriptedEndpoint.Answering(
            ScriptedEndpoint.Reply("", "x-amzn-ErrorType: very-secret-token\r\n", "400 Bad Request")
        );
        await using var bridge = new Parts.Bridge();
        Assert.Equal(
            "AWS Lambda client returned '… (HTTP status 400)'.",
            (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeError("LM000").Detail
        );
    }

    [Fact]
    public async Task Secrets_are_left_out_of_an_explanation()
    {
        await using var lambda = new Lambda();
        const string Said =
            Mismatch + "\\n\\nThe Canonical String for this request should have been 'x-amz-security-token:very-secret-token'";
        lambda.Judge = request => (403, "InvalidSignatureException", $$"""{"message":"{{Said}}"}""");
        lambda.Configuration = (403, "AccessDeniedException", """{"Message":"very-secret-token may not"}""");
        lambda.Caller = (403, "", Lambda.StsError("SignatureDoesNotMatch", Said.Replace("\\n", "\n", StringComparison.Ordinal)));
        await using var bridge = new Parts.Bridge(variables: lambda.Variables());

        var explained = await Explained.AskAsync(bridge, new Question { Endpoint = lambda.Url }); // which fails where it finds the token

        Assert.EndsWith($"was refused: InvalidSignatureException: {Mismatch}", explained.TextOf("permission"), StringComparison.Ordinal);
        Assert.Equal($"AWS STS answers SignatureDoesNotMatch: {Mismatch}", explained.TextOf("caller"));
        Assert.Contains("… may not", explained.TextOf("function"), StringComparison.Ordinal);
    }
}
