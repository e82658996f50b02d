using System.Net;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>
/// The sockets of one cluster that distribute connections over its servers: its reader endpoint and its custom endpoints. The cluster
/// endpoint is the writer's own address.
/// </summary>
internal sealed class ReaderDoors(CustomEndpoints customEndpoints) : IDisposable
{
    private readonly SpreadingEndpoints _sockets = new();

    /// <summary>Directs them to the running servers; they refuse connections while there are none.</summary>
    /// <param name="cluster">Null when it was deleted.</param>
    /// <param name="servers">By the identifier of their instance.</param>
    public void Lead(Cluster? cluster, IReadOnlyDictionary<string, PostgresServer> servers)
    {
        if (servers.Count == 0 || cluster is not { OnlyInstance: null })
        {
            Pause();
            return;
        }
        var readers = Targets((_, isWriter) => !isWriter);
        _sockets.Set([
            (At(cluster.ReaderAddress), readers.Count > 0 ? readers : Targets((_, isWriter) => isWriter)),
            .. customEndpoints
                .Of(cluster)
                .Where(custom => custom.Status != EndpointStatus.Deleting)
                .Select(custom => (At(custom.Address), Targets(custom.Takes))),
        ]);

        IPEndPoint At(string address) => new(IPAddress.Parse(address), cluster.Port);

        IReadOnlyList<IPEndPoint> Targets(Func<string, bool, bool> takes) =>
            [
                .. servers
                    .Where(server => takes(server.Key, server.Key == cluster.Writer))
                    .Select(server => new IPEndPoint(server.Value.Options.Address, server.Value.Options.Port)),
            ];
    }

    /// <summary>Refuses connections until the next call.</summary>
    public void Pause() => _sockets.Pause();

    /// <summary>Closes them until the next call.</summary>
    public void Close() => _sockets.Set([]);

    public void Dispose() => _sockets.Dispose();
}
