using Daybreak.Aws;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge;

/// <summary><c>--explain</c>: prints the explanation of a bridge that runs here with this process's environment.</summary>
public static class ExplainCommand
{
    // The defaults of aws_lambda.connect_timeout_ms and request_timeout_ms.

    public static async Task RunAsync(CommandLine asked, Func<string, string?> variable)
    {
        await using var log = new FailureLog(Stream.Null, TimeProvider.System);
        using var host = new BridgeHost(1, variable, log, TimeProvider.System, profile: () => AwsProfile.Read(variable));
        var question = new ExplainFrame(0, InvokeForm.Text, LambdaTimeouts.ConnectMs, LambdaTimeouts.RequestMs)
        {
            FunctionName = asked.Function,
            Region = asked.Region,
        };
        var answer = await host.ExplainAsync(question, CancellationToken.None);
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(answer);
        output.WriteByte((byte)'\n');
    }
}
