using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>
/// Files that are the servers' users'. Directories above them are ours: whoever may write into a directory could put a link where we, as
/// root, write.
/// </summary>
internal static class OwnedFiles
{
    private const UnixFileMode OwnerOnly = (UnixFileMode)0b111_000_000;
    private const UnixFileMode Passable = (UnixFileMode)0b111_001_001;

    /// <summary>A directory of ours that others may pass through and not list.</summary>
    /// <returns>Its full path.</returns>
    public static string MakePassable(string path)
    {
        path = Directory.CreateDirectory(path).FullName;
        File.SetUnixFileMode(path, Passable); // whatever the umask
        if (Environment.IsPrivilegedProcess && LibC.OwnerOf(path) != LibC.EffectiveUser())
            _ = LibC.ChangeOwner(path, LibC.EffectiveUser(), LibC.EffectiveUser()); // an earlier version gave it away
        return path;
    }

    /// <summary>A directory that only <paramref name="user"/> enters, and we.</summary>
    public static void MakeFor(ChildUser? user, string path)
    {
        Directory.CreateDirectory(path, OwnerOnly);
        Give(path, user);
    }

    /// <exception cref="PostgresServerException">It cannot be given away.</exception>
    public static void Give(string path, ChildUser? user)
    {
        if (user is not null && LibC.ChangeOwnerOfLink(path, user.UserId, user.GroupId) != 0)
            throw new PostgresServerException(
                $"{path} cannot be given to the user {user.Name ?? $"{user.UserId}"}: {Marshal.GetLastPInvokeErrorMessage()}"
            );
    }

    /// <summary>Gives a whole directory away, itself last: until then its new owner does not get in.</summary>
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
