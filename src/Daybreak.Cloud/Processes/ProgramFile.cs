using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Daybreak.Cloud.Processes;

/// <summary>
/// Predicts why execve(2) would refuse a program. Shells and helpers do not report it: they run a file without a known format as a script,
/// and exit with status 127 both for a missing file and for a missing interpreter.
/// </summary>
internal static class ProgramFile
{
    private const int HeadSize = 256; // the part that the kernel reads
    private const int MostInterpreters = 5; // of interpreters that are scripts themselves
    private const int MostHeaders = 1024; // 64 KiB of them
    private const int MaxPath = 4096;
    private const string Missing = "no such file or directory",
        Denied = "permission denied",
        UnknownFormat = "exec format error";

    /// <param name="path">A file of this machine that everybody may execute, or nobody.</param>
    /// <param name="locate">Returns the path on this machine of an interpreter that the program names; null: the program cannot see
    /// it.</param>
    /// <returns>The kernel's error, as Go words it; null: none.</returns>
    public static string? Refusal(string path, Func<string, string?> locate)
    {
        var file = path;
        for (var depth = 0; depth <= MostInterpreters; depth++)
        {
            if (file is null || !Path.Exists(file))
                return Missing;
            if (!File.Exists(file) || (File.GetUnixFileMode(file) & UnixFileMode.OtherExecute) == 0)
                return Denied;
            var head = ReadHead(file);
            if (head is null)
                return null; // the file can be executed, but not read
            if (head.AsSpan().StartsWith("\u007fELF"u8))
                return RefusalOfBinary(file, head, locate);
            if (Interpreter(head) is not { } interpreter)
                return UnknownFormat;
            file = locate(interpreter);
        }

        return "too many levels of symbolic links";
    }

    /// <summary>
    /// Returns the text after <c>#!</c> in the first line, including a carriage return; null when the file has no such line.
    /// </summary>
    private static string? Interpreter(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("#!"u8))
            return null;
        var line = head[2..];
        var end = line.IndexOf((byte)'\n');
        line = (end < 0 ? line : line[..end]).TrimStart(" \t"u8);
        var stop = line.IndexOfAny((byte)' ', (byte)'\t', (byte)'\0');
        if (stop < 0 && end < 0 && head.Length == HeadSize)
            return null; // the line is cut off
        line = stop < 0 ? line : line[..stop];
        return line.IsEmpty ? null : Encoding.UTF8.GetString(line);
    }

    private static string? RefusalOfBinary(string path, ReadOnlySpan<byte> head, Func<string, string?> locate)
    {
        if (head.Length < 64)
            return UnknownFormat;
        var isWide = head[4] == 2;
        int type = BinaryPrimitives.ReadUInt16LittleEndian(head[16..]),
            machine = BinaryPrimitives.ReadUInt16LittleEndian(head[18..]);
        if (type is not (2 or 3) || (!IsOfThisMachine(machine) && !RunsOtherMachines()))
            return UnknownFormat;

        // Finds the loader in the program headers: a binary for another C library names one that does not exist.
        using var file = File.OpenRead(path);
        var table = isWide ? BinaryPrimitives.ReadInt64LittleEndian(head[32..]) : BinaryPrimitives.ReadUInt32LittleEndian(head[28..]);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(head[(isWide ? 54 : 42)..]),
            count = BinaryPrimitives.ReadUInt16LittleEndian(head[(isWide ? 56 : 44)..]);
        if (size != (isWide ? 56 : 32))
            return UnknownFormat;
        for (var index = 0; index < Math.Min(count, MostHeaders); index++)
        {
            var entry = ReadAt(file, table + ((long)index * size), size);
            if (entry is null)
                return UnknownFormat;
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != 3)
                continue;
            var offset = isWide
                ? BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(8))
                : BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(4));
            var length = isWide
                ? BinaryPrimitives.ReadInt64LittleEndian(entry.AsSpan(32))
                : BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(16));
            if (length is < 2 or > MaxPath || ReadAt(file, offset, (int)length) is not { } loader)
                return UnknownFormat;
            return locate(Encoding.UTF8.GetString(loader).TrimEnd('\0')) is { } found && File.Exists(found) ? null : Missing;
        }

        return null;
    }

    private static bool IsOfThisMachine(int machine) =>
        RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => machine is 62 or 3,
            Architecture.Arm64 => machine is 183 or 40,
            _ => true,
        };

    private static bool RunsOtherMachines()
    {
        const string Handlers = "/proc/sys/fs/binfmt_misc";
        return Directory.Exists(Handlers) && Directory.EnumerateFiles(Handlers, "qemu-*").Any();
    }

    private static byte[]? ReadHead(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var head = new byte[HeadSize];
            return head[..file.ReadAtLeast(head, HeadSize, throwOnEndOfStream: false)];
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static byte[]? ReadAt(FileStream file, long offset, int length)
    {
        if (offset < 0 || offset > file.Length - length)
            return null;
        file.Position = offset;
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
