using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Rds;

/// <summary>
/// The directory of databases: in the state directory when that is kept, otherwise a separate temporary one, which the servers' users can
/// enter. Nothing is created before it is needed.
/// </summary>
internal sealed class DatabaseDirectory(string? stateDirectory) : IDisposable
{
    private readonly Lock _once = new();
    private TemporaryDirectory? _temporary;

    /// <summary>Prepared data directories, one per version.</summary>
    public string Templates => Below(Kept, "templates");

    /// <summary>One directory per cluster.</summary>
    public string Clusters => Below(Kept, "clusters");

    /// <summary>One directory per snapshot.</summary>
    public string Snapshots => Below(Kept, "snapshots");

    /// <summary>Certificate and key of the authority for TLS.</summary>
    public string Authority => Kept;

    /// <summary>Unix sockets, whose paths must be short.</summary>
    public string Sockets => Below(Temporary, "run");

    private string Kept => stateDirectory is null ? Temporary : Below(stateDirectory, "rds");

    private string Temporary
    {
        get
        {
            lock (_once)
            {
                if (_temporary is null)
                {
                    _temporary = TemporaryDirectory.Create("rds");
                    OwnedFiles.MakePassable(_temporary.Path);
                }
                return _temporary.Path;
            }
        }
    }

    public void Dispose() => _temporary?.Dispose();

    private static string Below(string parent, string name) => OwnedFiles.MakePassable(Path.Combine(parent, name));
}
