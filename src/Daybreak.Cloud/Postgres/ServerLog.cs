using System.Text;
using Daybreak.Cloud.Processes;

namespace Daybreak.Cloud.Postgres;

/// <summary>
/// Receives a server's standard error: keeps all of it in a file and its end in memory, and detects when the server accepts connections.
/// </summary>
/// <param name="file">Open for writing; null: memory only.</param>
/// <param name="receiver">Gets the same.</param>
internal sealed class ServerLog(FileStream? file, ChildOutput? receiver = null) : IDisposable
{
    private const int TailBytes = 8 * 1024;

    // src/backend/postmaster/postmaster.c; lc_messages is C.
    private static readonly byte[] ReadyLine = "database system is ready to accept connections"u8.ToArray();
    private static readonly byte[] StandbyLine = "database system is ready to accept read-only connections"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _tail = new byte[TailBytes];
    private int _length;
    private Exception? _broken;

    public Task Ready => _ready.Task;

    /// <summary>The last lines, for messages.</summary>
    public string Tail
    {
        get
        {
            lock (_lock)
                return Encoding.UTF8.GetString(_tail, 0, _length).Trim();
        }
    }

    public void Write(ReadOnlySpan<byte> chunk)
    {
        lock (_lock)
        {
            Remember(chunk);
            if (!_ready.Task.IsCompleted && (Seen(ReadyLine) || Seen(StandbyLine)))
                _ready.TrySetResult();
            receiver?.Invoke(chunk);
            if (file is null || _broken is not null)
                return;
            try
            {
                file.Write(chunk);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                _broken = error; // a full disk must not stop the server; its log ends here
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            file?.Dispose();
            _broken ??= new ObjectDisposedException(nameof(ServerLog));
        }
    }

    private bool Seen(byte[] line) => _tail.AsSpan(0, _length).IndexOf(line) >= 0;

    private void Remember(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length > TailBytes)
            chunk = chunk[^TailBytes..];
        var kept = Math.Min(_length, TailBytes - chunk.Length);
        _tail.AsSpan(_length - kept, kept).CopyTo(_tail);
        chunk.CopyTo(_tail.AsSpan(kept));
        _length = kept + chunk.Length;
    }
}
