using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>How the process of a function is kept apart from the rest of the machine.</summary>
internal interface ISandbox : IAsyncDisposable
{
    /// <summary>For <c>status</c>.</summary>
    string Description { get; }

    /// <summary>Whether a function can call the real AWS, for <c>status</c>.</summary>
    string Reach { get; }

    /// <summary>Path that the function sees its code under.</summary>
    string TaskRoot(FunctionVersion function);

    /// <summary>Path that the function sees the runtime directory under.</summary>
    string RuntimeDirectory { get; }

    /// <summary>Path of the function's layers, as it sees them.</summary>
    string LayerDirectory(SandboxRequest request);

    /// <summary>Path of the request's packages for Node.js, as the function sees them; also where there are none.</summary>
    string NodePackages(SandboxRequest request);

    /// <summary>Where a file that the function sees at <paramref name="path"/> lies on this machine; null: it sees none there.</summary>
    /// <param name="path">Relative ones count from the code.</param>
    /// <param name="layers">Directory that becomes <c>/opt</c>.</param>
    string? Locate(string path, FunctionVersion function, string? layers);

    /// <summary>From now on <paramref name="log"/> is told which of AWS's host names the function in a slot asks for in vain, as far as
    /// that can be seen.</summary>
    void TellRefusedNames(int slot, Action<string> log);

    /// <summary>What to start so that <paramref name="request"/>'s script runs inside.</summary>
    ChildStart Start(SandboxRequest request);
}

/// <param name="Slot">Number of the environment, below 1,000 and held by no other living one.</param>
/// <param name="LogStream">Its log stream, which no other environment has.</param>
/// <param name="Layers">Directory that becomes <c>/opt</c>; null: none.</param>
/// <param name="TemporaryDirectory">Where there is no <c>/tmp</c> of its own.</param>
/// <param name="Script">Shell commands that set the environment and become the runtime. Handed over by standard input: it holds
/// secrets.</param>
internal sealed record SandboxRequest(
    FunctionVersion Function,
    int Slot,
    string LogStream,
    string? Layers,
    string TemporaryDirectory,
    ReadOnlyMemory<byte> Script
)
{
    /// <summary>Directory that becomes <c>/var/runtime/node_modules</c>; null: none.</summary>
    public string? NodePackages { get; init; }
}
