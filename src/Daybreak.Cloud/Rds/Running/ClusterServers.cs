using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Roles;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Snapshots;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>What every cluster's servers need.</summary>
internal sealed record ClusterParts(
    Databases Databases,
    ServerStart Start,
    ServerFiles Files,
    ServerCredentials Credentials,
    ClusterSnapshots Snapshots,
    CustomEndpoints Endpoints,
    Renaming Renaming,
    EventLog Events,
    Action<Exception> Failed
);

/// <summary>What can be done to the servers of one cluster. Only a step in the queue gets hold of it, so two never act at once.</summary>
internal sealed record ClusterSteps(
    RunningServers Running,
    ClusterData Data,
    ClusterEndpoints Endpoints,
    MemberServers Servers,
    Failover Failover,
    Members Members
);

/// <summary>The servers of one cluster, and the queue of what is done to them after the API has answered.</summary>
internal sealed class ClusterServers : IAsyncDisposable
{
    private readonly CancellationTokenSource _hurry = new();
    private readonly StepQueue _queue;
    private readonly ClusterSteps _steps;

    public ClusterServers(ClusterParts parts, Cluster cluster)
    {
        _queue = new StepQueue(parts.Failed);
        var own = new OwnCluster(parts.Databases, parts.Events, cluster);
        var running = new RunningServers(
            parts,
            own,
            (instance, server, exit) => _ = Enqueue(steps => steps.Failover.RecoverAsync(instance, server, exit))
        );
        var data = new ClusterData(parts.Snapshots, own, running, () => _queue.IsEnding, _hurry.Token);
        var endpoints = new ClusterEndpoints(parts, own, running);
        var servers = new MemberServers(parts, own, running, data, endpoints, _hurry.Token);
        var failover = new Failover(parts, own, running, servers, endpoints);
        _steps = new ClusterSteps(running, data, endpoints, servers, failover, new Members(parts, own, servers, failover, endpoints));
    }

    /// <summary>Completes with the step, or when there is no more doing it.</summary>
    public Task Enqueue(Func<ClusterSteps, Task> step) => _queue.Enqueue(() => step(_steps));

    /// <summary>Stops the servers without telling the state, which says what runs again at the next start of the local AWS.</summary>
    public async Task EndAsync(CancellationToken hurryUp)
    {
        using var passed = hurryUp.Register(_hurry.Cancel);
        await _queue.EndAsync();
        _steps.Endpoints.Dispose();
        await _steps.Running.EndAsync(hurryUp);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(CancellationToken.None);
        _hurry.Dispose();
    }
}
