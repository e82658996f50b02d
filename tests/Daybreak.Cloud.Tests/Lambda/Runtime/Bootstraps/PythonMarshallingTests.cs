using System.Text.Json;

namespace Daybreak.Cloud.Tests.Lambda.Runtime.Bootstraps;

/// <summary>Results and errors of Python functions have the text that AWS's runtimes give them.</summary>
[Trait("Pace", "slow")]
public class PythonMarshallingTests
{
    private const string Types = """
        import collections, datetime, decimal, enum, json
        Point = collections.namedtuple('Point', 'x y')
        class Number(int):
            __repr__ = __str__ = lambda self: 'shown'
        class Text(str):
            __str__ = lambda self: 'shown'
        class Real(float):
            __repr__ = lambda self: 'shown'
        class Record:
            def _asdict(self): return {'a': Point(1, 2)}
        class Pairs:
            def _asdict(self): return [1]
        class Fields(dict):
            def _asdict(self): return {'as': 1}
        class Plain:
            def for_json(self): return 1
        Level = enum.IntEnum('Level', 'low high')
        circle = []
        circle.append(circle)
        """;

    [Theory]
    [InlineData("Point(1, [Point(2, None)])", """{"x": 1, "y": [{"x": 2, "y": null}]}""")]
    [InlineData("[Record(), Fields(a=1)]", """[{"a": {"x": 1, "y": 2}}, {"as": 1}]""")]
    [InlineData("[b'caf\\xc3\\xa9', {b'k': b''}]", """["café", {"k": ""}]""")]
    [InlineData(
        "[decimal.Decimal('1.10'), decimal.Decimal('1E+3'), decimal.Decimal('NaN'), decimal.Decimal('-Infinity')]",
        "[1.10, 1E+3, NaN, -Infinity]"
    )]
    [InlineData("decimal.Decimal('0.1000')", "0.1000")]
    [InlineData("[float('nan'), float('inf'), -float('inf'), 1e300, -0.0]", "[NaN, Infinity, -Infinity, 1e+300, -0.0]")]
    [InlineData(
        "{None: 1, True: 2, 3: 4, 1.5: 6, float('nan'): 7, Level.high: 8}",
        """{"null": 1, "true": 2, "3": 4, "1.5": 6, "NaN": 7, "2": 8}"""
    )]
    [InlineData("[{True: 1}, {1: 2}]", """[{"true": 1}, {"true": 2}]""")]
    [InlineData("[Number(3), Text('own'), Real(2.5), Level.low, {Number(4): 1}]", """[3, "own", 2.5, 1, {"4": 1}]""")]
    [InlineData("collections.OrderedDict(z=1, a=(1, 2), e={}, l=[], t=())", """{"z": 1, "a": [1, 2], "e": {}, "l": [], "t": []}""")]
    [InlineData("collections.Counter('aab')", """{"a": 2, "b": 1}""")]
    [InlineData("'\\u2028\\x7f\\x00\\\\\"/é😀'", "\"\u2028\u007f\\u0000\\\\\\\"/é😀\"")]
    [InlineData("2 ** 100", "1267650600228229401496703205376")]
    public async Task Results_are_written_by_simplejsons_rules(string expression, string payload)
    {
        Assert.Equal((payload, null), await ReturnAsync(expression, "python3.12"));
    }

    [Theory]
    [InlineData("'é😀\\x7f'", "\"\\u00e9\\ud83d\\ude00\\u007f\"")]
    [InlineData("Point(b'\\xc3\\xa9', '\\ud800')", """{"x": "\u00e9", "y": "\ud800"}""")]
    public async Task Runtimes_before_python312_escape_what_is_not_ASCII(string expression, string payload)
    {
        Assert.Equal((payload, null), await ReturnAsync(expression, "python3.11"));
    }

