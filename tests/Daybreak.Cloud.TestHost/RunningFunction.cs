using System.Collections.Immutable;
using System.Text;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.TestHost;

/// <summary>One invocation of a Python function, what it prints printed here.</summary>
internal sealed class RunningFunction : IFunctionLog, IFunctionCredentials, IAsyncDisposable
{
    private FunctionRuntime? _runtime;

    public static async Task<RunningFunction> StartAsync(string directory, string code, bool inSandbox, string mark, string payload)
    {
        var running = new RunningFunction();
        var options = new FunctionRuntimeOptions { WorkDirectory = directory, WithoutSandbox = !inSandbox };
        running._runtime = await FunctionRuntime.CreateAsync(options, running, running, TimeProvider.System);
        var function = new FunctionVersion(
            "fn",
            "arn:aws:lambda:eu-central-1:444455556666:function:fn",
            "$LATEST",
            "1",
            "python3.12",
            "h.handler",
            128,
            512,
            TimeSpan.FromMinutes(10),
            "arn:aws:iam::444455556666:role/fn",
            "444455556666",
            "eu-central-1",
            "/aws/lambda/fn",
            code,
            [],
            ImmutableDictionary<string, string>.Empty.Add("MARK", mark)
        );
        _ = running
            ._runtime.InvokeAsync(
                function,
                new Invocation("1", function.FunctionArn, Encoding.UTF8.GetBytes(payload)),
                CancellationToken.None
            )
            .AsTask();
        return running;
    }

    public void Write(FunctionVersion function, string logStream, DateTimeOffset time, string message)
    {
        if (!message.StartsWith("INIT_START", StringComparison.Ordinal) && !message.StartsWith("START", StringComparison.Ordinal))
            Console.Write(message);
    }

    public ValueTask<(string AccessKeyId, string SecretAccessKey, string SessionToken)> GetAsync(
        FunctionVersion function,
        CancellationToken cancellation
    ) => new(("ASIATEST", "secret", "token"));

    public ValueTask DisposeAsync() => _runtime?.DisposeAsync() ?? ValueTask.CompletedTask;
}
