using System.Net;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Endpoints;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>The endpoints of one cluster that spread connections over its servers. The writer's endpoint is the writer's own
/// address.</summary>
internal sealed class ClusterEndpoints(ClusterParts parts, OwnCluster own, RunningServers running) : IDisposable
{
    private readonly SpreadingEndpoints _sockets = new();

    /// <summary>Opens custom endpoints that are new, closes and forgets those that go, and leads all where they are to lead.</summary>
    public async Task TurnAsync()
    {
        if (own.Now is not { } cluster)
            return;
        Lead();
        if (parts.Endpoints.Of(cluster).Any(endpoint => endpoint.Status == EndpointStatus.Creating))
            await running.ReloadAllAsync(); // their certificates name it
        using var turn = await parts.Databases.TurnAsync(cluster.Key);
        foreach (var endpoint in parts.Endpoints.Of(cluster))
        {
            if (endpoint.Status == EndpointStatus.Creating)
                await parts.Endpoints.PutAsync(endpoint with { Status = EndpointStatus.Available });
            else if (endpoint.Status == EndpointStatus.Deleting)
                await parts.Endpoints.RemoveAsync(endpoint);
        }
    }

    /// <summary>Leads them to the servers that run now.</summary>
    public void Lead()
    {
        if (running.All.Count == 0 || own.Now is not { OnlyInstance: null } cluster)
        {
            Pause();
            return;
        }
        var readers = Targets((_, isWriter) => !isWriter);
        _sockets.Turn([
            (At(cluster.ReaderAddress), readers.Count > 0 ? readers : Targets((_, isWriter) => isWriter)),
            .. parts
                .Endpoints.Of(cluster)
                .Where(custom => custom.Status != EndpointStatus.Deleting)
                .Select(custom => (At(custom.Address), Targets(custom.Takes))),
        ]);

        IPEndPoint At(string address) => new(IPAddress.Parse(address), cluster.Port);

        IReadOnlyList<IPEndPoint> Targets(Func<string, bool, bool> takes) =>
            [
                .. running
                    .All.Where(server => takes(server.Key, server.Key == cluster.Writer))
                    .Select(server => new IPEndPoint(server.Value.Options.Address, server.Value.Options.Port)),
            ];
    }

    /// <summary>They lead nowhere until they are led again.</summary>
    public void Pause() => _sockets.Pause();

    /// <summary>They are not there until they are led again.</summary>
    public void Close() => _sockets.Turn([]);

    public void Dispose() => _sockets.Dispose();
}
