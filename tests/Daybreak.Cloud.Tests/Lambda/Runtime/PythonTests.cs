using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

public class PythonTests
{
    [Fact]
    public async Task Handler_gets_the_event_and_its_result_is_returned_as_json_dumps_writes_it()
    {
        await using FunctionHost host = await FunctionHost.StartAsync();
        FunctionVersion function = host.Python("def handler(event, context):\n    return {'got': event, 'text': 'ü', 'null': None}\n");

        FunctionHost.Answer answer = await host.InvokeAsync(function, """{"n":1}""");

        Assert.Equal("""{"got": {"n": 1}, "text": "ü", "null": null}""", answer.Payload);
        Assert.Null(answer.FunctionError);
    }
}
