using Daybreak.Cloud.Rds.Instances;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>The steps for single instances of one cluster: creation, restart, pending changes and deletion.</summary>
internal sealed class Members(
    ClusterParts parts,
    OwnCluster own,
    ServerSet running,
    MemberServers servers,
    Failover failover,
    ReaderDoors doors
)
{
    public async Task CreateAsync(Instance instance)
    {
        await servers.StartAsync(instance, keep: false);
        await own.AddEventAsync(instance, "DB instance created", "creation");
        if (own.Now?.StandInNote is { } note)
            await own.AddEventAsync(instance, note, "notification");
    }

    public async Task RebootAsync(Instance instance)
    {
        await own.AddEventAsync(instance, "DB instance shutdown", "availability");
        await servers.StopAsync(instance);
        await servers.StartAsync(instance, keep: true);
        await own.AddEventAsync(instance, "DB instance restarted", "availability");
    }

    /// <summary>Applies an instance's pending changes; it is <c>modifying</c> until then.</summary>
    public async Task ApplyPendingAsync(Instance instance)
    {
        if (parts.Databases.Present(instance) is not { Pending: { IsEmpty: false } pending } now)
            return;
        instance = now;
        if (pending.InstanceClass is not null)
            await own.AddEventAsync(instance, "Applying modification to database instance class", "configuration change");
        if (pending.NeedRestart)
            await servers.StopAsync(instance);
        if (await parts.Renaming.InstanceAsync(instance) is { } renamed)
            await own.AddEventAsync(instance, renamed, "configuration change");
        await parts.Databases.ChangeAsync(instance, pending.ApplyTo);
        if (pending.NeedRestart)
            await servers.StartAsync(instance, keep: true);
        else
            await parts.Databases.ChangeAsync(
                instance,
                now => now.Status == InstanceStatus.Modifying ? now with { Status = InstanceStatus.Available } : now
            );
        if (pending.InstanceClass is not null)
            await own.AddEventAsync(instance, "Finished applying modification to DB instance class", "configuration change");
    }

    /// <summary>Deletes an instance. The data of the last one stays with the cluster.</summary>
    public async Task DeleteAsync(Instance instance)
    {
        instance = parts.Databases.Present(instance) ?? instance;
        if (own.Now is { } cluster)
        {
            if (cluster.Writer == instance.Identifier)
            {
                if (Failover.Successor(cluster, parts.Databases.Members(cluster)) is { } successor)
                {
                    await failover.ToAsync(successor);
                    await servers.StopAsync(instance);
                }
                else
                {
                    await servers.StopAsync(instance);
                    parts.Files.KeepVolume(cluster, instance);
                    await own.ChangeAsync(now => now with { Writer = null });
                }
            }
            await servers.StopAsync(instance);
            parts.Files.Remove(cluster, instance);
        }
        parts.Credentials.Forget(instance);
        using (await parts.Databases.LockAsync(instance.ClusterKey))
            await parts.Databases.RemoveAsync(instance);
        doors.Lead(own.Now, running.All);
        await own.AddEventAsync(instance, "DB instance deleted", "deletion");
    }
}
