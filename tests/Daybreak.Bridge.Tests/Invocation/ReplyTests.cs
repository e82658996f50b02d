using System.Text.RegularExpressions;
using Daybreak.Bridge.Tests.Parts;

namespace Daybreak.Bridge.Tests.Invocation;

/// <summary>Replies of the API and their results in SQL, and the requests to the API.</summary>
public sealed class ReplyTests
{
    private static async Task<Answer> AskAsync(string reply, Call? call = null)
    {
        await using var endpoint = ScriptedEndpoint.Answering(reply);
        await using var bridge = new Parts.Bridge();
        return await bridge.InvokeAsync((call ?? new Call()) with { Endpoint = endpoint.Url });
    }

    private static string Refusal(string status, string code, string body) =>
        ScriptedEndpoint.Reply(body, $"x-amzn-ErrorType: {code}\r\n", status);

    [Fact]
    public async Task Payload_comes_back_byte_for_byte()
    {
        const string Payload = "{\"b\":1,  \"a\" : [ 1,2 ],\"a\":\"ü\\u0000\"}";
        var result = (await AskAsync(ScriptedEndpoint.Reply(Payload))).ShouldBeResult();
        Assert.Equal(200u, result.StatusCode);
        Assert.Equal(Payload, result.Payload);
        Assert.Equal("$LATEST", result.ExecutedVersion);
        Assert.Null(result.LogResult);
    }

    [Theory]
    [InlineData("Event", "202 Accepted", 202u)]
    [InlineData("DryRun", "204 No Content", 204u)]
    public async Task Event_and_dry_run_have_a_status_and_nothing_else(string type, string status, uint code)
    {
        var result = (
            await AskAsync($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n", new Call { InvocationType = type })
        ).ShouldBeResult();
        Assert.Equal(code, result.StatusCode);
        Assert.Null(result.Payload);
        Assert.Null(result.ExecutedVersion);
        Assert.Null(result.LogResult);
    }

    [Fact]
    public async Task Function_error_is_raised_in_the_documented_words()
    {
        var error = (
            await AskAsync(
                ScriptedEndpoint.Reply("{\"errorMessage\": \"boom\"}", "X-Amz-Function-Error: Unhandled\r\n"),
                new Call { FunctionName = "arn:aws:lambda:us-west-2:555555555555:function:my-function" }
            )
        ).ShouldBeError("LM100");
        Assert.Equal("lambda invocation failed", error.Message);
        Assert.Equal(
            "\"arn:aws:lambda:us-west-2:555555555555:function:my-function\" returned error \"Unhandled\", "
                + "details: \"{\"errorMessage\": \"boom\"}\".",
            error.Detail
        );
    }

    [Fact]
    public async Task After_a_function_error_the_connection_is_used_again()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("{}", "X-Amz-Function-Error: Unhandled\r\n"));
        await using var bridge = new Parts.Bridge();
        for (var i = 0; i < 5; i++)
            (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeError("LM100");
        Assert.Equal(1, endpoint.Connections);
    }

    [Theory]
    [InlineData(
        "403 Forbidden",
        "AccessDeniedException",
        "{\"Message\":\"User: u is not authorized\"}",
        "LM003",
        "User: u is not authorized"
    )]
    [InlineData(
        "429 Too Many Requests",
        "TooManyRequestsException",
        "{\"Reason\":\"R\",\"Type\":\"User\",\"message\":\"Rate Exceeded.\"}",
        "LM004",
        "Rate Exceeded."
    )]
    [InlineData(
        "404 Not Found",
        "ResourceNotFoundException:http://internal/",
        "{\"Type\":\"User\",\"Message\":\"Function not found: f\"}",
        "LM005",
        "Function not found: f"
    )]
    [InlineData(
        "400 Bad Request",
        "InvalidRequestContentException",
        "{\"Type\":\"User\",\"message\":\"Could not parse\"}",
        "LM006",
        "Could not parse"
    )]
    [InlineData("413 Too Large", "RequestEntityTooLargeException", "{\"Message\":\"too large\"}", "LM007", "too large")]
    [InlineData(
        "403 Forbidden",
        "UnrecognizedClientException",
        "{\"message\":\"The security token included in the request is invalid.\"}",
        "LM008",
        "The security token included in the request is invalid."
    )]
    [InlineData(
        "403 Forbidden",
        "ExpiredTokenException",
        "{\"message\":\"The security token included in the request is expired\"}",
        "LM008",
        "The security token included in the request is expired"
    )]
    [InlineData("403 Forbidden", "InvalidSignatureException", "{\"message\":\"no match\"}", "LM008", "no match")]
    [InlineData("500 Error", "ServiceException", "{\"Type\":\"Service\",\"Message\":\"oops\"}", "LM010", "oops")]
    [InlineData("502 Bad Gateway", "EC2ThrottledException", "{\"Type\":\"Service\",\"Message\":\"ec2\"}", "LM004", "ec2")]
    [InlineData("409 Conflict", "ResourceConflictException", "{\"Type\":\"User\",\"message\":\"Pending\"}", "LM011", "Pending")]
    [InlineData("418 Teapot", "TeapotException", "{\"message\":\"short and stout\"}", "LM000", "short and stout")]
    [InlineData("400 Bad Request", "ValidationException", "", "LM006", "ValidationException (HTTP status 400)")]
    public async Task Refusal_has_the_api_s_words_and_a_class_of_its_own(
        string status,
        string code,
        string body,
        string sqlState,
        string text
    )
    {
        var error = (await AskAsync(Refusal(status, code, body))).ShouldBeError(sqlState);
        Assert.Equal("invoke API failed", error.Message);
        Assert.Equal($"AWS Lambda client returned '{text}'.", error.Detail);
        if (sqlState != "LM000")
            Assert.NotEmpty(error.Hint!);
    }

