using System.Net;
using System.Text;

namespace Daybreak.Cloud.Tests.Lambda.Invoking;

public sealed class InvokeTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    [Fact]
    public async Task A_call_returns_the_functions_bytes_and_AWS_headers()
    {
        var name = await cloud.CreateAsync();
        var answer = await cloud.InvokeAsync(name, """{ "n":  1 }""", ("X-Amz-Log-Type", "Tail"));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""{ "n":  1 }""", answer.Text);
        Assert.Equal("$LATEST", answer.Headers["X-Amz-Executed-Version"]);
        Assert.Equal("START\nEND\n", Encoding.UTF8.GetString(Convert.FromBase64String(answer.Headers["X-Amz-Log-Result"])));
        Assert.False(answer.Headers.ContainsKey("X-Amz-Function-Error"));
        Assert.Equal(
            answer.Headers["x-amzn-RequestId"],
            cloud.Runtime.Calls.Single(call => call.Function.FunctionName == name).Invocation.RequestId
        );
    }

    [Fact]
    public async Task A_failed_function_is_200_with_its_error()
    {
        var name = await cloud.CreateAsync();
        var run = cloud.Runtime.Run;
        cloud.Runtime.Run = (function, invocation, cancellation) =>
            function.FunctionName == name
                ? ValueTask.FromResult(ScriptedRuntime.Failure("""{"errorType":"E"}"""))
                : run(function, invocation, cancellation);
        var answer = await cloud.InvokeAsync(name, "{}");
        Assert.Equal(
            (HttpStatusCode.OK, "Unhandled", """{"errorType":"E"}"""),
            (answer.Status, answer.Headers["X-Amz-Function-Error"], answer.Text)
        );
    }

    [Fact]
    public async Task A_dry_run_answers_204_and_runs_nothing()
    {
        var name = await cloud.CreateAsync();
        var answer = await cloud.InvokeAsync(name, "{}", ("X-Amz-Invocation-Type", "DryRun"));
        Assert.Equal(HttpStatusCode.NoContent, answer.Status);
        Assert.False(answer.Headers.ContainsKey("X-Amz-Executed-Version"));
        Assert.DoesNotContain(cloud.Runtime.Calls, call => call.Function.FunctionName == name);
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData("{}", "{}")]
    [InlineData("1", "1")]
    [InlineData("null", "null")]
    [InlineData("\"Fuß\"", "\"Fuß\"")]
    public async Task Any_json_is_a_payload(string payload, string seen)
    {
        var name = await cloud.CreateAsync();
        var answer = await cloud.InvokeAsync(name, payload);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(payload.Length == 0 ? "" : seen, answer.Text); // the runtime turns nothing into {}
    }

    [Theory]
    [InlineData("{", "Unexpected end-of-input", 1, 2)]
    [InlineData(
        "not json",
        "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
        1,
        1
    )]
    [InlineData(
        "{\n  \"a\": }",
        "Unexpected character ('}' (code 125)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' "
            + "or 'false')",
        2,
        8
    )]
    public async Task A_payload_that_is_no_json_is_refused_with_the_place(string payload, string reason, int line, int column)
    {
        var name = await cloud.CreateAsync();
        var answer = await cloud.InvokeAsync(name, payload);
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidRequestContentException"), (answer.Status, answer.Error));
        Assert.Equal(
            $"Could not parse request body into json: Could not parse payload into json: {reason}\n"
                + $" at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: {line}, column: {column}]",
            answer.Message
        );
        Assert.Equal("User", (string?)answer.Json["Type"]);
    }
}
