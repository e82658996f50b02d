using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Processes;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>The running servers of one cluster. Every one of them is watched.</summary>
/// <param name="ended">Called for every server that has ended, whether it was stopped or not.</param>
internal sealed class ServerSet(ClusterParts parts, OwnCluster own, Action<Instance, PostgresServer, ProcessExit> ended)
{
    private readonly ConcurrentDictionary<string, PostgresServer> _byInstance = new(StringComparer.Ordinal);

    /// <summary>By the identifier of their instance.</summary>
    public IReadOnlyDictionary<string, PostgresServer> All => _byInstance;

    /// <summary>Null while it does not run.</summary>
    public PostgresServer? Writer(Cluster cluster) => cluster.Writer is { } writer ? _byInstance.GetValueOrDefault(writer) : null;

    public void Add(Instance instance, PostgresServer server)
    {
        _byInstance[instance.Identifier] = server;
        _ = WatchAsync();

        async Task WatchAsync()
        {
            var exit = await server.Exited;
            await NotAvailableAsync(instance, server);
            ended(instance, server, exit);
        }
    }

    /// <summary>Removes a server and returns whether there was one; the caller must stop it.</summary>
    public bool TryTake(Instance instance, [NotNullWhen(true)] out PostgresServer? server) =>
        _byInstance.TryRemove(instance.Identifier, out server);

    /// <summary>Removes the server if it is this one; another one may have replaced it.</summary>
    public bool TryTake(Instance instance, PostgresServer server) =>
        _byInstance.TryRemove(KeyValuePair.Create(instance.Identifier, server));

    /// <summary>Applies everything that can change at run time, to every server.</summary>
    public async Task ReloadAllAsync()
    {
        if (own.Now is not { } cluster)
            return;
        foreach (var instance in parts.Databases.Members(cluster))
        {
            if (_byInstance.TryGetValue(instance.Identifier, out var server))
                await parts.Start.ReloadAsync(cluster, instance, server, instance.Identifier == cluster.Writer ? null : Writer(cluster));
        }
    }

    /// <summary>Stops all servers.</summary>
    public async Task EndAsync(CancellationToken hurry)
    {
        var all = _byInstance.Values.ToList();
        _byInstance.Clear(); // first, so that they are not restarted
        foreach (var server in all)
            await server.StopAsync(hurry);
    }

    /// <summary>
    /// Runs at once instead of in the queue, so that the API never shows an instance as available whose server has ended unexpectedly.
    /// </summary>
    private async Task NotAvailableAsync(Instance instance, PostgresServer server)
    {
        try
        {
            await parts.Databases.ChangeAsync(
                instance,
                now =>
                    now.Status == InstanceStatus.Available && _byInstance.GetValueOrDefault(instance.Identifier) == server
                        ? now with
                        {
                            Status = InstanceStatus.Rebooting,
                        }
                        : now
            );
        }
        catch (Exception error)
        {
            parts.Failed(error); // it is restarted anyway
        }
    }
}
