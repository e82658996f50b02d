using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.Snapshots;

namespace Daybreak.Cloud.Rds.Servers;

/// <summary>The data of snapshots, one directory each. A directory with its final name is complete.</summary>
/// <param name="throwAway">Whether nothing is synced to disk.</param>
internal sealed class SnapshotFiles(DatabaseDirectory directory, ServerFiles servers, DatabaseEngines engines, bool throwAway)
{
    /// <summary>Makes a base backup of the running writer, which contains everything committed before its end.</summary>
    public async Task TakeAsync(ClusterSnapshot snapshot, PostgresServer writer, CancellationToken cancellation) =>
        await MakeAsync(snapshot.ResourceId, writer.Installation, unfinished => ServerFiles.BackUpAsync(writer, unfinished, cancellation));

    /// <summary>Copies the data of a cluster without instances.</summary>
    public async Task TakeAsync(ClusterSnapshot snapshot, Cluster cluster, CancellationToken cancellation)
    {
        var template = await engines.TemplateAsync(cluster.ServerMajor);
        var source = Directory.Exists(servers.Volume(cluster)) ? servers.Volume(cluster) : template.DataDirectory;
        await MakeAsync(
            snapshot.ResourceId,
            template.Installation,
            unfinished => ServerFiles.CopyAsync(template.Installation, source, unfinished, cancellation)
        );
    }

    public async Task CopyAsync(ClusterSnapshot source, ClusterSnapshot target)
    {
        var installation = (await engines.TemplateAsync(source.ServerMajor)).Installation;
        await MakeAsync(
            target.ResourceId,
            installation,
            unfinished => ServerFiles.CopyAsync(installation, Data(source.ResourceId), unfinished)
        );
    }

    /// <summary>Restores a snapshot's data to a cluster that has none yet.</summary>
    public async Task RestoreAsync(string resourceId, Cluster cluster, CancellationToken cancellation)
    {
        if (Directory.Exists(servers.Volume(cluster)))
            return;
        var installation = ServerUser.For((await engines.TemplateAsync(cluster.ServerMajor)).Installation, cluster.ResourceId);
        servers.Make(cluster);
        await FinishAsync(
            installation,
            servers.Volume(cluster),
            unfinished => ServerFiles.CopyAsync(installation, Data(resourceId), unfinished, cancellation)
        );
    }

    public void Remove(ClusterSnapshot snapshot) => ServerFiles.Remove(Place(snapshot.ResourceId));

    public void RemoveAll() => ServerFiles.Remove(directory.Snapshots);

    private string Place(string resourceId) => Path.Combine(directory.Snapshots, ServerFiles.Short(resourceId));

    private string Data(string resourceId) => Path.Combine(Place(resourceId), "data");

    private async Task MakeAsync(string resourceId, PostgresInstallation installation, Func<string, Task> fill)
    {
        if (Directory.Exists(Data(resourceId)))
            return; // taken by a process that was killed before it could record this
        OwnedFiles.MakePassable(Place(resourceId));
        await FinishAsync(installation, Data(resourceId), fill);
    }

    private Task FinishAsync(PostgresInstallation installation, string path, Func<string, Task> fill) =>
        ServerFiles.FillAsync(
            path,
            async unfinished =>
            {
                await fill(unfinished);
                if (!throwAway)
                    await installation.RunAsync("/bin/sync", ["-f", unfinished], "/");
            }
        );
}