    [Theory]
    [InlineData("{1, 2}", "Object of type set is not JSON serializable")]
    [InlineData("datetime.datetime(2026, 1, 1)", "Object of type datetime is not JSON serializable")]
    [InlineData("[datetime.date(2026, 1, 1)]", "Object of type date is not JSON serializable")]
    [InlineData("(n for n in range(3))", "Object of type generator is not JSON serializable")]
    [InlineData("{}.keys()", "Object of type dict_keys is not JSON serializable")]
    [InlineData("bytearray(b'x')", "Object of type bytearray is not JSON serializable")]
    [InlineData("1j", "Object of type complex is not JSON serializable")]
    [InlineData("Point", "Object of type type is not JSON serializable")]
    [InlineData("Plain()", "Object of type Plain is not JSON serializable")]
    [InlineData("Exception('x')", "Object of type Exception is not JSON serializable")]
    [InlineData("{(1, 2): 3}", "keys must be str, int, float, bool or None, not tuple")]
    [InlineData("{decimal.Decimal(1): 3}", "keys must be str, int, float, bool or None, not decimal.Decimal")]
    [InlineData("Pairs()", "_asdict() must return a dict, not list")]
    [InlineData("[b'\\xff']", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte")]
    [InlineData("circle", "Circular reference detected")]
    [InlineData("Point(1, circle)", "Circular reference detected")]
    public async Task What_has_no_JSON_is_refused_by_AWSs_words(string expression, string reason)
    {
        (var payload, var error) = await ReturnAsync(expression, "python3.13");

        using var document = JsonDocument.Parse(payload);
        Assert.Equal("Unhandled", error);
        Assert.Equal($"Unable to marshal response: {reason}", document.RootElement.GetProperty("errorMessage").GetString());
        Assert.Equal("Runtime.MarshalError", document.RootElement.GetProperty("errorType").GetString());
        Assert.Empty(document.RootElement.GetProperty("stackTrace").EnumerateArray());
    }

    [Fact]
    public async Task Text_without_UTF8_ends_the_process_where_it_is_not_escaped()
    {
        (var payload, _) = await ReturnAsync("'\\ud800'", "python3.12");

        Assert.Matches(
            """^\{"errorType":"Runtime.ExitError","errorMessage":"RequestId: .* Error: Runtime exited with error: exit status 1"\}$""",
            payload
        );
    }

    [Theory]
    [InlineData("python3.11")]
    [InlineData("python3.12")]
    public async Task Twenty_thousand_values_are_written_as_simplejson_writes_them(string runtime)
    {
        await using var host = await FunctionHost.StartAsync();

        var payload = (await host.InvokeAsync(host.Python(SimplejsonComparison.Handler, runtime))).Payload;

        if (payload.Contains("No module named 'simplejson'", StringComparison.Ordinal))
            Assert.Skip("The machine's Python has no simplejson.");
        Assert.Equal("[]", payload);
    }

    [Fact]
    public async Task Handler_that_is_no_function_fails_in_the_runtime_itself()
    {
        await using var host = await FunctionHost.StartAsync();

        var payload = (await host.InvokeAsync(host.Python("handler = 1\n"))).Payload;

        using var document = JsonDocument.Parse(payload);
        Assert.Equal("'int' object is not callable", document.RootElement.GetProperty("errorMessage").GetString());
        Assert.Contains("bootstrap.py", document.RootElement.GetProperty("stackTrace")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_of_init_is_warned_of()
    {
        await using var host = await FunctionHost.StartAsync();

        await host.InvokeAsync(host.Python("raise Exception('startup')\n"));

        Assert.Contains(
            host.Messages,
            message =>
                message.StartsWith("[WARNING]\t", StringComparison.Ordinal)
                && message.EndsWith(
                    "Z\t\tLAMBDA_WARNING: Unhandled exception. The most likely cause is an issue in the function code. However, in "
                        + "rare cases, a Lambda runtime update can cause "
                        + "unexpected function behavior. For functions using managed runtimes, runtime updates can be triggered by "
                        + "a function change, or can be applied automatically. "
                        + "To determine if the runtime has been updated, check the runtime version in the INIT_START log entry. If "
                        + "this error correlates with a change in the runtime "
                        + "version, you may be able to mitigate this error by temporarily rolling back to the previous runtime "
                        + "version. For more information, see "
                        + "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html\r\n",
                    StringComparison.Ordinal
                )
        );
    }

    private static async Task<(string Payload, string? Error)> ReturnAsync(string expression, string runtime)
    {
        await using var host = await FunctionHost.StartAsync();
        var answer = await host.InvokeAsync(host.Python($"{Types}\ndef handler(event, context):\n    return {expression}\n", runtime));
        return (answer.Payload, answer.FunctionError);
    }
}
