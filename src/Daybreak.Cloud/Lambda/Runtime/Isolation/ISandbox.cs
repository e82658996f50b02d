using System.Net;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime.Isolation;

/// <summary>Isolates the process of a function from the rest of the machine.</summary>
internal interface ISandbox : IAsyncDisposable
{
    /// <summary>The text for <c>status</c>.</summary>
    string Description { get; }

    /// <summary>Whether a function can call the real AWS, for <c>status</c>.</summary>
    string Reach { get; }

    /// <summary>Path of the code as the function sees it.</summary>
    string TaskRoot(FunctionVersion function);

    /// <summary>Path of the runtime directory as the function sees it.</summary>
    string RuntimeDirectory { get; }

    /// <summary>Path of the layers as the function sees it.</summary>
    string LayerDirectory(SandboxRequest request);

    /// <summary>Path of the packages for Node.js as the function sees it, whether there are any or not.</summary>
    string NodePackages(SandboxRequest request);

    /// <summary>Path of the bootstrap for Java as the function sees it.</summary>
    string JavaClasses(SandboxRequest request);

    /// <summary>Path on this machine of the file that the function sees at <paramref name="path"/>; null when it sees none there.</summary>
    /// <param name="path">A relative path starts at the code.</param>
    /// <param name="layers">Directory that becomes <c>/opt</c>.</param>
    string? Locate(string path, FunctionVersion function, string? layers);

    /// <summary>Calls <paramref name="log"/> from now on with each of AWS's host names that the function in a slot looks up and that is
    /// refused, where this can be observed.</summary>
    void LogRefusedNames(int slot, Action<string> log);

    /// <summary>The address of <c>sandbox.localdomain</c> for the environment in a slot. Extensions listen there for telemetry.</summary>
    IPAddress AddressOf(int slot);

    /// <summary>The command that runs <paramref name="request"/>'s script in the sandbox.</summary>
    ChildStart Start(SandboxRequest request);
}

/// <param name="Slot">Number of the environment below 1,000, which no other living environment has.</param>
/// <param name="LogStream">Name of its log stream, which no other environment has.</param>
/// <param name="Layers">Directory that becomes <c>/opt</c>; null when there are no layers.</param>
/// <param name="TemporaryDirectory">Directory to use where the environment has no <c>/tmp</c> of its own.</param>
/// <param name="Script">Shell commands that set the environment and start the runtime. It contains secrets, so it is passed by
/// standard input.</param>
internal sealed record SandboxRequest(
    FunctionVersion Function,
    int Slot,
    string LogStream,
    string? Layers,
    string TemporaryDirectory,
    ReadOnlyMemory<byte> Script
)
{
    /// <summary>Directory that becomes <c>/var/runtime/node_modules</c>; null when there is none.</summary>
    public string? NodePackages { get; init; }

    /// <summary>Directory that becomes <c>/var/runtime/java</c>; null for other languages.</summary>
    public string? JavaClasses { get; init; }
}
