using System.Text.Json;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

/// <summary>Since <c>nodejs24.x</c> a handler that declares a callback is refused at init, whatever the version of the program.</summary>
[Trait("Pace", "slow")]
public class NodeCallbackTests
{
    private const string Refusal =
        "ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify "
        + "this function "
        + "to use a supported handler signature to use Node.js 24 or later. For more information see "
        + "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.";

    private const string Warning = "AWS Lambda plans to remove support for callback-based function handlers starting with Node.js 24.";

    [Theory]
    [InlineData("exports.handler = (event, context, callback) => callback(null, 1);")]
    [InlineData("exports.handler = async (event, context, callback) => 1;")]
    [InlineData("exports.handler = function (a, b, c, d) { return 1; };")]
    public async Task Handler_with_three_or_more_parameters_is_refused_at_init_since_24(string source)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Node(host, 24, source));

        using var payload = JsonDocument.Parse(answer.Payload);
        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.Equal(["errorType", "errorMessage", "trace"], payload.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Runtime.CallbackHandlerDeprecated", payload.RootElement.GetProperty("errorType").GetString());
        Assert.Equal(Refusal, payload.RootElement.GetProperty("errorMessage").GetString());
        Assert.Equal($"Runtime.CallbackHandlerDeprecated: {Refusal}", payload.RootElement.GetProperty("trace")[0].GetString());
        Assert.Contains(
            host.Messages,
            message =>
                message.Contains(
                    "\t-\tERROR\tInit Error "
                        + $"\t{{\"errorType\":\"Runtime.CallbackHandlerDeprecated\",\"errorMessage\":\"{Refusal}\",\"name\":\"Runtime.CallbackHandlerDeprecated\",\"stack\":[",
                    StringComparison.Ordinal
                )
        );
        Assert.Contains(
            host.Messages,
            message => message.Contains("Error Type: Runtime.CallbackHandlerDeprecated", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("exports.handler = async (event, context, callback = null) => 1;")] // what has a default is not counted
    [InlineData("exports.handler = async (event, context, ...rest) => 1;")]
    [InlineData("exports.handler = async () => arguments.length && 1;")]
    [InlineData("exports.handler = () => 1;")]
    [InlineData("module.exports = ((name) => ({ [name]: async () => 1 }))('handler');")]
    [InlineData("exports.handler = awslambda.streamifyResponse(async (event, stream, context) => { stream.end('1'); });")]
    public async Task Handler_without_a_callback_works_since_24(string source)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Node(host, 24, source));

        Assert.Equal(("1", null), (answer.Payload, answer.FunctionError));
    }

    [Theory]
    [InlineData("callback(null, 1)")]
    [InlineData("context.succeed(1)")]
    [InlineData("context.done(null, 1)")]
    [InlineData("setTimeout(() => callback(null, 1), 5); callback(null, 1)")]
    [InlineData("callback(null, 1); callback('later ones do not count')")]
    [InlineData("context.callbackWaitsForEmptyEventLoop = false; setInterval(() => {}, 1000); callback(null, 1)")]
    public async Task Callbacks_work_before_24_and_are_warned_of(string body)
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Node(host, 22, $"exports.handler = (event, context, callback) => {{ {body}; }};");

        Assert.Equal("1", (await host.InvokeAsync(function)).Payload);
        Assert.Equal("1", (await host.InvokeAsync(function)).Payload);
        Assert.Single(host.Messages, message => message.Contains("\tundefined\tWARN\t" + Warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Warning_of_callbacks_can_be_switched_off()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = Node(host, 22, "exports.handler = (event, context, callback) => callback(null, 1);");

        await host.InvokeAsync(function with { Environment = function.Environment.Add("AWS_LAMBDA_NODEJS_DISABLE_CALLBACK_WARNING", "1") });

        Assert.DoesNotContain(host.Messages, message => message.Contains(Warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Context_has_no_callbacks_since_24()
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Node(host, 24, "exports.handler = async (event, context) => Object.keys(context);"));

        Assert.Equal(
            """["clientContext","identity","invokedFunctionArn","awsRequestId","tenantId","getRemainingTimeInMillis","xRayTraceId","functionName","functionVersion","memoryLimitInMB","logGroupName","logStreamName"]""",
            answer.Payload
        );
    }

    [Theory]
    [InlineData("exports.handler = (event, context) => context.succeed(1);", "TypeError", "context.succeed is not a function")]
    [InlineData("exports.handler = () => { throw new RangeError('at once'); };", "RangeError", "at once")]
    public async Task Handler_that_throws_has_failed_since_24_as_before(string source, string type, string message)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Node(host, 24, source));

        using var payload = JsonDocument.Parse(answer.Payload);
        Assert.Equal(
            (type, message),
            (payload.RootElement.GetProperty("errorType").GetString(), payload.RootElement.GetProperty("errorMessage").GetString())
        );
    }

    [Theory]
    [InlineData("exports.handler = async () => new Promise(() => {});", "Runtime exited without providing a reason")]
    [InlineData(
        "exports.handler = async () => { Promise.reject(new Error('unheard')); return 1; };",
        "Runtime exited with error: exit status 1"
    )]
    [InlineData(
        "exports.handler = async () => { setTimeout(() => { throw new Error('later'); }, 1); await new Promise(() => setTimeout(() "
            + "=> {}, 5000)); };",
        "Runtime exited with error: exit status 1"
    )]
    public async Task What_nobody_catches_ends_the_process_since_24(string source, string reason)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(Node(host, 24, source));

        Assert.Equal($$"""{"errorType":"Runtime.ExitError","errorMessage":"RequestId: {{answer.Id}} Error: {{reason}}"}""", answer.Payload);
    }

    [Fact]
    public async Task Response_goes_out_before_24_although_nobody_catches_a_rejection()
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(
            Node(host, 22, "exports.handler = async () => { Promise.reject(new Error('unheard')); return 1; };")
        );

        Assert.Equal(("1", null), (answer.Payload, answer.FunctionError));
    }

    private static FunctionVersion Node(FunctionHost host, int version, string source) =>
        host.Function($"nodejs{version}.x", "index.handler", "index.js", source);
}
