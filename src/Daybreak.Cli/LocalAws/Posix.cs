using System.Runtime.InteropServices;

namespace Daybreak.Cli.LocalAws;

/// <summary>Functions of the C library that .NET does not offer.</summary>
internal static partial class Posix
{
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>kill(2).</summary>
    [LibraryImport("libc", SetLastError = true, EntryPoint = "kill")]
    public static partial int Signal(int process, int signal);

    /// <summary>setsid(2): leaves the terminal's session. Fails only for the leader of a process group.</summary>
    [LibraryImport("libc", SetLastError = true, EntryPoint = "setsid")]
    public static partial int StartSession();

    /// <summary>execve(2): returns only when it fails. Both arrays end with a null.</summary>
    [LibraryImport("libc", SetLastError = true, EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string program, string?[] arguments, string?[] environment);

    /// <summary>dup2(2).</summary>
    [LibraryImport("libc", SetLastError = true, EntryPoint = "dup2")]
    public static partial int Duplicate(int from, int to);
}
