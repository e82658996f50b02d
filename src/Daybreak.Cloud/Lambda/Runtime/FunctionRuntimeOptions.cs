using Daybreak.Cloud.Lambda.Vpcs;

namespace Daybreak.Cloud.Lambda.Runtime;

public sealed record FunctionRuntimeOptions
{
    /// <summary>
    /// Directory for bootstraps and merged layers. The runtime makes its own directory in it and removes that at the end.
    /// </summary>
    public required string WorkDirectory { get; init; }

    /// <summary>
    /// <c>AWS_ENDPOINT_URL</c> of functions, unless a function sets its own. Without it, SDKs would call the real AWS. Known once the
    /// port is bound; null sets no variable.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Directory in which the AWS SDK for Node.js functions is installed.</summary>
    public string NodePackages { get; init; } = Runtime.NodePackages.DefaultDirectory;

    /// <summary>Directories in which npm and system packages install for the whole machine. The first that has the SDK is used.</summary>
    public IReadOnlyList<string> MachineNodePackages { get; init; } = Runtime.NodePackages.MachineDirectories;

    /// <summary>Directory in which the compiled bootstrap for Java functions is kept.</summary>
    public string JavaClasses { get; init; } = Runtime.NodePackages.DefaultDirectory;

    /// <summary>Time after which an idle environment ends.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Maximum number of environments: an account's concurrency.</summary>
    public int Environments { get; init; } = 1000;

    /// <summary>Maximum number of environments that initialize at the same time. More would only slow each other down.</summary>
    public int StartsAtOnce { get; init; } = Math.Max(2, Environment.ProcessorCount * 2);

    /// <summary>Refuses runtimes whose version of the language this machine lacks, in place of running the nearest one.</summary>
    public bool Strict { get; init; }

    /// <summary>The ways out of environments that are in a VPC; null: the same as those of others.</summary>
    public IVpcDoors? Vpcs { get; init; }

    /// <summary>Uses a plain process group even where bubblewrap works.</summary>
    public bool WithoutSandbox { get; init; }
}
