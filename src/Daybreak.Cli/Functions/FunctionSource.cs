using System.Runtime.InteropServices;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Functions;

/// <summary>A file of a function as it lies in its directory.</summary>
/// <param name="Name">Its path in the package, with slashes.</param>
/// <param name="Link">What a symbolic link contains; null: it is a file.</param>
/// <param name="Changed">When its content was written last. With the length it tells whether it has changed.</param>
internal sealed record SourceFile(string Name, string Path, bool IsExecutable, string? Link, long Length, DateTime Changed);

/// <summary>The directory, or the one file, that a function is made from.</summary>
internal sealed class FunctionSource
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const long MostBytes = 262_144_000; // of the code of a function, unpacked

    private FunctionSource(string path, bool isFile) => (Root, IsFile) = (path, isFile);

    /// <summary>Full path of the directory or file.</summary>
    public string Root { get; }

    public bool IsFile { get; }

    /// <summary>Whether the file is a package already.</summary>
    public bool IsPackage => IsFile && Path.GetExtension(Root).ToLowerInvariant() is ".zip" or ".jar";

    /// <summary>The directory that has the files.</summary>
    public string Directory => IsFile ? Path.GetDirectoryName(Root)! : Root;

    /// <summary>A name for the function, from that of the directory or file.</summary>
    public string FunctionName
    {
        get
        {
            var name = IsFile ? Path.GetFileNameWithoutExtension(Root) : Path.GetFileName(Path.TrimEndingDirectorySeparator(Root));
            var known = string.Concat(
                name.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')
            );
            return known.Trim('-');
        }
    }

    /// <exception cref="CommandFailedException">There is nothing of that name.</exception>
    public static FunctionSource At(string path)
    {
        var full = Path.GetFullPath(path);
        return System.IO.Directory.Exists(full) ? new FunctionSource(full, isFile: false)
            : File.Exists(full) ? new FunctionSource(full, isFile: true)
            : throw new CommandFailedException(ExitCode.Usage, $"There is no directory or file {path}.");
    }

    /// <summary>What belongs into the package, by name.</summary>
    /// <exception cref="CommandFailedException">A link leads out of the directory, or there is too much.</exception>
    /// <exception cref="IOException">The directory has changed meanwhile.</exception>
    public IReadOnlyList<SourceFile> Files()
    {
        var files = new List<SourceFile>();
        if (IsFile)
            files.Add(Of(new FileInfo(Root), Path.GetFileName(Root), null));
        else
        {
            var ignoreFile = Path.Combine(Root, IgnoreRules.FileName);
            var rules = new IgnoreRules(File.Exists(ignoreFile) ? File.ReadAllText(ignoreFile) : null);
            Add(files, new DirectoryInfo(Root), "", rules);
            files.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        }
        if (files.Sum(static file => file.Length) > MostBytes)
            throw new CommandFailedException(
                ExitCode.Failure,
                $"{Root} has more than {MostBytes / 1024 / 1024} MiB, which is Lambda's limit for the code of a function.",
                $"Name in {IgnoreRules.FileName} what the function does not need."
            );
        return files;
    }

    private static void Add(List<SourceFile> files, DirectoryInfo directory, string prefix, IgnoreRules rules)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            var name = prefix + entry.Name;
            var link = entry.LinkTarget;
            var isDirectory = entry is DirectoryInfo && link is null;
            if (rules.Ignores(name, isDirectory))
                continue;
            if (isDirectory)
            {
                // A virtual environment of Python is for this machine, whatever its name is.
                if (!File.Exists(Path.Combine(entry.FullName, "pyvenv.cfg")))
                    Add(files, (DirectoryInfo)entry, name + "/", rules);
                continue;
            }
            if (link is not null && LeadsOut(prefix, link))
                throw new CommandFailedException(
                    ExitCode.Failure,
                    $"The link {name} leads out of the directory, to {link}: a function sees nothing but its package.",
                    $"Put the files themselves there, or name the link in {IgnoreRules.FileName}."
                );
            if (link is not null || entry is FileInfo { Length: > 0 } || IsRegular(entry.FullName))
                files.Add(Of(entry, name, link));
        }
    }

    private static SourceFile Of(FileSystemInfo entry, string name, string? link) =>
        new(
            name,
            entry.FullName,
            link is null && (entry.UnixFileMode & AnyExecute) != 0,
            link,
            link?.Length ?? ((FileInfo)entry).Length,
            entry.LastWriteTimeUtc
        );

    // Sockets, pipes and devices are empty, and to open some of them waits for somebody at the other end.
    private static bool IsRegular(string path)
    {
        using var file = Posix.OpenAtOnce(path);
        return file.IsInvalid ? Marshal.GetLastPInvokeError() != Posix.NoSuchDevice : new FileStream(file, FileAccess.Read, 0).CanSeek;
    }

    private static bool LeadsOut(string prefix, string link)
    {
        if (Path.IsPathRooted(link))
            return true;
        var depth = prefix.Count(static letter => letter == '/');
        foreach (var part in link.Split('/'))
        {
            if (part == "..")
                depth--;
            else if (part.Length > 0 && part != ".")
                depth++;
            if (depth < 0)
                return true;
        }
        return false;
    }
}
