using System.Text.Json;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

/// <summary>Results and errors of Node.js functions have the text that AWS's runtimes give them.</summary>
[Trait("Pace", "slow")]
public class NodeMarshallingTests
{
    [Theory]
    [InlineData("undefined", "null")]
    [InlineData("null", "null")]
    [InlineData("NaN", "null")]
    [InlineData("[undefined, () => 1, Symbol('s'), Infinity, -0]", "[null,null,null,null,0]")]
    [InlineData("({ a: undefined, b: () => 1, c: new Map([[1, 2]]), d: new Set([1]), e: new Error('e') })", """{"c":{},"d":{},"e":{}}""")]
    [InlineData("Buffer.from('a')", """{"type":"Buffer","data":[97]}""")]
    [InlineData("new Uint8Array([1])", """{"0":1}""")]
    [InlineData("new Date(0)", "\"1970-01-01T00:00:00.000Z\"")]
    [InlineData("({ toJSON: () => ({ x: 1 }) })", """{"x":1}""")]
    [InlineData("new (class Point { constructor() { this.x = 1; } get y() { return 2; } })()", """{"x":1}""")]
    [InlineData("'\\u2028\\ud800é'", "\"\u2028\\ud800é\"")]
    public async Task Results_are_what_JSON_stringify_makes_of_them(string expression, string payload)
    {
        Assert.Equal(payload, (await ReturnAsync("nodejs22.x", expression)).Payload);
        Assert.Equal(payload, (await ReturnAsync("nodejs24.x", expression)).Payload);
    }

    [Theory]
    [InlineData("1n", "nodejs22.x", "Error", "Unable to stringify response body")]
    [InlineData("1n", "nodejs24.x", "Runtime.JSONStringifyError", "Unable to stringify response body")]
    [InlineData("circle()", "nodejs22.x", "Error", "Unable to stringify response body")]
    [InlineData("circle()", "nodejs24.x", "Runtime.JSONStringifyError", "Unable to stringify response body")]
    [InlineData("({ toJSON() { throw new RangeError('own'); } })", "nodejs22.x", "Error", "Unable to stringify response body")]
    [InlineData("() => 1", "nodejs22.x", "TypeError", "Wrong arguments")]
    [InlineData("Symbol('s')", "nodejs24.x", "TypeError", "Wrong arguments")]
    [InlineData("({ toJSON: () => undefined })", "nodejs24.x", "TypeError", "Wrong arguments")]
    public async Task Result_without_JSON_fails_the_invocation(string expression, string runtime, string type, string message)
    {
        var answer = await ReturnAsync(runtime, expression);

        using var payload = JsonDocument.Parse(answer.Payload);
        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.Equal(type, payload.RootElement.GetProperty("errorType").GetString());
        Assert.Equal(message, payload.RootElement.GetProperty("errorMessage").GetString());
    }

