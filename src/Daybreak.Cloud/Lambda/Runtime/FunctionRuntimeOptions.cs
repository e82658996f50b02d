namespace Daybreak.Cloud.Lambda.Runtime;

public sealed record FunctionRuntimeOptions
{
    /// <summary>Where to keep the bootstraps and merged layers; a directory of its own is made below it, and removed at the end.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>
    /// Where code in functions reaches AWS: <c>AWS_ENDPOINT_URL</c>, unless the function sets it itself. Without it SDKs would
    /// leave this machine. Known once the port is bound; null tells functions nothing.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Where the AWS SDK for Node.js functions is installed.</summary>
    public string NodePackages { get; init; } = Runtime.NodePackages.DefaultDirectory;

    /// <summary>Where npm and packages of the system install for the whole machine; the first that has the SDK counts.</summary>
    public IReadOnlyList<string> MachineNodePackages { get; init; } = Runtime.NodePackages.MachineDirectories;

    /// <summary>An environment that was idle for so long ends.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most environments at once: an account's concurrency.</summary>
    public int Environments { get; init; } = 1000;

    /// <summary>Environments that initialize at the same time; more would only slow each other down.</summary>
    public int StartsAtOnce { get; init; } = Math.Max(2, Environment.ProcessorCount * 2);

    /// <summary>Uses a plain process group even where bubblewrap works.</summary>
    public bool WithoutSandbox { get; init; }
}
