using System.Net.Sockets;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cloud.Lambda.Vpcs;

/// <summary>The ways out of execution environments whose functions are in a VPC.</summary>
public interface IVpcDoors
{
    /// <summary>Whether they are those that the VPC leaves.</summary>
    bool AreEnforced { get; }

    /// <summary>Provides those of a new environment, until the result is disposed of.</summary>
    /// <param name="slot">Number of the environment, which chooses among the function's subnets.</param>
    /// <param name="accessKeyId">Of the credentials that only this environment has.</param>
    /// <param name="newSocket">Makes a TCP socket in its network; null: its processes are in this machine's.</param>
    IDisposable Enter(FunctionVersion function, int slot, string accessKeyId, Func<Socket>? newSocket);
}
