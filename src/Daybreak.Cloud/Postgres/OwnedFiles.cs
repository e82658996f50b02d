using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>
/// Files that belong to the servers' users. We own the directories above them, because whoever can write into a directory could put a link
/// where we write as root.
/// </summary>
internal static class OwnedFiles
{
    private const UnixFileMode OwnerOnly = (UnixFileMode)0b111_000_000;
    private const UnixFileMode Passable = (UnixFileMode)0b111_001_001;

    /// <summary>Makes a directory of ours that other users can enter but not list.</summary>
    /// <returns>Its full path.</returns>
    public static string MakePassable(string path)
    {
        path = Directory.CreateDirectory(path).FullName;
        File.SetUnixFileMode(path, Passable); // independent of the umask
        if (Environment.IsPrivilegedProcess && LibC.OwnerOf(path) != LibC.EffectiveUser())
            _ = LibC.ChangeOwner(path, LibC.EffectiveUser(), LibC.EffectiveUser()); // an earlier version changed its owner
        return path;
    }

    /// <summary>Makes a directory that only <paramref name="user"/> and we can enter.</summary>
    public static void MakeFor(ChildUser? user, string path)
    {
        Directory.CreateDirectory(path, OwnerOnly);
        Give(path, user);
    }

    /// <exception cref="PostgresServerException">The owner cannot be changed.</exception>
    public static void Give(string path, ChildUser? user)
    {
        if (user is not null && LibC.ChangeOwnerOfLink(path, user.UserId, user.GroupId) != 0)
            throw new PostgresServerException(
                $"{path} cannot be given to the user {user.Name ?? $"{user.UserId}"}: {Marshal.GetLastPInvokeErrorMessage()}"
            );
    }

    /// <summary>Changes the owner of a whole directory, the directory itself last, so that the new owner cannot enter before.</summary>
    public static void GiveAll(string directory, ChildUser? user)
    {
        if (user is null || LibC.OwnerOf(directory) == user.UserId)
            return;
        var entries = new FileSystemEnumerable<string>(
            directory,
            static (ref entry) => entry.ToFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }
        )
        {
            ShouldRecursePredicate = static (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        foreach (var entry in entries)
            Give(entry, user);
        Give(directory, user);
    }
}
