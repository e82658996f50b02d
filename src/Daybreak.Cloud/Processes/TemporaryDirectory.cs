namespace Daybreak.Cloud.Processes;

/// <summary>
/// A directory that lives as long as this process. It is locked, and the kernel drops the lock whichever way the process ends;
/// so the next one tells what was left behind by <c>kill -9</c> from what is in use.
/// </summary>
public sealed class TemporaryDirectory : IDisposable
{
    private const string LockName = ".lock";

    private readonly FileStream _lock;

    private TemporaryDirectory(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <summary>Creates <c>daybreak-KIND-XXXXXX</c> in the system's temporary directory, for this user only, after sweeping.</summary>
    public static TemporaryDirectory Create(string kind)
    {
        RemoveAbandoned();
        var path = Directory.CreateTempSubdirectory($"daybreak-{kind}-").FullName;
        var lockFile = System.IO.Path.Combine(path, LockName);
        // Under its name only once it is locked: somebody else may be sweeping at this moment.
        var held = new FileStream(lockFile + ".new", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Move(lockFile + ".new", lockFile);
        return new TemporaryDirectory(path, held);
    }

    public void Dispose()
    {
        // The lock goes last: until then nobody else takes the directory for abandoned.
        Remove(Path);
        _lock.Dispose();
    }

    /// <summary>Removes what dead processes of this user left behind.</summary>
    public static void RemoveAbandoned()
    {
        foreach (var path in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), "daybreak-*-*"))
        {
            // Another user's directory is not only none of our business: that user could turn it into a link while we delete.
            if (LibC.OwnerOf(path) != LibC.EffectiveUser())
                continue;
            try
            {
                // Without a lock file it is about to be created, or not ours.
                using var held = new FileStream(
                    System.IO.Path.Combine(path, LockName),
                    FileMode.Open,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
                Remove(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // In use, another user's, or being removed by somebody else right now.
            }
        }
    }

    /// <summary>A process that is just dying may still create a file in the midst of the removal.</summary>
    private static void Remove(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(path, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (IOException) when (attempt < 5)
            {
                // Once more: what was created meanwhile is found by the next walk.
            }
        }
    }
}
