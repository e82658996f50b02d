using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>The loopback address of a new server.</summary>
internal static class ServerAddress
{
    /// <exception cref="Aws.AwsException">InvalidParameterValue: the port is taken on all addresses.</exception>
    public static string Free(int port) =>
        LoopbackAddresses.Free(port)?.ToString()
        ?? throw RdsErrors.InvalidValue(
            $"Port {port} is taken on every loopback address of this machine: a program listens on it for all addresses."
        );
}
