using System.Text.Json;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

public class PythonTests
{
    [Fact]
    public async Task Handler_gets_the_event_and_its_result_is_returned_as_json_dumps_writes_it()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python("def handler(event, context):\n    return {'got': event, 'text': 'ü', 'null': None}\n");

        var answer = await host.InvokeAsync(function, """{"n":1}""");

        Assert.Equal("""{"got": {"n": 1}, "text": "ü", "null": null}""", answer.Payload);
        Assert.Null(answer.FunctionError);
    }

    [Theory]
    [InlineData("return None", "null")]
    [InlineData("import decimal; return [decimal.Decimal('1.10'), 'x']", """[1.10, "x"]""")]
    [InlineData("return b'raw <bytes>'", "raw <bytes>")]
    [InlineData("return 'a\\u0000b'", "\"a\\u0000b\"")]
    [InlineData("return float('nan')", "NaN")]
    public async Task Results_are_encoded_as_by_the_runtime_of_AWS(string body, string payload)
    {
        await using var host = await FunctionHost.StartAsync();

        Assert.Equal(payload, (await host.InvokeAsync(host.Python($"def handler(event, context):\n    {body}\n"))).Payload);
    }

    [Fact]
    public async Task Older_runtimes_escape_what_is_not_ASCII()
    {
        await using var host = await FunctionHost.StartAsync();

        Assert.Equal(
            "\"\\u00fc\"",
            (await host.InvokeAsync(host.Python("def handler(event, context):\n    return 'ü'\n", "python3.11"))).Payload
        );
    }

    [Fact]
    public async Task Exception_of_the_handler_has_the_recorded_shape_and_keeps_the_environment()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Function(
            "python3.12",
            "lambda_handler_error.handler",
            "lambda_handler_error.py",
            "def handler(event, context):\n    raise Exception(\"Handler fails\")\n"
        );

        var answer = await host.InvokeAsync(function);
        await host.InvokeAsync(function);

        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.Equal(
            $$"""{"errorMessage": "Handler fails", "errorType": "Exception", "requestId": "{{answer.Id}}", "stackTrace": ["  File \"{{host.TaskRoot(function)}}/lambda_handler_error.py\", line 2, in handler\n    raise Exception(\"Handler fails\")\n"]}""",
            answer.Payload
        );
        Assert.Single(host.Messages, message => message.StartsWith("INIT_START", StringComparison.Ordinal));
        Assert.Contains(
            "[ERROR] Exception: Handler fails\nTraceback (most recent call last):\n\u00a0\u00a0File "
                + $"\"{host.TaskRoot(function)}/lambda_handler_error.py\", line 2, in handler\n\u00a0\u00a0\u00a0\u00a0raise Exception(\"Handler fails\")",
            host.Messages
        );
    }

    [Fact]
    public async Task Exception_at_import_has_the_recorded_shape()
    {
        await using var host = await FunctionHost.StartAsync();

        var function = host.Python("raise Exception(\"Runtime startup fails\")\n");

        var answer = await host.InvokeAsync(function);

        using var payload = JsonDocument.Parse(answer.Payload);
        Assert.Equal(
            ["errorMessage", "errorType", "requestId", "stackTrace"],
            payload.RootElement.EnumerateObject().Select(member => member.Name)
        );
        Assert.Equal("Runtime startup fails", payload.RootElement.GetProperty("errorMessage").GetString());
        Assert.Equal("", payload.RootElement.GetProperty("requestId").GetString());
        string[] trace = [.. payload.RootElement.GetProperty("stackTrace").EnumerateArray().Select(line => line.GetString()!)];
        Assert.Contains("in import_module", trace[0], StringComparison.Ordinal);
        Assert.Equal(
            $"  File \"{host.TaskRoot(function)}/h.py\", line 1, in <module>\n    raise Exception(\"Runtime startup fails\")\n",
            trace[^1]
        );
    }

    [Theory]
    [InlineData("x = 1\n", "h.handler", "Handler 'handler' missing on module 'h'", "Runtime.HandlerNotFound")]
    [InlineData("x = 1\n", "other.handler", "Unable to import module 'other': No module named 'other'", "Runtime.ImportModuleError")]
    [InlineData("import no_such\n", "h.handler", "Unable to import module 'h': No module named 'no_such'", "Runtime.ImportModuleError")]
    [InlineData("x = 1\n", "abc", "Bad handler 'abc': not enough values to unpack (expected 2, got 1)", "Runtime.MalformedHandlerName")]
    [InlineData("x = 1\n", "sys.handler", "Cannot use built-in module sys as a handler module", "Runtime.BuiltInModuleConflict")]
    [InlineData("def handler(:\n", "h.handler", "Syntax error in module 'h': ", "Runtime.UserCodeSyntaxError")]
    [InlineData(
        "def handler(e, c): return object()\n",
        "h.handler",
        "Unable to marshal response: Object of type object is not JSON serializable",
        "Runtime.MarshalError"
    )]
    public async Task Failures_that_the_runtime_names(string source, string handler, string message, string type)
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(host.Function("python3.12", handler, "h.py", source));

        using var payload = JsonDocument.Parse(answer.Payload);
        Assert.Equal("Unhandled", answer.FunctionError);
        Assert.StartsWith(message, payload.RootElement.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal(type, payload.RootElement.GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task Context_and_environment_are_those_of_AWS()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python(
            """
            import os
            def handler(event, context):
                c = {k: getattr(context, k) for k in dir(context) if k[0] != '_' and isinstance(getattr(context, k), str)}
                c['left'] = context.get_remaining_time_in_millis()
                c['custom'] = context.client_context.custom
                c['env'] = dict(os.environ)
                return c
            """
        );
        function = function with { Environment = function.Environment.Add("TEST_KEY", "it's a \"test\"\nvalue $HOME `id`") };

        var answer = await host.InvokeAsync(function, clientContext: """{"custom":{"foo":"bar"},"client":{},"env":{}}""");

        using var payload = JsonDocument.Parse(answer.Payload);
        Assert.Equal(answer.Id, payload.RootElement.GetProperty("aws_request_id").GetString());
        Assert.Equal(function.FunctionArn, payload.RootElement.GetProperty("invoked_function_arn").GetString());
        Assert.Equal("128", payload.RootElement.GetProperty("memory_limit_in_mb").GetString());
        Assert.Equal("/aws/lambda/fn", payload.RootElement.GetProperty("log_group_name").GetString());
        Assert.Equal(host.Log.First().Stream, payload.RootElement.GetProperty("log_stream_name").GetString());
        Assert.InRange(payload.RootElement.GetProperty("left").GetInt32(), 1, 30_000);
        Assert.Equal("bar", payload.RootElement.GetProperty("custom").GetProperty("foo").GetString());

        var environment = payload
            .RootElement.GetProperty("env")
            .EnumerateObject()
            .ToDictionary(member => member.Name, member => member.Value.GetString()!);
        using var recorded = RecordedLambda.Open();
        Assert.Equal(
            recorded
                .RootElement.GetProperty("responses")
                .GetProperty("introspection_python")
                .GetProperty("environment")
                .EnumerateObject()
                .Select(member => member.Name)
                .Concat(host.OwnVariables)
                .Order(StringComparer.Ordinal),
            environment.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal("it's a \"test\"\nvalue $HOME `id`", environment["TEST_KEY"]);
        Assert.Equal("secret'quoted\"", environment["AWS_SECRET_ACCESS_KEY"]);
        Assert.Equal("AWS_Lambda_python3.12", environment["AWS_EXECUTION_ENV"]);
        Assert.Equal(host.TaskRoot(function), environment["PWD"]);
        Assert.StartsWith("Root=1-", environment["_X_AMZN_TRACE_ID"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_becomes_events_of_a_line_each_between_START_and_REPORT()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python(
            """
            import logging, sys
            print('at import')
            def handler(event, context):
                print('one\ntwo', 'three')
                print('bad\rreturn', file=sys.stderr)
                logging.getLogger().setLevel('INFO')
                logging.info('several\nlines')
                print('unfinished', end='')
            """
        );

        var answer = await host.InvokeAsync(function);

        string[] messages = [.. host.Messages];
        Assert.StartsWith(
            "INIT_START Runtime Version: python:3.12\tRuntime Version ARN: arn:aws:lambda:eu-central-1::runtime:",
            messages[0],
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["at import\n", $"START RequestId: {answer.Id} Version: $LATEST\n", "one\n", "two three\n", "bad\rreturn\n"],
            messages[1..6]
        );
        Assert.Matches(
            $"^\\[INFO\\]\t\\d{{4}}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{{3}}Z\t{answer.Id}\tseveral\nlines\n$",
            messages[6]
        );
        Assert.Equal(["unfinished", $"END RequestId: {answer.Id}\n"], messages[7..9]);
        Assert.Matches(
            $"^REPORT RequestId: {answer.Id}\tDuration: \\d+\\.\\d\\d ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax "
                + "Memory Used: [1-9]\\d* MB\tInit Duration: \\d+\\.\\d\\d ms\t\n$",
            messages[9]
        );
        Assert.StartsWith($"START RequestId: {answer.Id}", answer.LogTail, StringComparison.Ordinal);
        Assert.EndsWith(messages[9], answer.LogTail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warm_environment_keeps_globals_and_tmp_and_reports_no_init()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Python(
            """
            import os, tempfile
            count = 0
            file = tempfile.gettempdir() + '/f'
            def handler(event, context):
                global count
                count += 1
                open(file, 'a').write('x')
                return [count, os.path.getsize(file)]
            """
        );

        await host.InvokeAsync(function);
        var answer = await host.InvokeAsync(function);

        Assert.Equal("[2, 2]", answer.Payload);
        Assert.DoesNotContain("Init Duration", answer.LogTail, StringComparison.Ordinal);
    }
}
