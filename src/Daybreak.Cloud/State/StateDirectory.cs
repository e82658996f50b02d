namespace Daybreak.Cloud.State;

/// <summary>The directory of one cloud: kept when the user named it, else temporary and removed at the end.</summary>
public sealed class StateDirectory : IDisposable
{
    private readonly bool _keep;

    private StateDirectory(string path, bool keep) => (Path, _keep) = (path, keep);

    public string Path { get; }

    /// <param name="path">Null: a fresh temporary one that only this user can read.</param>
    /// <exception cref="StateException">It cannot be created.</exception>
    public static StateDirectory Open(string? path)
    {
        try
        {
            return path is null
                ? new StateDirectory(Directory.CreateTempSubdirectory("daybreak-").FullName, keep: false)
                : new StateDirectory(Directory.CreateDirectory(System.IO.Path.GetFullPath(path)).FullName, keep: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The state directory {path} cannot be created: {error.Message}", error);
        }
    }

    public void Dispose()
    {
        if (!_keep && Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
