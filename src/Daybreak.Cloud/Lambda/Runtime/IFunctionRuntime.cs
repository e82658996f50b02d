using System.Collections.Immutable;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Runs the code of functions: owns the execution environments, grows and reaps them.</summary>
public interface IFunctionRuntime : IAsyncDisposable
{
    /// <summary>
    /// Runs <paramref name="invocation"/> in a warm environment of <paramref name="function"/>, or in a new one.
    /// A failure of the function is an outcome, not an exception.
    /// </summary>
    ValueTask<InvocationOutcome> InvokeAsync(FunctionVersion function, Invocation invocation, CancellationToken cancellation);

    /// <summary>
    /// Starts no more work on environments of <c>$LATEST</c> of this function whose <see cref="FunctionVersion.RevisionId"/> is not
    /// <paramref name="currentRevisionId"/>; null: on none of any version. Idle ones end at once, busy ones after their invocation.
    /// </summary>
    void Retire(string functionArn, string? currentRevisionId);

    /// <summary>Name of the program that <paramref name="runtime"/> (<c>python3.13</c>, <c>ruby3.4</c>) needs and this machine lacks; null
    /// when it has it.</summary>
    string? MissingProgram(string runtime);

    /// <summary>Whether there is a way to run <paramref name="runtime"/> at all, given its program.</summary>
    bool Supports(string runtime);

    /// <summary>Absolute path of the program that serves <paramref name="runtime"/> here, for <c>status</c>; null when it comes with the
    /// code or is missing.</summary>
    string? ProgramFor(string runtime);

    /// <summary>How environments are isolated here, for <c>status</c>: <c>bubblewrap</c>, or <c>process group</c> and why.</summary>
    string Isolation { get; }

    /// <summary>What holds their memory and processes within bounds, for <c>status</c>.</summary>
    string Limits { get; }

    /// <summary>Whether they can call the real AWS, for <c>status</c>.</summary>
    string Reach { get; }

    /// <summary>How many environments live now.</summary>
    int EnvironmentCount { get; }

    /// <summary>Ends every environment and waits for it.</summary>
    Task ResetAsync();
}

/// <summary>All that an execution environment needs to know of one version of a function. Immutable.</summary>
/// <param name="FunctionArn">Unqualified ARN.</param>
/// <param name="Version"><c>$LATEST</c> or a number.</param>
/// <param name="RevisionId">Changes whenever code or configuration changes; environments of another revision are not reused.</param>
/// <param name="CodeDirectory">Directory on this machine that becomes <c>/var/task</c>.</param>
/// <param name="LayerDirectories">Directories merged in order under <c>/opt</c>.</param>
public sealed record FunctionVersion(
    string FunctionName,
    string FunctionArn,
    string Version,
    string RevisionId,
    string Runtime,
    string Handler,
    int MemorySizeMegabytes,
    int EphemeralStorageMegabytes,
    TimeSpan Timeout,
    string RoleArn,
    string AccountId,
    string Region,
    string LogGroup,
    string CodeDirectory,
    ImmutableArray<string> LayerDirectories,
    ImmutableDictionary<string, string> Environment
);

/// <param name="InvokedFunctionArn">ARN as invoked: qualified when the caller gave a qualifier.</param>
/// <param name="Payload">The event; empty means <c>{}</c>.</param>
/// <param name="ClientContext">Decoded JSON of X-Amz-Client-Context.</param>
/// <param name="TraceId">Value of X-Amzn-Trace-Id; one is made up when null.</param>
/// <param name="WantsLogTail">Whether the outcome is to carry the log's tail (LogType=Tail).</param>
public sealed record Invocation(
    string RequestId,
    string InvokedFunctionArn,
    ReadOnlyMemory<byte> Payload,
    string? ClientContext = null,
    string? TraceId = null,
    bool WantsLogTail = true
);

/// <param name="Payload">Result, or the error JSON when <paramref name="FunctionError"/> is set.</param>
/// <param name="FunctionError">Value of X-Amz-Function-Error (<c>Unhandled</c>), or null.</param>
/// <param name="LogTail">Last 4,096 bytes of the log of this invocation, START to REPORT; empty when not wanted.</param>
public sealed record InvocationOutcome(ReadOnlyMemory<byte> Payload, string? FunctionError, ReadOnlyMemory<byte> LogTail);

/// <summary>Where the log lines of functions go. Implemented by CloudWatch Logs; a null sink until then.</summary>
public interface IFunctionLog
{
    /// <summary>Takes one event (message with its line end) of one environment's stream. Must not block.</summary>
    void Write(FunctionVersion function, string logStream, DateTimeOffset time, string message);
}

/// <summary>Credentials of a function's execution role, for its environment variables. Implemented by STS; the root pair until
/// then.</summary>
public interface IFunctionCredentials
{
    /// <summary>Access key, secret and session token for one environment of <paramref name="function"/>.</summary>
    ValueTask<(string AccessKeyId, string SecretAccessKey, string SessionToken)> GetAsync(
        FunctionVersion function,
        CancellationToken cancellation
    );
}
