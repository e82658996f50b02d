using System.Diagnostics;

namespace Daybreak.Cli.LocalAws;

/// <summary>
/// Runs this program again in the background. The copy keeps the pipes to its parent until it serves requests, so that the parent shows its
/// announcement or its error; then it switches to a log file.
/// </summary>
internal static class Detachment
{
    public const string LogName = "daybreak.log";

    // The end of the pipe cannot signal this, because .NET's console keeps a duplicate of the descriptor.
    private const byte EndOfAnnouncement = 0;

    /// <summary>Returns when the copy serves requests, or with its exit code when it failed.</summary>
    public static async Task<ExitCode> StartAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        using var copy = Process.Start(start)!;
        copy.StandardInput.Close();
        var errors = copy.StandardError.BaseStream.CopyToAsync(Console.OpenStandardError());
        var announcement = await ReadAnnouncementAsync(copy.StandardOutput.BaseStream);
        if (announcement is null)
        {
            await errors;
            await copy.WaitForExitAsync();
            return copy.ExitCode == 0 ? ExitCode.Failure : (ExitCode)copy.ExitCode;
        }

        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(announcement.Value);
        return ExitCode.Ok;
    }

    /// <returns>Null when the copy ended before it served requests.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadAnnouncementAsync(Stream pipe)
    {
        var buffer = new byte[64 * 1024];
        for (var length = 0; length < buffer.Length; )
        {
            var count = await pipe.ReadAsync(buffer.AsMemory(length));
            if (count == 0)
                return null;
            var end = buffer.AsSpan(length, count).IndexOf(EndOfAnnouncement);
            if (end >= 0)
                return buffer.AsMemory(0, length + end);
            length += count;
        }

        return buffer;
    }

    /// <summary>Called in the copy before anything else: Ctrl-C in the terminal, and its end, no longer affect it.</summary>
    public static void LeaveTerminal() => _ = Posix.StartSession();

    /// <summary>Called in the copy when it serves requests and has written its announcement.</summary>
    public static void LeaveParent(string logFile)
    {
        var log = new FileStream(
            logFile,
            new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        using (var parent = Console.OpenStandardOutput())
            parent.WriteByte(EndOfAnnouncement);

        // Replaces the descriptors, for messages of the runtime about a crash, and the writers, for ours.
        for (var standard = 1; standard <= 2; standard++)
        {
            if (Posix.Duplicate((int)log.SafeFileHandle.DangerousGetHandle(), standard) < 0)
                throw new IOException($"The log {logFile} cannot become standard output.");
        }

        var writer = TextWriter.Synchronized(new StreamWriter(log) { AutoFlush = true });
        Console.SetOut(writer);
        Console.SetError(writer);
    }
}
