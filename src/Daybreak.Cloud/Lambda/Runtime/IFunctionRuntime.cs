using System.Collections.Immutable;
using Daybreak.Cloud.Lambda.Runtime.Debugging;
using Daybreak.Cloud.Lambda.Testing;
using Daybreak.Cloud.Lambda.Vpcs;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Runs the code of functions in execution environments, which it starts and ends.</summary>
public interface IFunctionRuntime : IAsyncDisposable
{
    /// <summary>
    /// Runs <paramref name="invocation"/> in a warm environment of <paramref name="function"/>, or in a new one.
    /// A failure of the function is an outcome, not an exception.
    /// </summary>
    ValueTask<InvocationOutcome> InvokeAsync(FunctionVersion function, Invocation invocation, CancellationToken cancellation);

    /// <summary>
    /// Stops using environments of <c>$LATEST</c> of this function whose <see cref="FunctionVersion.RevisionId"/> is not
    /// <paramref name="currentRevisionId"/>, or those of every version when that is null. Idle environments end at once, busy ones after
    /// their invocation.
    /// </summary>
    void Retire(string functionArn, string? currentRevisionId);

    /// <summary>Stops using the environments of a published version that is deleted.</summary>
    void RetireVersion(string functionArn, string version);

    /// <summary>
    /// Keeps <paramref name="count"/> initialized environments of a version, which do not end when they are idle; 0 keeps none any more.
    /// </summary>
    void Provision(FunctionVersion function, int count);

    /// <summary>How many of them are ready now, and whether the init of one has failed.</summary>
    (int Available, bool HasFailed) ProvisionedOf(string functionArn, string version);

    /// <summary>
    /// Has a process that a developer starts run the invocations of one version. The session belongs to the caller, who disposes of it.
    /// </summary>
    /// <returns>Null when the version has a session already.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The requested port is taken.</exception>
    Task<DebugSession?> DebugAsync(FunctionVersion function, DebugRequest request);

    /// <summary>Name of the program that <paramref name="runtime"/> (<c>python3.13</c>, <c>ruby3.4</c>) needs and this machine lacks; null
    /// when the machine has it.</summary>
    string? MissingProgram(string runtime);

    /// <summary>Whether Daybreak can run <paramref name="runtime"/> when its program is installed.</summary>
    bool Supports(string runtime);

    /// <summary>What runs <paramref name="runtime"/> where this machine lacks its version of the language:
    /// <c>Python 3.11 (/usr/bin/python3.11)</c>. Null when it has it, or has nothing.</summary>
    string? StandInFor(string runtime);

    /// <summary>How environments are isolated, for <c>status</c>: <c>bubblewrap</c>, or <c>process group</c> and why.</summary>
    string Isolation { get; }

    /// <summary>How their memory and processes are limited, for <c>status</c>.</summary>
    string Limits { get; }

    /// <summary>Whether they can call the real AWS, for <c>status</c>.</summary>
    string Reach { get; }

    /// <summary>Number of living environments.</summary>
    int EnvironmentCount { get; }

    /// <summary>Ends every environment and waits until they have ended.</summary>
    Task ResetAsync();
}

/// <summary>What an execution environment needs to know about one version of a function. Immutable.</summary>
/// <param name="FunctionArn">Unqualified ARN.</param>
/// <param name="Version"><c>$LATEST</c> or a number.</param>
/// <param name="RevisionId">Changes with code and configuration; environments of another revision are not reused.</param>
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
)
{
    /// <summary>Level of a function that logs JSON; null: it logs text.</summary>
    public string? JsonLogLevel { get; init; }

    /// <summary>Level of Lambda's own lines in the log of a function that logs JSON; null: they are text.</summary>
    public string? JsonSystemLogLevel { get; init; }

    /// <summary>Its place in a VPC; null: it is in none.</summary>
    public FunctionVpc? Vpc { get; init; }
}

/// <param name="InvokedFunctionArn">ARN as invoked: qualified when the caller gave a qualifier.</param>
/// <param name="Payload">The event; empty means <c>{}</c>.</param>
/// <param name="ClientContext">Decoded JSON of X-Amz-Client-Context.</param>
/// <param name="TraceId">Value of X-Amzn-Trace-Id; null makes a new one.</param>
/// <param name="WantsLogTail">Whether the outcome contains the tail of the log (LogType=Tail).</param>
/// <param name="Stream">Gets the response while the function writes it; null: it is wanted in one piece.</param>
public sealed record Invocation(
    string RequestId,
    string InvokedFunctionArn,
    ReadOnlyMemory<byte> Payload,
    string? ClientContext = null,
    string? TraceId = null,
    bool WantsLogTail = true,
    ResponseStream? Stream = null
)
{
    /// <summary>Who called, for the list of invocations.</summary>
    public InvocationCaller Caller { get; init; } = InvocationCaller.OfEvent;
}

/// <param name="Payload">Result, or the error JSON when <paramref name="FunctionError"/> is set. Empty when the result was streamed.
/// </param>
/// <param name="FunctionError">Value of X-Amz-Function-Error (<c>Unhandled</c>), or null.</param>
/// <param name="LogTail">Last 4,096 bytes of this invocation's log, from START to REPORT; empty when not wanted.</param>
public sealed record InvocationOutcome(ReadOnlyMemory<byte> Payload, string? FunctionError, ReadOnlyMemory<byte> LogTail)
{
    /// <summary>The type of an error that came after the beginning of a response that streams.</summary>
    public string? ErrorType { get; init; }
}

/// <summary>Receives the log of functions.</summary>
public interface IFunctionLog
{
    /// <summary>Receives one event of one environment's stream: a message with its line end. Must not block.</summary>
    void Write(FunctionVersion function, string logStream, DateTimeOffset time, string message);
}

/// <summary>Provides credentials of a function's execution role for its environment variables.</summary>
public interface IFunctionCredentials
{
    /// <summary>Access key, secret and session token for one environment of <paramref name="function"/>.</summary>
    ValueTask<(string AccessKeyId, string SecretAccessKey, string SessionToken)> GetAsync(
        FunctionVersion function,
        CancellationToken cancellation
    );
}
