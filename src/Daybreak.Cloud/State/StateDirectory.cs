using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.State;

/// <summary>The directory of one local AWS: kept when the user named it, otherwise temporary and removed at the end.</summary>
public sealed class StateDirectory : IDisposable
{
    // The users of database servers enter it to reach their own directories; nobody else can list or read anything.
    private const UnixFileMode Passable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly TemporaryDirectory? _temporary;

    private StateDirectory(string path, TemporaryDirectory? temporary) => (Path, _temporary) = (path, temporary);

    public string Path { get; }

    /// <param name="path">Null: a new temporary one that only this user can read.</param>
    /// <exception cref="StateException">It cannot be created.</exception>
    public static StateDirectory Open(string? path)
    {
        try
        {
            if (path is not null)
                return new StateDirectory(Keep(System.IO.Path.GetFullPath(path)), null);
            var temporary = TemporaryDirectory.Create("aws");
            return new StateDirectory(temporary.Path, temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateException(
                $"{(path is null ? "A temporary state directory" : $"The state directory {path}")} cannot be created: {error.Message}",
                error
            );
        }
    }

    private static string Keep(string path)
    {
        if (Directory.Exists(path))
            return path;
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, Passable); // independent of the umask
        return path;
    }

    public void Dispose() => _temporary?.Dispose();
}