    [Theory]
    [InlineData("'text'", "nodejs22.x", """{"errorType":"string","errorMessage":"text","trace":[]}""")]
    [InlineData("{ a: 1 }", "nodejs22.x", """{"errorType":"object","errorMessage":"[object Object]","trace":[]}""")]
    [InlineData("42", "nodejs24.x", """{"errorType":"number","errorMessage":"42","trace":[]}""")]
    [InlineData("null", "nodejs22.x", """{"errorType":"string","errorMessage":"handled","trace":[]}""")]
    [InlineData("undefined", "nodejs22.x", """{"errorType":"string","errorMessage":"handled","trace":[]}""")]
    [InlineData("undefined", "nodejs24.x", """{"errorType":"undefined","errorMessage":"undefined","trace":[]}""")]
    [InlineData("null", "nodejs24.x", """{"errorType":"object","errorMessage":"null","trace":[]}""")]
    [InlineData("{ name: 'N', message: 'M', stack: 'S\\nT' }", "nodejs22.x", """{"errorType":"N","errorMessage":"M","trace":["S","T"]}""")]
    [InlineData(
        "{ name: 'N', message: 'M', stack: 'S\\nT' }",
        "nodejs24.x",
        """{"errorType":"object","errorMessage":"[object Object]","trace":[]}"""
    )]
    [InlineData(
        "new (class extends Error { get message() { throw new Error('no'); } })()",
        "nodejs24.x",
        """{"errorType":"handled","errorMessage":"callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack","trace":[]}"""
    )]
    [InlineData(
        "Object.assign(new Error('\\x7f'), { name: 'Own', stack: 'Own: \\x7f' })",
        "nodejs22.x",
        """{"errorType":"Own","errorMessage":"%7F","trace":["Own: %7F"]}"""
    )]
    [InlineData(
        "Object.assign(new Error(''), { stack: 'only' })",
        "nodejs24.x",
        """{"errorType":"Error","errorMessage":"","trace":["only"]}"""
    )]
    public async Task Thrown_value_has_the_type_message_and_trace_of_AWSs_runtime(string expression, string runtime, string payload)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(
            host.Function(runtime, "index.handler", "index.js", $"exports.handler = async () => {{ throw {expression}; }};")
        );

        Assert.Equal((payload, "Unhandled"), (answer.Payload, answer.FunctionError));
    }

    [Fact]
    public async Task Thrown_value_that_has_no_text_is_a_type_error()
    {
        await using var host = await FunctionHost.StartAsync();

        var payload = (await host.InvokeAsync(host.Node("exports.handler = async () => { throw Object.create(null); };"))).Payload;

        Assert.StartsWith(
            """{"errorType":"TypeError","errorMessage":"Cannot convert object to primitive value",""",
            payload,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Log_of_an_error_has_its_own_properties_and_those_of_its_cause()
    {
        await using var host = await FunctionHost.StartAsync();

        await host.InvokeAsync(
            host.Node(
                """
                class OrderError extends Error { constructor(m, o) { super(m, o); this.name = 'OrderError'; this.order = 7; this.inner = new RangeError('inside'); } }
                exports.handler = async () => { const e = new OrderError('bad'); e.code = 'E1'; e.stack = 'OrderError: bad'; e.inner.stack = 'RangeError: inside'; throw e; };
                """
            )
        );

        Assert.Contains(
            host.Messages,
            message =>
                message.EndsWith(
                    "\tERROR\tInvoke Error "
                        + "\t{\"errorType\":\"OrderError\",\"errorMessage\":\"bad\",\"code\":\"E1\",\"name\":\"OrderError\",\"order\":7,"
                        + "\"inner\":{\"errorType\":\"RangeError\",\"errorMessage\":\"inside\",\"stack\":[\"RangeError: "
                        + "inside\"]},\"stack\":[\"OrderError: bad\"]}\n",
                    StringComparison.Ordinal
                )
        );
    }

    [Theory]
    [InlineData("stream.write({ a: 1 }); stream.end();", """{"a":1}""")]
    [InlineData(
        "stream = awslambda.HttpResponseStream.from(stream, { statusCode: 200 }); stream.write('x'); stream.end();",
        "{\"statusCode\":200}\0\0\0\0\0\0\0\0x"
    )]
    public async Task Streamed_objects_are_written_as_JSON_and_a_prelude_before_the_first_of_them(string body, string payload)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(
            host.Node($"exports.handler = awslambda.streamifyResponse(async (event, stream) => {{ {body} }});")
        );

        Assert.Equal((payload, null), (answer.Payload, answer.FunctionError));
    }

    private static async Task<FunctionHost.Answer> ReturnAsync(string runtime, string expression)
    {
        await using var host = await FunctionHost.StartAsync();
        return await host.InvokeAsync(
            host.Function(
                runtime,
                "index.handler",
                "index.js",
                $$"""
                const circle = () => { const a = {}; a.a = a; return a; };
                exports.handler = async () => ({{expression}});
                """
            )
        );
    }
}
