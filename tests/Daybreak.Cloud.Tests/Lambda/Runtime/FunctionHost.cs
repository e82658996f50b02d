using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

/// <summary>A runtime with functions made of source text, their log collected.</summary>
internal sealed class FunctionHost : IAsyncDisposable, IFunctionLog, IFunctionCredentials
{
    public const string Account = "444455556666";

    private readonly string _directory;
    private FunctionRuntime? _runtime;

    private FunctionHost() => _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public FunctionRuntime Runtime => _runtime!;

    /// <summary>Readable by its owner only, as the state directory of the local AWS is.</summary>
    public string StateDirectory => _directory;

    /// <summary>Functions are in a sandbox, and see their code at <c>/var/task</c>.</summary>
    public bool IsSandboxed => Runtime.Isolation.StartsWith("bubblewrap", StringComparison.Ordinal);

    public ConcurrentQueue<(string Stream, string Message)> Log { get; } = new();

    public IEnumerable<string> Messages => Log.Select(entry => entry.Message);

    public static async Task<FunctionHost> StartAsync(
        TimeProvider? time = null,
        Func<FunctionRuntimeOptions, FunctionRuntimeOptions>? change = null
    )
    {
        var host = new FunctionHost();
        var options = new FunctionRuntimeOptions
        {
            WorkDirectory = host._directory,
            NodePackages = Path.Combine(host._directory, "packages"),
        };
        host._runtime = await FunctionRuntime.CreateAsync(
            change is null ? options : change(options),
            host,
            host,
            time ?? TimeProvider.System
        );
        return host;
    }

    /// <param name="inSandbox">Whether to use a sandbox. The test is skipped where this machine has none.</param>
    public static async Task<FunctionHost> StartAsync(bool inSandbox)
    {
        var host = await StartAsync(change: options => options with { WithoutSandbox = !inSandbox });
        if (inSandbox && !host.IsSandboxed)
        {
            await host.DisposeAsync();
            Assert.Skip(host.Runtime.Isolation);
        }

        return host;
    }

    /// <summary>The path at which a function sees its code.</summary>
    public string TaskRoot(FunctionVersion function) => IsSandboxed ? "/var/task" : function.CodeDirectory;

    /// <summary>Variables that a function has here and not on AWS.</summary>
    public string[] OwnVariables => IsSandboxed ? [] : ["TMPDIR"];

    /// <param name="files">File names and contents alternate; a name that ends in <c>*</c> is executable.</param>
    public FunctionVersion Function(string runtime, string handler, params string[] files)
    {
        var code = Path.Combine(_directory, "code-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(code, (UnixFileMode)0b111_101_101);
        for (var index = 0; index < files.Length; index += 2)
        {
            var path = Path.Combine(code, files[index].TrimEnd('*'));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, files[index + 1]);
            File.SetUnixFileMode(path, files[index].EndsWith('*') ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_100_100);
        }

        return new FunctionVersion(
            "fn",
            $"arn:aws:lambda:eu-central-1:{Account}:function:fn",
            "$LATEST",
            Guid.NewGuid().ToString(),
            runtime,
            handler,
            128,
            512,
            TimeSpan.FromSeconds(30),
            $"arn:aws:iam::{Account}:role/fn",
            Account,
            "eu-central-1",
            "/aws/lambda/fn",
            code,
            [],
            ImmutableDictionary<string, string>.Empty
        );
    }

    /// <summary>A Python function whose module is <c>h</c> and whose handler is <c>handler</c>.</summary>
    public FunctionVersion Python(string source, string runtime = "python3.12") => Function(runtime, "h.handler", "h.py", source);

    /// <summary>A CommonJS function whose module is <c>index</c> and whose handler is <c>handler</c>.</summary>
    public FunctionVersion Node(string source) => Function("nodejs20.x", "index.handler", "index.js", source);

    public async Task<Answer> InvokeAsync(FunctionVersion function, string payload = "{}", string? clientContext = null)
    {
        var id = Guid.NewGuid().ToString();
        var outcome = await Runtime.InvokeAsync(
            function,
            new Invocation(id, function.FunctionArn, Encoding.UTF8.GetBytes(payload), clientContext),
            TestContext.Current.CancellationToken
        );
        return new Answer(
            id,
            Encoding.UTF8.GetString(outcome.Payload.Span),
            outcome.FunctionError,
            Encoding.UTF8.GetString(outcome.LogTail.Span)
        );
    }

    public void Write(FunctionVersion function, string logStream, DateTimeOffset time, string message) => Log.Enqueue((logStream, message));

    public ValueTask<(string AccessKeyId, string SecretAccessKey, string SessionToken)> GetAsync(
        FunctionVersion function,
        CancellationToken cancellation
    ) => new(("ASIATEST", "secret'quoted\"", "token"));

    public async ValueTask DisposeAsync()
    {
        if (_runtime is not null)
            await _runtime.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <param name="Id">Request id.</param>
    internal sealed record Answer(string Id, string Payload, string? FunctionError, string LogTail);
}
