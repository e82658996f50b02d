using System.Net;
using System.Threading.Channels;
using Daybreak.Cloud.Processes;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Roles;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Snapshots;

namespace Daybreak.Cloud.Rds.Clusters;

/// <summary>What every cluster's servers need.</summary>
internal sealed record ClusterParts(
    Databases Databases, ServerStart Start, ServerFiles Files, ServerCredentials Credentials, ClusterSnapshots Snapshots, CustomEndpoints Endpoints, EventLog Events,
    Action<Exception> Failed);

/// <summary>
/// Runs the servers of one cluster. What is asked of it is done step by step, in order, after the API has answered; each step
/// starts from the state as it is then.
/// </summary>
internal sealed class ClusterServers : IAsyncDisposable
{
    private readonly Channel<Func<Task>> steps = Channel.CreateUnbounded<Func<Task>>(new() { SingleReader = true });
    private readonly Dictionary<string, PostgresServer> running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource hurry = new();
    private readonly ClusterParts parts;
    private readonly Cluster birth;
    private readonly Task worker;
    private readonly SpreadingEndpoints endpoints = new();
    private volatile bool ending;

    public ClusterServers(ClusterParts parts, Cluster cluster)
    {
        (this.parts, birth) = (parts, cluster);
        worker = Task.Run(RunAllAsync);
    }

