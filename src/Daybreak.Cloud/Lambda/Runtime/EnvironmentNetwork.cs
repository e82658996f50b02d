using Daybreak.Cloud.Lambda.Vpcs;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Lambda.Runtime;

/// <summary>The network of one environment whose function is in a VPC, until the environment ends.</summary>
internal sealed class EnvironmentNetwork : IDisposable
{
    private readonly IDisposable _doors;

    private EnvironmentNetwork(NetworkNamespace? own, IDisposable doors) => (Namespace, _doors) = (own, doors);

    /// <summary>The network that its processes are in; null: this machine's.</summary>
    public NetworkNamespace? Namespace { get; }

    /// <summary>Null when the environment has the same ways out as others.</summary>
    /// <param name="isolated">Whether its processes are in a sandbox; others may leave a network.</param>
    public static EnvironmentNetwork? Enter(IVpcDoors? doors, FunctionVersion function, int slot, string accessKeyId, bool isolated)
    {
        if (function.Vpc is null || doors is not { AreEnforced: true })
            return null;
        var own = isolated ? NetworkNamespace.TryCreate() : null;
        return new EnvironmentNetwork(own, doors.Enter(function, slot, accessKeyId, own is null ? null : own.NewSocket));
    }

    public void Dispose()
    {
        _doors.Dispose();
        Namespace?.Dispose();
    }
}
