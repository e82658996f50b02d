namespace Daybreak.Cloud.Processes;

/// <summary>
/// A directory that lives as long as this process. It is locked, and the kernel releases the lock however the process ends. So the next
/// process can distinguish directories left by <c>kill -9</c> from those in use.
/// </summary>
public sealed class TemporaryDirectory : IDisposable
{
    private const string LockName = ".lock";

    private readonly FileStream _lock;

    private TemporaryDirectory(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <summary>
    /// Creates <c>daybreak-KIND-XXXXXX</c> in the system's temporary directory, for this user only, after removing abandoned ones.
    /// </summary>
    public static TemporaryDirectory Create(string kind)
    {
        RemoveAbandoned();
        var path = Directory.CreateTempSubdirectory($"daybreak-{kind}-").FullName;
        var lockFile = System.IO.Path.Combine(path, LockName);
        // The lock file gets its name only once it is locked, because another process may be removing abandoned directories.
        var held = new FileStream(lockFile + ".new", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        File.Move(lockFile + ".new", lockFile);
        return new TemporaryDirectory(path, held);
    }

    public void Dispose()
    {
        // The lock is released last, so that nobody else considers the directory abandoned before.
        Remove(Path);
        _lock.Dispose();
    }

    /// <summary>Removes directories that dead processes of this user left.</summary>
    public static void RemoveAbandoned()
    {
        foreach (var path in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), "daybreak-*-*"))
        {
            // Another user's directory must not be touched: that user could replace it by a link during the removal.
            if (LibC.OwnerOf(path) != LibC.EffectiveUser())
                continue;
            try
            {
                // A directory without a lock file is about to be created, or is not ours.
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
                // The directory is in use, belongs to another user, or is being removed by another process.
            }
        }
    }

    /// <summary>Removes a directory even if a dying process still creates files in it.</summary>
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
                // The next attempt finds the files created in the meantime.
            }
        }
    }
}
