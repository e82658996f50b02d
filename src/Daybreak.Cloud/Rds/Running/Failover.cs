using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Processes;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Servers;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>Changes the writer of one cluster: on request, and when the writer's server ends unexpectedly.</summary>
internal sealed class Failover(ClusterParts parts, OwnCluster own, ServerSet running, MemberServers servers, ReaderDoors doors)
{
    /// <summary>Returns the reader to promote: the lowest tier, then the oldest.</summary>
    /// <param name="members">Oldest first.</param>
    public static Instance? Successor(Cluster cluster, IEnumerable<Instance> members) =>
        members
            .Where(member => member.Identifier != cluster.Writer && member.Status == InstanceStatus.Available)
            .MinBy(member => member.PromotionTier);

    /// <summary>Makes a reader the writer. Sessions of the old writer end, and it comes back as a reader.</summary>
    public async Task ToAsync(Instance target)
    {
        if (own.Now is not { Writer: { } oldIdentifier } cluster || oldIdentifier == target.Identifier)
            return;
        if (!running.All.TryGetValue(target.Identifier, out var promoted))
            throw new PostgresServerException($"The reader {target.Identifier} does not run.");
        await own.AddEventAsync($"Started cross AZ failover to DB instance: {target.Identifier}", "failover");
        var old = parts.Databases.Members(cluster).FirstOrDefault(member => member.Identifier == oldIdentifier);
        // A clean shutdown of the writer sends everything to its connected readers.
        if (running.Writer(cluster) is { } writer)
            await ServerAdministration.CatchUpAsync(writer, promoted);
        await RestartsAsync(target);
        try
        {
            doors.Pause();
            if (old is not null)
            {
                await RestartsAsync(old);
                await servers.StopAsync(old);
            }
            // It is promoted first, and then restarted at the writer's address, so that clients never find a reader there.
            await ServerAdministration.PromoteAsync(promoted);
            await servers.StopAsync(target);
            var (server, started) = await parts.Start.WriterAsync(cluster, target);
            running.Add(target, server);
            await own.ChangeAsync(now => now with { Writer = target.Identifier });
            doors.Lead(own.Now, running.All);
            await parts.Databases.ChangeAsync(target, now => now with { Started = started });
        }
        catch
        {
            if (old is not null)
                await BringBackAsync(old);
            throw;
        }
        finally
        {
            await RunsAsync(target);
        }
        await own.ChangeAsync(now => now with { Status = ClusterStatus.Available });
        await own.AddEventAsync($"Completed failover to DB instance: {target.Identifier}", "failover");
        await running.ReloadAllAsync();
        if (old is not null)
            await servers.StartAsync(old, keep: false);
        doors.Lead(own.Now, running.All);
    }

    /// <summary>The previous writer stays the writer when another one could not replace it.</summary>
    private Task BringBackAsync(Instance old) =>
        running.All.ContainsKey(old.Identifier) ? RunsAsync(old) : servers.StartAsync(old, keep: true);

    private Task RestartsAsync(Instance instance) =>
        parts.Databases.ChangeAsync(
            instance,
            now => now.Status == InstanceStatus.Available ? now with { Status = InstanceStatus.Rebooting } : now
        );

    /// <summary>Marks it as available when its server runs, and as <c>failed</c> when the failover left it without one.</summary>
    private Task RunsAsync(Instance instance) =>
        parts.Databases.ChangeAsync(
            instance,
            now =>
                now.Status == InstanceStatus.Rebooting
                    ? now with
                    {
                        Status = running.All.ContainsKey(instance.Identifier) ? InstanceStatus.Available : InstanceStatus.Failed,
                    }
                    : now
        );

    /// <summary>
    /// Called when a server ended. Unless it was stopped on purpose, it is restarted; if it was the writer, a reader takes over.
    /// </summary>
    public async Task RecoverAsync(Instance instance, PostgresServer server, ProcessExit exit)
    {
        instance = parts.Databases.Present(instance) ?? instance;
        if (!await servers.PutAwayAsync(instance, server))
            return;
        await parts.Databases.ChangeAsync(instance, now => now with { Status = InstanceStatus.Rebooting });
        await own.AddEventAsync(
            instance,
            "Recovery of the DB instance has started. Recovery time will vary with the amount of data to be recovered. The server "
                + $"ended: {exit}.",
            "recovery"
        );
        if (
            own.Now is { } cluster
            && cluster.Writer == instance.Identifier
            && Successor(cluster, parts.Databases.Members(cluster)) is { } successor
        )
            await TakeOverAsync(cluster, instance, successor);
        else
            await servers.StartAsync(instance, keep: true);
        await own.AddEventAsync(instance, "Recovery of the DB instance is complete.", "recovery");
        await own.AddEventAsync(instance, "DB instance restarted", "availability");
    }

    /// <summary>
    /// Makes a reader the writer in place of one that crashed. The crashed one is first restarted to send its last transactions. If it
    /// cannot, the reader's data is all that remains.
    /// </summary>
    private async Task TakeOverAsync(Cluster cluster, Instance crashed, Instance successor)
    {
        await own.ChangeAsync(now => now.Status == ClusterStatus.Available ? now with { Status = ClusterStatus.FailingOver } : now);
        try
        {
            var (server, _) = await parts.Start.WriterAsync(cluster, crashed, aside: true);
            running.Add(crashed, server);
        }
        catch (PostgresServerException error)
        {
            parts.Failed(error);
        }
        try
        {
            await ToAsync(successor);
        }
        catch (PostgresServerException error)
        {
            parts.Failed(error);
            await servers.StopAsync(crashed);
            await servers.StartAsync(crashed, keep: true);
            await own.ChangeAsync(now => now.Status == ClusterStatus.FailingOver ? now with { Status = ClusterStatus.Available } : now);
        }
    }
}
