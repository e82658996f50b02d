using System.Text.Json;
using System.Text.RegularExpressions;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

[Trait("Pace", "slow")]
public class NodeTests
{
    [Theory]
    [InlineData("exports.handler = async (event) => ({ got: event, text: 'ü' });")]
    [InlineData("exports.handler = (event, context, callback) => callback(null, { got: event, text: 'ü' });")]
    [InlineData("exports.handler = (event, context) => { context.succeed({ got: event, text: 'ü' }); };")]
    [InlineData("exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { got: event, text: 'ü' }), 5); };")]
    public async Task Handlers_of_every_kind_answer(string source)
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Node(source);

        Assert.Equal("""{"got":{"n":1},"text":"ü"}""", (await host.InvokeAsync(function, """{"n":1}""")).Payload);
        Assert.Equal("""{"got":{"n":2},"text":"ü"}""", (await host.InvokeAsync(function, """{"n":2}""")).Payload);
        Assert.Single(host.Messages, message => message.StartsWith("INIT_START", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("exports.handler = async () => {};", "null")]
    [InlineData("exports.handler = () => {};", "null")]
    [InlineData("exports.handler = async () => 'a\\u0000b';", "\"a\\u0000b\"")]
    public async Task Results_are_encoded_by_JSON_stringify(string source, string payload)
    {
        await using var host = await FunctionHost.StartAsync();

        Assert.Equal(payload, (await host.InvokeAsync(host.Node(source))).Payload);
    }

    [Theory]
    [InlineData("index.mjs", "export const handler = async () => 'mjs';", "mjs")]
    [InlineData("index.cjs", "exports.handler = async () => 'cjs';", "cjs")]
    public async Task Modules_of_either_kind_are_found(string file, string source, string result)
    {
        await using var host = await FunctionHost.StartAsync();

        Assert.Equal($"\"{result}\"", (await host.InvokeAsync(host.Function("nodejs20.x", "index.handler", file, source))).Payload);
    }

    [Fact]
    public async Task Package_of_type_module_makes_js_an_ES_module()
    {
        await using var host = await FunctionHost.StartAsync();

        var function = host.Function(
            "nodejs20.x",
            "src/index.handler",
            "src/index.js",
            "export const handler = async () => import.meta.url;",
            "package.json",
            """{"type":"module"}"""
        );

        Assert.Equal($"\"file://{host.TaskRoot(function)}/src/index.js\"", (await host.InvokeAsync(function)).Payload);
    }

    [Fact]
    public async Task Thrown_error_has_type_message_and_trace_in_this_order()
    {
        await using var host = await FunctionHost.StartAsync();

        var function = host.Node("exports.handler = async () => { throw new Error('Error: some_error_msg'); };");

        var answer = await host.InvokeAsync(function);

        using var payload = JsonDocument.Parse(answer.Payload);
        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.Equal(["errorType", "errorMessage", "trace"], payload.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Error", payload.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("Error: some_error_msg", payload.RootElement.GetProperty("errorMessage").GetString());
        Assert.Contains(
            host.TaskRoot(function) + "/index.js",
            payload.RootElement.GetProperty("trace")[1].GetString(),
            StringComparison.Ordinal
        );
        Assert.Contains(
            host.Messages,
            message => message.Contains($"\t{answer.Id}\tERROR\tInvoke Error \t{{\"errorType\":\"Error\"", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("exports.handler = async () => { throw 'msg'; };", """{"errorType":"string","errorMessage":"msg","trace":[]}""")]
    [InlineData("exports.handler = (e, c, callback) => callback('msg');", """{"errorType":"string","errorMessage":"msg","trace":[]}""")]
    public async Task Rejection_with_something_else_than_an_error_has_an_empty_trace(string source, string payload)
    {
        await using var host = await FunctionHost.StartAsync();

        Assert.Equal(payload, (await host.InvokeAsync(host.Node(source))).Payload);
    }

    [Theory]
    [InlineData("exports.other = 1;", "index.handler", "Runtime.HandlerNotFound", "index.handler is undefined or not exported")]
    [InlineData("exports.handler = 1;", "index.handler", "Runtime.HandlerNotFound", "index.handler is not a function")]
    [InlineData(
        "",
        "missing.handler",
        "Runtime.ImportModuleError",
        "Error: Cannot find module 'missing'\nRequire stack:\n- /var/runtime/index.mjs"
    )]
    [InlineData("", "index", "Runtime.MalformedHandlerName", "Bad handler")]
    [InlineData("exports.handler = (", "index.handler", "Runtime.UserCodeSyntaxError", "SyntaxError: Unexpected end of input")]
    [InlineData("throw new TypeError('at import');", "index.handler", "TypeError", "at import")]
    public async Task Failures_of_init(string source, string handler, string type, string message)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(host.Function("nodejs20.x", handler, "index.js", source));

        using var payload = JsonDocument.Parse(answer.Payload);
        Assert.Equal(type, payload.RootElement.GetProperty("errorType").GetString());
        var actual = payload.RootElement.GetProperty("errorMessage").GetString()!;
        // Without a sandbox the runtime is in another directory.
        Assert.Equal(message, Regex.Replace(actual, Regex.Escape(host.StateDirectory) + "/runtime-[0-9a-f]+", "/var/runtime"));
    }

    [Theory]
    [InlineData(
        "exports.handler = async () => { setTimeout(() => { throw new Error('later'); }, 1); await new Promise(() => setTimeout(() "
            + "=> {}, 5000)); };",
        "Error",
        "later"
    )]
    [InlineData(
        "exports.handler = async () => { Promise.reject(new Error('unheard')); await new Promise(() => setTimeout(() => {}, 5000)); };",
        "Runtime.UnhandledPromiseRejection",
        "Error: unheard"
    )]
    public async Task What_nobody_catches_fails_the_invocation_and_the_next_one_works(string source, string type, string message)
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Node(
            "exports.handler = async (event) => event.ok ? 'ok' : failing();\nconst failing = " + source["exports.handler = ".Length..]
        );

        var answer = await host.InvokeAsync(function);

        using var payload = JsonDocument.Parse(answer.Payload);
        Assert.Equal(type, payload.RootElement.GetProperty("errorType").GetString());
        Assert.Equal(message, payload.RootElement.GetProperty("errorMessage").GetString());
        Assert.Equal("\"ok\"", (await host.InvokeAsync(function, """{"ok":true}""")).Payload);
    }

    [Fact]
    public async Task Promise_that_never_settles_fails_when_nothing_is_left_to_wait_for()
    {
        await using var host = await FunctionHost.StartAsync();

        Assert.Contains(
            "Runtime.NodeJsExit",
            (await host.InvokeAsync(host.Node("exports.handler = async () => new Promise(() => {});"))).Payload,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Context_is_as_recorded()
    {
        await using var host = await FunctionHost.StartAsync();
        const string Client = """{"custom":{"foo":"bar"},"client":{"snap":["crackle","pop"]},"env":{"fizz":"buzz"}}""";

        var answer = await host.InvokeAsync(
            host.Node("exports.handler = async (event, context) => ({ context, env: Object.keys(process.env) });"),
            clientContext: Client
        );

        using var payload = JsonDocument.Parse(answer.Payload);
        using var recorded = RecordedLambda.Open();
        var expected = recorded.RootElement.GetProperty("responses");
        Assert.Equal(
            expected
                .GetProperty("context_nodejs")
                .GetProperty("Payload")
                .GetProperty("context")
                .EnumerateObject()
                .Select(member => member.Name),
            payload.RootElement.GetProperty("context").EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal(Client, payload.RootElement.GetProperty("context").GetProperty("clientContext").GetRawText());
        Assert.Equal("128", payload.RootElement.GetProperty("context").GetProperty("memoryLimitInMB").GetString());
        Assert.Equal(
            expected
                .GetProperty("introspection_nodejs")
                .GetProperty("environment")
                .EnumerateObject()
                .Select(member => member.Name)
                .Where(name => name != "TEST_KEY")
                .Concat(host.OwnVariables)
                .Order(StringComparer.Ordinal),
            payload.RootElement.GetProperty("env").EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Console_lines_carry_time_request_and_level()
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(
            host.Node("exports.handler = async () => { console.log('a %s', 'b\\nc'); console.error('e'); process.stdout.write('raw'); };")
        );

        string[] messages = [.. host.Messages];
        Assert.Matches($"^\\d{{4}}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{{3}}Z\t{answer.Id}\tINFO\ta b\nc\n$", messages[2]);
        Assert.Matches($"Z\t{answer.Id}\tERROR\te\n$", messages[3]);
        Assert.Equal("raw", messages[4]);
    }

    [Fact]
    public async Task Streamed_response_is_collected()
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(
            host.Node(
                "exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write('one '); "
                    + "stream.write('two'); stream.end(); });"
            )
        );

        Assert.Equal(("one two", null), (answer.Payload, answer.FunctionError));
    }

    [Fact]
    public async Task Older_SDK_has_the_local_endpoint_unless_a_client_names_another()
    {
        await using var host = await FunctionHost.StartAsync(change: options =>
            options with
            {
                Endpoint = new Uri("http://127.0.0.1:4567"),
            }
        );

        // The parts of aws-sdk 2 that count: its core, which every way in loads, and the settings that clients begin with.
        var answer = await host.InvokeAsync(
            host.Function(
                "nodejs20.x",
                "index.handler",
                "index.js",
                """
                const Lambda = require('aws-sdk/clients/lambda');
                const core = require('./core');
                exports.handler = async () => [new Lambda({}).endpoint, new Lambda({ endpoint: 'http://own' }).endpoint, require('aws-sdk').config.endpoint, core.config];
                """,
                "core.js",
                "exports.config = { update() { throw new Error('not the SDK'); } };",
                "node_modules/aws-sdk/package.json",
                """{"name":"aws-sdk","version":"2.1693.0","main":"lib/aws.js"}""",
                "node_modules/aws-sdk/lib/aws.js",
                "module.exports = require('./core');",
                "node_modules/aws-sdk/lib/core.js",
                """
                const AWS = module.exports = { VERSION: '2.1693.0', Service: class { constructor(config) { Object.assign(this, AWS.config, config); } } };
                AWS.config = { update(changes) { Object.assign(AWS.config, changes); } };
                """,
                "node_modules/aws-sdk/clients/lambda.js",
                "module.exports = require('../lib/core').Service;"
            )
        );

        Assert.Equal("""["http://127.0.0.1:4567","http://own","http://127.0.0.1:4567",{}]""", answer.Payload);
    }
}
