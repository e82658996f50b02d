using System.IO.Compression;
using System.IO.Hashing;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Code;

/// <summary>Unpacks a deployment package, which may be hostile.</summary>
internal static class CodeArchive
{
    private const int FileTypeMask = 0xF000,
        SymbolicLink = 0xA000;
    private const int MaxLinkTarget = 4096;
    private const UnixFileMode OwnersDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int PlainFile = 0b100,
        PlainDirectory = 0b101; // of zips that carry no modes, as those of Windows

    /// <summary>
    /// Unpacks into an empty directory. A function gets the rights that the zip gives to others: on AWS it runs as neither owner nor group.
    /// </summary>
    /// <exception cref="Aws.AwsException">The package is no zip, empty, too large, or has names that lead out of the directory.</exception>
    public static void Extract(Stream zip, string directory)
    {
        try
        {
            using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
            if (archive.Entries.Count == 0)
                throw LambdaErrors.EmptyZip();
            if (archive.Entries.Sum(entry => entry.Length) > AccountSettings.CodeSizeUnzipped)
                throw LambdaErrors.UnzippedTooLarge();
            Extract(archive, directory);
        }
        // A malformed archive, an impossible name, or a file in the place of a directory raises one of these.
        catch (Exception error)
            when (error
                    is InvalidDataException
                        or NotSupportedException
                        or ArgumentException
                        or UnauthorizedAccessException
                        or PathTooLongException
                        or DirectoryNotFoundException
                        or EndOfStreamException
                        or OverflowException
            )
        {
            throw LambdaErrors.BadZip();
        }
    }

    private static void Extract(ZipArchive archive, string directory)
    {
        var root = directory + Path.DirectorySeparatorChar;
        var links = new PackageLinks();
        var buffer = new byte[81920];
        var left = AccountSettings.CodeSizeUnzipped;
        foreach (var entry in archive.Entries)
        {
            var path = Resolve(root, entry.FullName);
            var mode = entry.ExternalAttributes >> 16;
            if (entry.FullName.EndsWith('/'))
            {
                MakeDirectory(path);
                // The owner can always enter the directory, so that it can be removed later.
                File.SetUnixFileMode(path, OwnersDirectory | ForAll(mode == 0 ? PlainDirectory : mode));
                continue;
            }
            MakeDirectory(Path.GetDirectoryName(path)!);
            if ((mode & FileTypeMask) == SymbolicLink)
                AddLink(links, entry, path[root.Length..]);
            else
                left = ExtractFile(entry, path, ForAll(mode == 0 ? PlainFile : mode), buffer, left);
        }
        if (!links.StayInside())
            throw LambdaErrors.BadZip();
        // Links are made last, so that no file is written through one.
        foreach (var (path, target) in links.Targets)
        {
            if (Path.Exists(root + path))
                throw LambdaErrors.BadZip();
            File.CreateSymbolicLink(root + path, target);
        }
    }

    /// <param name="left">Bytes that may still be unpacked. The length that an entry declares is not trusted.</param>
    private static long ExtractFile(ZipArchiveEntry entry, string path, UnixFileMode mode, byte[] buffer, long left)
    {
        if (Directory.Exists(path))
            throw LambdaErrors.BadZip();
        using var source = entry.Open();
        using var target = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                BufferSize = 0,
            }
        );
        File.SetUnixFileMode(target.SafeFileHandle, UnixFileMode.UserWrite | mode); // a later entry of the same name may replace it
        var checksum = new Crc32(); // which ZipArchive does not check
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            left -= read;
            if (left < 0)
                throw LambdaErrors.UnzippedTooLarge();
            checksum.Append(buffer.AsSpan(0, read));
            target.Write(buffer, 0, read);
        }
        if (checksum.GetCurrentHashAsUInt32() != entry.Crc32)
            throw LambdaErrors.BadZip();
        return left;
    }

    private static void AddLink(PackageLinks links, ZipArchiveEntry entry, string path)
    {
        if (entry.Length is 0 or >= MaxLinkTarget)
            throw LambdaErrors.BadZip();
        using var reader = new StreamReader(entry.Open());
        var target = reader.ReadToEnd();
        if (target.Contains('\0', StringComparison.Ordinal) || !links.TryAdd(path, target))
            throw LambdaErrors.BadZip();
    }

    private static string Resolve(string root, string name)
    {
        if (
            name.Length == 0
            || Path.IsPathRooted(name)
            || name.Contains('\0', StringComparison.Ordinal)
            || name.Split('/', '\\').Contains("..")
        )
            throw LambdaErrors.BadZip();
        var path = Path.GetFullPath(name, root).TrimEnd('/');
        return path.StartsWith(root, StringComparison.Ordinal) ? path : throw LambdaErrors.BadZip();
    }

    private static void MakeDirectory(string path)
    {
        if (File.Exists(path))
            throw LambdaErrors.BadZip();
        Directory.CreateDirectory(path, OwnersDirectory | ForAll(PlainDirectory));
    }

    // Owner and group get the rights of others, as a function may run as the owner here.
    private static UnixFileMode ForAll(int mode) => (UnixFileMode)((mode & 0b101) * 0b001_001_001);
}
