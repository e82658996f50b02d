using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using Daybreak.Cloud.Lambda.Runtime.Extensions;
using Daybreak.Cloud.Lambda.Runtime.Isolation;
using Daybreak.Cloud.Lambda.Runtime.Logging;
using Daybreak.Cloud.Lambda.Runtime.Telemetry;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>Starts the processes of environments and provides what they share.</summary>
internal sealed class EnvironmentFactory(
    ISandbox sandbox,
    EnvironmentLimits limits,
    StandIns standIns,
    IFunctionCredentials credentials,
    IFunctionLog log,
    TimeProvider time,
    string workDirectory,
    FunctionRuntimeOptions options
)
{
    /// <summary>Tells our runtimes that they write to a terminal or a debugger, not into the log of a function.</summary>
    private const string DebuggedVariable = "DAYBREAK_DEBUGGED";

    private readonly Lazy<Task<string>> _javaClasses = new(() => JavaClasses.CompileAsync(options.JavaClasses, time));

    public ISandbox Sandbox => sandbox;

    public EnvironmentLimits Limits => limits;

    public StandIns StandIns => standIns;

    public TimeProvider Time => time;

    /// <summary>Opens the log stream of a new environment.</summary>
    public EnvironmentLog OpenLog(FunctionVersion function)
    {
        var date = time.GetUtcNow().UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var stream =
            function.LogGroup == "/aws/lambda/" + function.FunctionName
                ? $"{date}/[{function.Version}]{id}"
                : $"{date}/{function.FunctionName}[{function.Version}][{id}]";
        return new EnvironmentLog(function, stream, log, time);
    }

    /// <summary>Merges the function's layers for its <c>/opt</c>.</summary>
    public string? MergeLayers(FunctionVersion function) => LayerDirectory.Merge(function.LayerDirectories, workDirectory);

    /// <inheritdoc cref="Entrypoint.Refusal"/>
    public string? RefusalOfEntrypoint(FunctionVersion function, string? layers) => Entrypoint.Refusal(function, layers, sandbox);

    /// <exception cref="InvalidOperationException">This machine cannot run the function's runtime.</exception>
    public async Task<RuntimeProcess> StartAsync(
        FunctionVersion function,
        int slot,
        string? layers,
        EnvironmentLog output,
        bool isProvisioned
    )
    {
        var program =
            RuntimeProgram.Find(function.Runtime)
            ?? throw new InvalidOperationException(
                $"The runtime {function.Runtime} needs {RuntimeProgram.Missing(function.Runtime)}, which is not here."
            );
        var javaClasses = RuntimeProgram.IsJava(function.Runtime) ? await _javaClasses.Value : null;
        (string, string, string) keys = await credentials.GetAsync(function, CancellationToken.None);
        var temporary = Path.Combine(workDirectory, "tmp-" + slot.ToString(CultureInfo.InvariantCulture));
        if (sandbox is ProcessGroupSandbox)
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            Directory.CreateDirectory(temporary);
        }

        sandbox.LogRefusedNames(slot, name => output.Own(PlatformLine.RefusedName(name, options.Endpoint)));
        var extensions = ExtensionFiles.In(layers);
        var network = EnvironmentNetwork.Enter(options.Vpcs, function, slot, keys.Item1, sandbox is BubblewrapSandbox);
        var address = sandbox.AddressOf(slot);
        var telemetry = new TelemetryRelay(
            output.Subscribed,
            address,
            network?.Namespace is { } own
                ? own.NewSocket
                : static () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp),
            time
        );
        var exchange = new ExtensionExchange(function, extensions, telemetry);
        output.Attach(telemetry);
        output.ExtensionEnded = exchange.Ended;
        var group = limits.GroupFor(function, slot, sandbox is BubblewrapSandbox);
        return await RuntimeProcess.StartAsync(
            runtimeApi =>
            {
                var request = new SandboxRequest(function, slot, output.Stream, layers, temporary, default)
                {
                    NodePackages = RuntimeProgram.IsNode(function.Runtime)
                        ? NodePackages.Find(function.Runtime, options.NodePackages, options.MachineNodePackages, workDirectory)
                        : null,
                    JavaClasses = javaClasses,
                };
                var taskRoot = sandbox.TaskRoot(function);
                var variables = FunctionVariables.For(
                    function,
                    output.Stream,
                    runtimeApi,
                    taskRoot,
                    sandbox.LayerDirectory(request),
                    sandbox.RuntimeDirectory,
                    keys,
                    options.Endpoint,
                    sandbox.NodePackages(request),
                    isProvisioned
                );
                var command = CommandOf(function, program, request, taskRoot);
                // The kernel counts the processes of a user, and an environment has a user of its own only in a sandbox.
                var script = StartScript.Write(
                    variables,
                    command,
                    extensions.Select(name => $"{sandbox.LayerDirectory(request)}/extensions/{name}"),
                    sandbox is BubblewrapSandbox ? EnvironmentLimits.Processes : null,
                    limits.DataMegabytes(function)
                );
                var start = sandbox.Start(request with { Script = script }) with
                {
                    StandardOutput = output.Output,
                    StandardError = extensions.Count == 0 ? null : output.ExtensionOutput,
                    ErrorIntoOutput = extensions.Count == 0,
                };
                return group is null ? start : ControlGroups.Inside(start, group);
            },
            exchange,
            group,
            network,
            time
        );
    }

    /// <summary>What a process needs to run the function outside of an environment: variables, command, and where the runtime is.</summary>
    /// <param name="directory">Directory of its code.</param>
    /// <exception cref="InvalidOperationException">This machine cannot run the function's runtime.</exception>
    public async Task<(IReadOnlyDictionary<string, string> Variables, IReadOnlyList<string> Command, string Directory)> PlanDebuggingAsync(
        FunctionVersion function,
        string directory,
        string logStream,
        string runtimeApi,
        string? layers
    )
    {
        var program =
            RuntimeProgram.Find(function.Runtime)
            ?? throw new InvalidOperationException($"This machine lacks {RuntimeProgram.Missing(function.Runtime)}.");
        layers ??= "/opt";
        var packages = RuntimeProgram.IsNode(function.Runtime)
            ? NodePackages.Find(function.Runtime, options.NodePackages, options.MachineNodePackages, workDirectory)
            : null;
        var variables = FunctionVariables.For(
            function,
            logStream,
            runtimeApi,
            directory,
            layers,
            workDirectory,
            await credentials.GetAsync(function, CancellationToken.None),
            options.Endpoint,
            packages ?? "/var/runtime/node_modules",
            isProvisioned: false
        );
        variables[DebuggedVariable] = "1";
        // Debuggers and the developer's shell need their own.
        foreach (var name in (string[])["PATH", "LD_LIBRARY_PATH", "PWD", "SHLVL"])
        {
            if (!function.Environment.ContainsKey(name))
                variables.Remove(name);
        }
        var javaClasses = RuntimeProgram.IsJava(function.Runtime) ? await _javaClasses.Value : "";
        var command = CommandOf(function, program, directory, workDirectory, layers, javaClasses, isInLayer: false);
        return (variables, command, workDirectory);
    }

    private string[] CommandOf(FunctionVersion function, RuntimeProgram program, SandboxRequest request, string taskRoot) =>
        CommandOf(
            function,
            program,
            taskRoot,
            sandbox.RuntimeDirectory,
            sandbox.LayerDirectory(request),
            sandbox.JavaClasses(request),
            isInLayer: Entrypoint.Find(function, null) is null
        );

    /// <param name="isInLayer">Whether the bootstrap of a <c>provided.*</c> function is not in its code.</param>
    private static string[] CommandOf(
        FunctionVersion function,
        RuntimeProgram program,
        string taskRoot,
        string runtimeDirectory,
        string layers,
        string javaClasses,
        bool isInLayer
    )
    {
        if (program.Program is not { } path)
            return [(isInLayer ? layers : taskRoot) + "/bootstrap"];
        // A handler that names only an assembly is a program that speaks the Runtime API itself.
        if (RuntimeProgram.IsDotnet(function.Runtime) && !function.Handler.Contains("::", StringComparison.Ordinal))
            return [path, $"{taskRoot}/{function.Handler}.dll"];
        if (RuntimeProgram.IsJava(function.Runtime))
            return [path, .. JavaClasses.Options(function, javaClasses), layers];
        var bootstrap = $"{runtimeDirectory}/{program.Bootstrap}";
        return RuntimeProgram.IsPython(function.Runtime) ? [path, bootstrap, layers] : [path, bootstrap];
    }
}
