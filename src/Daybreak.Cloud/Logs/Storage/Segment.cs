using Microsoft.Win32.SafeHandles;

namespace Daybreak.Cloud.Logs.Storage;

/// <summary>A file of batches of one group, which only grows. The oldest file of all is removed when there is too much.</summary>
internal sealed class Segment : IDisposable
{
    private readonly SafeFileHandle _file;

    private Segment(string path, long number, GroupEvents group, SafeFileHandle file)
    {
        (Path, Number, Group, _file) = (path, number, group, file);
        Length = RandomAccess.GetLength(file);
    }

    public string Path { get; }

    /// <summary>The sequence number of its first event, which is its file's name.</summary>
    public long Number { get; }

    public GroupEvents Group { get; }

    public long Length { get; private set; }

    /// <summary>The time of its newest event.</summary>
    public long LastTime { get; private set; } = long.MinValue;

    public static Segment Create(string directory, long number, GroupEvents group)
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Open(System.IO.Path.Combine(directory, $"{number:D19}.log"), number, group, FileMode.CreateNew);
    }

    public static Segment Open(string path, long number, GroupEvents group) => Open(path, number, group, FileMode.Open);

    /// <summary>Writes a batch at the end, where <see cref="Commit"/> keeps it.</summary>
    public void Write(ReadOnlySpan<byte> batch, long at) => RandomAccess.Write(_file, batch, at);

    public void FlushToDisk() => RandomAccess.FlushToDisk(_file);

    /// <summary>Makes a written batch part of the file.</summary>
    public void Commit(BatchHead head)
    {
        Length += head.Length;
        LastTime = Math.Max(LastTime, head.LastTime);
    }

    /// <returns>False when the file ends before.</returns>
    /// <exception cref="ObjectDisposedException">It has been removed.</exception>
    public bool TryRead(Span<byte> target, long at)
    {
        while (!target.IsEmpty)
        {
            var count = RandomAccess.Read(_file, target, at);
            if (count == 0)
                return false;
            at += count;
            target = target[count..];
        }
        return true;
    }

    /// <summary>Calls <paramref name="found"/> for each whole batch, and cuts off what a killed process had begun to write.</summary>
    public void Load(Action<int, BatchHead> found)
    {
        var end = Length;
        Length = 0;
        var head = new byte[BatchHead.Size];
        byte[] batch = [];
        while (
            Length + BatchHead.Size <= end && TryRead(head, Length) && BatchHead.TryRead(head, out var next) && Length + next.Length <= end
        )
        {
            if (batch.Length < next.Length)
                batch = new byte[next.Length];
            if (!TryRead(batch.AsSpan(0, next.Length), Length) || !BatchHead.IsIntact(batch.AsSpan(0, next.Length)))
                break;
            found((int)Length, next);
            Commit(next);
        }
        if (Length < end)
            RandomAccess.SetLength(_file, Length);
    }

    /// <summary>Removes the file. Who reads it now finishes.</summary>
    public void Remove()
    {
        _file.Dispose();
        File.Delete(Path);
    }

    public void Dispose() => _file.Dispose();

    private static Segment Open(string path, long number, GroupEvents group, FileMode mode)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return new Segment(path, number, group, file);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }
}