    /// <summary>Completes with the step. Steps that fail are reported and leave the cluster to the next one.</summary>
    public Task Enqueue(Func<Task> step)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!steps.Writer.TryWrite(async () =>
            {
                try
                {
                    await step();
                }
                finally
                {
                    done.SetResult();
                }
            }))
            done.SetResult();
        return done.Task;
    }

    /// <summary>Starts what should run: after a start of the local AWS, and after StartDBCluster.</summary>
    public async Task StartAllAsync()
    {
        if (Now() is not { } cluster)
            return;
        await RestoreAsync();
        var members = parts.Databases.Members(cluster);
        foreach (var instance in members.OrderByDescending(instance => instance.Identifier == cluster.Writer))
            await TryStartAsync(instance, keep: true);
        await ChangeAsync(now => now with { Status = ClusterStatus.Available });
    }

    /// <summary>Gets the data of the snapshot that the cluster is restored from, unless it has it.</summary>
    public async Task RestoreAsync()
    {
        if (Now() is not { RestoresSnapshot: { } snapshot } cluster)
            return;
        await parts.Snapshots.Files.RestoreAsync(snapshot, cluster, hurry.Token);
        await ChangeAsync(now => now with { RestoresSnapshot = null });
    }

    /// <summary>Copies the cluster's data into a snapshot. Should that fail, a cluster that was to leave it behind stays.</summary>
    public async Task TakeSnapshotAsync(ClusterSnapshot snapshot)
    {
        try
        {
            await RestoreAsync();
            var cluster = Now() ?? throw new PostgresServerException("The cluster is gone.");
            if (Writer(cluster) is { } writer)
                await parts.Snapshots.Files.TakeAsync(snapshot, writer, hurry.Token);
            else if (cluster.Writer is null)
                await parts.Snapshots.Files.TakeAsync(snapshot, cluster, hurry.Token);
            else
                throw new PostgresServerException("The writer does not run.");
            await parts.Snapshots.FinishAsync(snapshot);
        }
        catch (Exception error) when (!ending)
        {
            await parts.Snapshots.FailAsync(snapshot, error);
            await ChangeAsync(now => now.Status == ClusterStatus.Deleting ? now with { Status = ClusterStatus.Available } : now);
            throw;
        }
    }

    /// <summary>Opens custom endpoints that are new, closes and forgets those that go, and leads all where they are to lead.</summary>
    public async Task TurnEndpointsAsync()
    {
        if (Now() is not { } cluster)
            return;
        TurnEndpoints();
        if (parts.Endpoints.Of(cluster).Any(endpoint => endpoint.Status == EndpointStatus.Creating))
            await ReloadAllAsync(); // their certificates name it
        using var turn = await parts.Databases.TurnAsync(cluster.Key);
        foreach (var endpoint in parts.Endpoints.Of(cluster))
        {
            if (endpoint.Status == EndpointStatus.Creating)
                await parts.Endpoints.PutAsync(endpoint with { Status = EndpointStatus.Available });
            else if (endpoint.Status == EndpointStatus.Deleting)
                await parts.Endpoints.RemoveAsync(endpoint);
        }
    }

    public async Task CreateInstanceAsync(Instance instance)
    {
        await TryStartAsync(instance, keep: false);
        await EventAsync(instance, "DB instance created", "creation");
    }

    public async Task RebootAsync(Instance instance)
    {
        await EventAsync(instance, "DB instance shutdown", "availability");
        await StopAsync(instance);
        await TryStartAsync(instance, keep: true);
        await EventAsync(instance, "DB instance restarted", "availability");
    }

    /// <summary>Applies what waits for an instance, which is <c>modifying</c> until then.</summary>
    public async Task ApplyPendingAsync(Instance instance)
    {
        if (parts.Databases.FindInstance(instance.Key) is not { Pending: { IsEmpty: false } pending })
            return;
        if (pending.InstanceClass is not null)
            await EventAsync(instance, "Applying modification to database instance class", "configuration change");
        if (pending.NeedRestart)
            await StopAsync(instance);
        await parts.Databases.ChangeAsync(instance, pending.ApplyTo);
        if (pending.NeedRestart)
            await TryStartAsync(instance, keep: true);
        else
            await parts.Databases.ChangeAsync(instance, now => now.Status == InstanceStatus.Modifying ? now with { Status = InstanceStatus.Available } : now);
        if (pending.InstanceClass is not null)
            await EventAsync(instance, "Finished applying modification to DB instance class", "configuration change");
    }

    /// <summary>Applies what can change at run time, to every server.</summary>
    public async Task ReloadAllAsync()
    {
        if (Now() is not { } cluster)
            return;
        foreach (var instance in parts.Databases.Members(cluster))
        {
            if (running.TryGetValue(instance.Identifier, out var server))
                await parts.Start.ReloadAsync(cluster, instance, server, instance.Identifier == cluster.Writer ? null : Writer(cluster));
        }
    }

    /// <summary>Gives the data a password that is new to it, as soon as there is a writer. One that was changed in SQL stays.</summary>
    public async Task SetPasswordAsync()
    {
        if (Now() is not { PasswordWaits: true } cluster || Writer(cluster) is not { } writer)
            return;
        await ServerAdministration.SetPasswordAsync(writer, cluster);
        await ChangeAsync(now => now.PasswordVerifier == cluster.PasswordVerifier ? now with { PasswordWaits = false } : now);
    }

    /// <summary>Makes a reader the writer. The old one's sessions end; it comes back as a reader.</summary>
    public async Task FailOverAsync(Instance target)
    {
        if (Now() is not { Writer: { } oldIdentifier } cluster || oldIdentifier == target.Identifier)
            return;
        if (!running.TryGetValue(target.Identifier, out var promoted))
            throw new PostgresServerException($"The reader {target.Identifier} does not run.");
        await EventAsync(RdsArn.Cluster, cluster.Identifier, $"Started cross AZ failover to DB instance: {target.Identifier}", "failover");
        var old = parts.Databases.Members(cluster).FirstOrDefault(member => member.Identifier == oldIdentifier);
        // The clean end of the writer sends its readers all there is, if they listen.
        if (Writer(cluster) is { } writer)
            await ServerAdministration.CatchUpAsync(writer, promoted);
        endpoints.Pause();
        if (old is not null)
            await StopAsync(old);
        // Promoted first, then restarted where the writer answers: nobody finds a reader there.
        await ServerAdministration.PromoteAsync(promoted);
        await StopAsync(target);
        var (server, started) = await parts.Start.WriterAsync(cluster, target);
        Watch(target, server);
        await ChangeAsync(now => now with { Writer = target.Identifier, Status = ClusterStatus.Available });
        await parts.Databases.ChangeAsync(target, now => now with { Started = started });
        await EventAsync(RdsArn.Cluster, cluster.Identifier, $"Completed failover to DB instance: {target.Identifier}", "failover");
        await ReloadAllAsync();
        if (old is not null)
            await TryStartAsync(old, keep: false);
        TurnEndpoints();
    }

    /// <summary>Ends an instance for good. The last one's data stays with the cluster.</summary>
    public async Task DeleteInstanceAsync(Instance instance)
    {
        if (Now() is { } cluster)
        {
            if (cluster.Writer == instance.Identifier)
            {
                if (Successor(cluster, instance) is { } successor)
                {
                    await FailOverAsync(successor);
                    await StopAsync(instance);
                }
                else
                {
                    await StopAsync(instance);
                    parts.Files.KeepVolume(cluster, instance);
                    await ChangeAsync(now => now with { Writer = null });
                }
            }
            await StopAsync(instance);
            parts.Files.Remove(cluster, instance);
        }
        parts.Credentials.Forget(instance);
        using (await parts.Databases.TurnAsync(instance.ClusterKey))
            await parts.Databases.RemoveAsync(instance);
        TurnEndpoints();
        await EventAsync(instance, "DB instance deleted", "deletion");
    }

    public async Task StopAllAsync()
    {
        if (Now() is { } cluster)
        {
            // The writer first, so that readers get all there is.
            foreach (var instance in parts.Databases.Members(cluster).OrderByDescending(instance => instance.Identifier == cluster.Writer))
            {
                await StopAsync(instance);
                await parts.Databases.ChangeAsync(instance, now => now with { Status = InstanceStatus.Stopped });
            }
        }
        endpoints.Turn([]);
        await ChangeAsync(now => now with { Status = ClusterStatus.Stopped });
    }

    /// <summary>The reader to promote: least tier, then the oldest.</summary>
    public Instance? Successor(Cluster cluster, Instance? leaving) =>
        parts.Databases.Members(cluster)
            .Where(member => member.Identifier != cluster.Writer && member.Identifier != leaving?.Identifier && member.Status == InstanceStatus.Available)
            .MinBy(member => member.PromotionTier);

    /// <summary>Stops the servers without telling the state, which says what runs again at the next start of the local AWS.</summary>
    public async Task EndAsync(CancellationToken hurryUp)
    {
        ending = true;
        using var passed = hurryUp.Register(hurry.Cancel);
        steps.Writer.TryComplete();
        await worker;
        endpoints.Dispose();
        foreach (var server in running.Values.ToList())
            await server.StopAsync(hurryUp);
        running.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(CancellationToken.None);
        hurry.Dispose();
    }

    private async Task RunAllAsync()
    {
        await foreach (var step in steps.Reader.ReadAllAsync())
        {
            if (ending)
                continue;
            try
            {
                await step();
            }
            catch (Exception error)
            {
                parts.Failed(error);
            }
        }
    }

    private Cluster? Now() => parts.Databases.Find(birth.Key) is { } now && now.ResourceId == birth.ResourceId ? now : null;

    private PostgresServer? Writer(Cluster cluster) => cluster.Writer is { } writer ? running.GetValueOrDefault(writer) : null;

    private async Task TryStartAsync(Instance instance, bool keep)
    {
        try
        {
            await RestoreAsync();
            var cluster = Now() ?? throw new PostgresServerException("The cluster is gone.");
            instance = parts.Databases.FindInstance(instance.Key) ?? instance;
            var (server, started) = instance.Identifier == cluster.Writer
                ? await parts.Start.WriterAsync(cluster, instance)
                : await parts.Start.ReaderAsync(cluster, instance, Writer(cluster) ?? throw new PostgresServerException("The writer does not run."), keep);
            Watch(instance, server);
            await SetPasswordAsync();
            await parts.Databases.ChangeAsync(
                instance, now => now with { Started = started, Status = now.Status == InstanceStatus.Deleting ? now.Status : InstanceStatus.Available });
            TurnEndpoints();
        }
        catch (Exception error)
        {
            await parts.Databases.ChangeAsync(instance, now => now with { Status = InstanceStatus.Failed });
            await EventAsync(instance, $"The DB instance could not be started: {error.Message}", "failure");
            throw;
        }
    }

    private async Task StopAsync(Instance instance)
    {
        if (running.Remove(instance.Identifier, out var server))
        {
            TurnEndpoints();
            await server.StopAsync(hurry.Token);
        }
    }

    private void Watch(Instance instance, PostgresServer server)
    {
        running[instance.Identifier] = server;
        _ = WatchAsync();

        async Task WatchAsync()
        {
            var exit = await server.Exited;
            await Enqueue(() => RecoverAsync(instance, server, exit));
        }
    }

    /// <summary>A server ended that nobody had stopped.</summary>
    private async Task RecoverAsync(Instance instance, PostgresServer server, ProcessExit exit)
    {
        if (running.GetValueOrDefault(instance.Identifier) != server)
            return;
        running.Remove(instance.Identifier);
        TurnEndpoints();
        await server.StopAsync(hurry.Token);
        await parts.Databases.ChangeAsync(instance, now => now with { Status = InstanceStatus.Rebooting });
        await EventAsync(instance, $"Recovery of the DB instance has started. Recovery time will vary with the amount of data to be recovered. The server ended: {exit}.", "recovery");
        if (Now() is { } cluster && cluster.Writer == instance.Identifier && Successor(cluster, instance) is { } successor)
            await TakeOverAsync(cluster, instance, successor);
        else
            await TryStartAsync(instance, keep: true);
        await EventAsync(instance, "Recovery of the DB instance is complete.", "recovery");
        await EventAsync(instance, "DB instance restarted", "availability");
    }

    /// <summary>
    /// A reader becomes the writer in place of one that crashed, which first comes back to give it the last of its transactions. When it
    /// cannot, what the reader has is what there is.
    /// </summary>
    private async Task TakeOverAsync(Cluster cluster, Instance crashed, Instance successor)
    {
        await ChangeAsync(now => now.Status == ClusterStatus.Available ? now with { Status = ClusterStatus.FailingOver } : now);
        try
        {
            var (server, _) = await parts.Start.WriterAsync(cluster, crashed, aside: true);
            Watch(crashed, server);
        }
        catch (PostgresServerException error)
        {
            parts.Failed(error);
        }
        try
        {
            await FailOverAsync(successor);
        }
        catch (PostgresServerException error)
        {
            parts.Failed(error);
            await StopAsync(crashed);
            await TryStartAsync(crashed, keep: true);
            await ChangeAsync(now => now.Status == ClusterStatus.FailingOver ? now with { Status = ClusterStatus.Available } : now);
        }
    }

    /// <summary>Leads the endpoints to the servers that run now.</summary>
    private void TurnEndpoints()
    {
        if (running.Count == 0 || Now() is not { OnlyInstance: null } cluster)
        {
            endpoints.Pause();
            return;
        }
        var readers = Targets((_, isWriter) => !isWriter);
        endpoints.Turn(
        [
            (At(cluster.ReaderAddress), readers.Count > 0 ? readers : Targets((_, isWriter) => isWriter)),
            .. parts.Endpoints.Of(cluster).Where(custom => custom.Status != EndpointStatus.Deleting).Select(custom => (At(custom.Address), Targets(custom.Takes))),
        ]);

        IPEndPoint At(string address) => new(IPAddress.Parse(address), cluster.Port);

        IReadOnlyList<IPEndPoint> Targets(Func<string, bool, bool> takes) =>
        [
            .. running.Where(server => takes(server.Key, server.Key == cluster.Writer))
                .Select(server => new IPEndPoint(server.Value.Options.Address, server.Value.Options.Port)),
        ];
    }

    private async Task ChangeAsync(Func<Cluster, Cluster> change)
    {
        if (Now() is { } cluster)
            await parts.Databases.ChangeAsync(cluster, change);
    }

    private Task EventAsync(Instance instance, string message, string category) => EventAsync(RdsArn.Instance, instance.Identifier, message, category);

    private Task EventAsync(string kind, string identifier, string message, string category) =>
        parts.Events.AddAsync(birth.AccountId, birth.Region, kind, identifier, message, category);
}
