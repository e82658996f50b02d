using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Servers;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>Starts and stops the servers of one cluster, and records the results in the state.</summary>
internal sealed class MemberServers(
    ClusterParts parts,
    OwnCluster own,
    ServerSet running,
    ClusterData data,
    ReaderDoors doors,
    CancellationToken hurry
)
{
    /// <summary>Starts everything that should run, after a start of the local AWS and after StartDBCluster.</summary>
    public async Task StartAllAsync()
    {
        if (own.Now is not { } cluster)
            return;
        try
        {
            await data.RestoreAsync();
        }
        catch
        {
            await own.ChangeAsync(now => now with { Status = ClusterStatus.Failed });
            throw;
        }
        foreach (var instance in parts.Databases.Members(cluster).OrderByDescending(instance => instance.Identifier == cluster.Writer))
            await TryStartAsync(instance);
        await own.ChangeAsync(now => now with { Status = ClusterStatus.Available });
    }

    /// <summary>An instance that does not start is <c>failed</c>, and does not prevent the others from starting.</summary>
    private async Task TryStartAsync(Instance instance)
    {
        try
        {
            await StartAsync(instance, keep: true);
        }
        catch (Exception error)
        {
            parts.Failed(error);
        }
    }

    public async Task StopAllAsync()
    {
        if (own.Now is { } cluster)
        {
            // The writer stops first, so that readers get all its data.
            foreach (var instance in parts.Databases.Members(cluster).OrderByDescending(instance => instance.Identifier == cluster.Writer))
            {
                await StopAsync(instance);
                await parts.Databases.ChangeAsync(
                    instance,
                    now => now.Status == InstanceStatus.Deleting ? now : now with { Status = InstanceStatus.Stopped }
                );
            }
        }
        doors.Close();
        await own.ChangeAsync(now => now with { Status = ClusterStatus.Stopped });
    }

    /// <summary>Starts an instance's server in its current role; the instance is <c>failed</c> when that does not work.</summary>
    /// <param name="keep">As for <see cref="ServerStart.ReaderAsync"/>.</param>
    public async Task StartAsync(Instance instance, bool keep)
    {
        try
        {
            await data.RestoreAsync();
            var cluster = own.Now ?? throw new PostgresServerException("The cluster is gone.");
            instance = parts.Databases.Present(instance) ?? instance;
            var (server, started) =
                instance.Identifier == cluster.Writer
                    ? await parts.Start.WriterAsync(cluster, instance)
                    : await parts.Start.ReaderAsync(
                        cluster,
                        instance,
                        running.Writer(cluster) ?? throw new PostgresServerException("The writer does not run."),
                        keep
                    );
            running.Add(instance, server);
            await data.SetPasswordAsync();
            doors.Lead(own.Now, running.All); // first, because an instance is available only when all its endpoints answer
            await parts.Databases.ChangeAsync(
                instance,
                now =>
                    now with
                    {
                        Started = started,
                        Status = now.Status == InstanceStatus.Deleting ? now.Status : InstanceStatus.Available,
                    }
            );
        }
        catch (Exception error)
        {
            await parts.Databases.ChangeAsync(instance, now => now with { Status = InstanceStatus.Failed });
            await own.AddEventAsync(instance, $"The DB instance could not be started: {error.Message}", "failure");
            throw;
        }
    }

    /// <summary>Does nothing when it does not run.</summary>
    public async Task StopAsync(Instance instance)
    {
        if (running.TryTake(instance, out var server))
            await PutAwayAsync(server);
    }

    /// <summary>Cleans up after a server that ended unexpectedly; false when it is not the running one.</summary>
    public async Task<bool> PutAwayAsync(Instance instance, PostgresServer ended)
    {
        if (!running.TryTake(instance, ended))
            return false;
        await PutAwayAsync(ended);
        return true;
    }

    private async Task PutAwayAsync(PostgresServer server)
    {
        doors.Lead(own.Now, running.All);
        await server.StopAsync(hurry);
    }
}
