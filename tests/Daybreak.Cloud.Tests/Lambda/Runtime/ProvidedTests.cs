namespace Daybreak.Cloud.Tests.Lambda.Runtime;

[Trait("Pace", "slow")]
public class ProvidedTests
{
    private const string Bootstrap = """
        #!/bin/bash
        api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        while :; do
            headers=$(mktemp)
            event=$(curl -sS -D "$headers" "$api/invocation/next")
            id=$(grep -i '^Lambda-Runtime-Aws-Request-Id:' "$headers" | tr -d '\r' | cut -d' ' -f2)
            echo "serving $_HANDLER"
            curl -sS -o /dev/null -d "{\"echo\":$event,\"env\":\"$AWS_EXECUTION_ENV\"}" "$api/invocation/$id/response"
        done
        """;

    [Fact]
    public async Task Bootstrap_of_bash_and_curl_serves_call_after_call_in_one_environment()
    {
        await using var host = await FunctionHost.StartAsync();
        var function = host.Function("provided.al2023", "any text", "bootstrap*", Bootstrap);

        for (var number = 0; number < 5; number++)
            Assert.Equal($$"""{"echo":{"n":{{number}}},"env":""}""", (await host.InvokeAsync(function, $$"""{"n":{{number}}}""")).Payload);

        Assert.Equal(5, host.Messages.Count(message => message == "serving any text\n"));
        Assert.Single(host.Messages, message => message.StartsWith("INIT_START", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bootstrap_of_a_layer_is_found_and_later_layers_win()
    {
        await using var host = await FunctionHost.StartAsync();
        var first = host.Function("provided.al2023", "x", "bootstrap*", "#!/bin/sh\nexit 9\n", "data/first", "1");
        var second = host.Function(
            "provided.al2023",
            "x",
            "bootstrap*",
            Bootstrap.Replace("$event", "$(ls ${0%/*}/data | wc -w)", StringComparison.Ordinal),
            "data/second",
            "2"
        );
        var function = host.Function("provided.al2023", "x", "unused", "") with
        {
            LayerDirectories = [first.CodeDirectory, second.CodeDirectory],
        };

        Assert.Equal("""{"echo":2,"env":""}""", (await host.InvokeAsync(function)).Payload);
    }

    [Fact]
    public async Task Missing_bootstrap_is_reported()
    {
        await using var host = await FunctionHost.StartAsync();

        var answer = await host.InvokeAsync(host.Function("provided.al2023", "x", "other", ""));

        Assert.Equal(
            $$"""{"errorType":"Runtime.InvalidEntrypoint","errorMessage":"RequestId: {{answer.Id}} Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"}""",
            answer.Payload
        );
    }

    [Theory]
    [InlineData("python3.13", true)]
    [InlineData("nodejs22.x", true)]
    [InlineData("provided.al2", true)]
    [InlineData("java21", true)]
    [InlineData("java11", false)]
    [InlineData("dotnet8", true)]
    [InlineData("ruby3.2", true)]
    public async Task Runtimes_that_can_run_here(string runtime, bool supported)
    {
        await using var host = await FunctionHost.StartAsync();

        Assert.Equal(supported, host.Runtime.Supports(runtime));
        Assert.Null(host.Runtime.MissingProgram(runtime));
    }
}
