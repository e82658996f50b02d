using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Daybreak.Cli.LocalAws;

/// <summary>Functions of the C library that .NET does not offer.</summary>
internal static partial class Posix
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>ENXIO: what opening a socket ends in.</summary>
    public const int NoSuchDevice = 6;

    private const int ReadOnlyAtOnce = 0x800 | 0x80000; // O_RDONLY, O_NONBLOCK, O_CLOEXEC

    /// <summary>kill(2).</summary>
    [LibraryImport("libc", SetLastError = true, EntryPoint = "kill")]
    public static partial int Signal(int process, int signal);

    /// <summary>setsid(2): leaves the terminal's session. Fails only for the leader of a process group.</summary>
    [LibraryImport("libc", SetLastError = true, EntryPoint = "setsid")]
    public static partial int StartSession();

    /// <summary>execve(2): returns only when it fails. Both arrays end with a null.</summary>
    [LibraryImport("libc", SetLastError = true, EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string program, string?[] arguments, string?[] environment);

    /// <summary>open(2) for reading, which does not wait for the other end of a pipe.</summary>
    public static SafeFileHandle OpenAtOnce(string path) => Open(path, ReadOnlyAtOnce);

    /// <summary>dup2(2).</summary>
    [LibraryImport("libc", SetLastError = true, EntryPoint = "dup2")]
    public static partial int Duplicate(int from, int to);

    [LibraryImport("libc", SetLastError = true, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