    [Theory]
    [InlineData("301 Moved Permanently", "<html>moved to our page</html>", 301)]
    [InlineData("307 Temporary Redirect", "", 307)]
    [InlineData("403 Forbidden", "<html>our proxy page</html>", 403)]
    [InlineData("502 Bad Gateway", "<html>our proxy page</html>", 502)]
    [InlineData("503 Service Unavailable", "", 503)]
    [InlineData("500 Error", "[1,2]", 500)]
    [InlineData("500 Error", "{\"cut", 500)]
    public async Task Answer_that_is_not_lambda_s_names_the_status_and_not_the_page(string status, string body, int code)
    {
        await using var endpoint = ScriptedEndpoint.Answering(
            $"HTTP/1.1 {status}\r\nLocation: http://127.0.0.1:1/\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );
        await using var bridge = new Parts.Bridge();
        var error = (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url })).ShouldBeError("LM010");
        Assert.Contains($"HTTP status {code}", error.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("page", error.Detail + error.Hint, StringComparison.Ordinal);
        Assert.Equal(1, endpoint.Executions);
    }

    [Fact]
    public async Task Empty_body_without_any_header_of_lambda_is_an_error() =>
        Assert.Contains(
            "empty body",
            (await AskAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).ShouldBeError("LM010").Detail,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Nul_in_a_message_never_reaches_postgresql()
    {
        var error = (await AskAsync(Refusal("400 Bad Request", "ValidationException", "{\"message\":\"a\\u0000b\"}"))).ShouldBeError(
            "LM006"
        );
        Assert.DoesNotContain('\0', error.Detail!);
    }

    [Fact]
    public async Task Request_carries_what_the_arguments_say()
    {
        EndpointRequest? seen = null;
        await using var endpoint = new ScriptedEndpoint(async peer =>
        {
            seen = await peer.ReadRequestAsync();
            await peer.SendAsync("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
        });
        await using var bridge = new Parts.Bridge();
        (
            await bridge.InvokeAsync(
                new Call
                {
                    Endpoint = endpoint.Url,
                    FunctionName = "f",
                    Qualifier = "prod",
                    InvocationType = "Event",
                    LogType = "Tail",
                    Context = "{\"custom\":{\"k\":\"v\"}}",
                    Payload = "{\"n\":  1}"u8.ToArray(),
                    Region = "ap-south-1",
                }
            )
        ).ShouldBeResult();
        Assert.Equal("POST /2015-03-31/functions/f/invocations?Qualifier=prod HTTP/1.1", seen!.RequestLine);
        Assert.Equal("{\"n\":  1}"u8.ToArray(), seen.Body);
        Assert.Equal("Event", seen.Header("X-Amz-Invocation-Type"));
        Assert.Equal("Tail", seen.Header("X-Amz-Log-Type"));
        Assert.Equal("eyJjdXN0b20iOnsiayI6InYifX0=", seen.Header("X-Amz-Client-Context"));
        Assert.Equal("very-secret-token", seen.Header("X-Amz-Security-Token"));
        Assert.Matches(
            new Regex(
                "^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/[0-9]{8}/ap-south-1/lambda/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-client-context;x-amz-date;x-amz-invocation-type;x-amz-log-type;x-amz-security-token, "
                    + "Signature=[0-9a-f]{64}$"
            ),
            seen.Header("Authorization")
        );
    }

    [Theory]
    [InlineData("[]", "LM006")]
    [InlineData("\"x\"", "LM006")]
    [InlineData(" ", "LM006")]
    public async Task Client_context_that_is_no_object_is_refused_before_anything_is_sent(string context, string sqlState)
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url, Context = context })).ShouldBeError(sqlState);
        Assert.Equal(0, endpoint.Connections);
    }

    [Fact]
    public async Task Client_context_counts_in_base64()
    {
        await using var endpoint = ScriptedEndpoint.Answering(ScriptedEndpoint.Reply("1"));
        await using var bridge = new Parts.Bridge();
        var fits = "{\"custom\":{\"k\":\"" + new string('x', 2666) + "\"}}";
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url, Context = fits })).ShouldBeResult();
        (await bridge.InvokeAsync(new Call { Endpoint = endpoint.Url, Context = fits + " " })).ShouldBeError("LM007");
    }

    [Fact]
    public async Task Failure_log_tells_who_asked_what_and_no_secret()
    {
        await using var endpoint = ScriptedEndpoint.Answering(
            ScriptedEndpoint.Reply("{\"errorMessage\":\"private-answer\"}", "X-Amz-Function-Error: Unhandled\r\n")
        );
        var bridge = new Parts.Bridge();
        await using (bridge)
        {
            var call = new Call
            {
                Endpoint = endpoint.Url,
                Payload = "{\"p\":\"private-question\"}"u8.ToArray(),
                Context = "{\"custom\":{\"private\":\"context\"}}",
            };
            (await bridge.InvokeAsync(call)).ShouldBeError("LM100");
            (await bridge.InvokeAsync(call with { InvocationType = "nope" })).ShouldBeError("LM006");
            var log = await bridge.StopAsync();
            Assert.Equal(2, log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            Assert.Contains("\"sqlstate\":\"LM100\"", log, StringComparison.Ordinal);
            Assert.Contains("\"log_context\":\"postgres/app/1\"", log, StringComparison.Ordinal);
            Assert.Contains("\"endpoint\":\"127.0.0.1\"", log, StringComparison.Ordinal);
            foreach (var secret in new[] { "private", "very-secret", "AKIDEXAMPLE", "Signature" })
                Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        }
    }
}
