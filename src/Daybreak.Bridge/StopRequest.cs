using System.Runtime.InteropServices;

namespace Daybreak.Bridge;

/// <summary>
/// Requests the end of the program: on SIGTERM or SIGINT, or when standard input is a pipe whose other end, the supervising worker, has
/// closed.
/// </summary>
public sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;

    public StopRequest()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        if (!IsPipe())
            return;
        // The read needs its own thread, since it returns only when the worker has ended.
        new Thread(WatchParent, maxStackSize: 128 * 1024) { IsBackground = true, Name = "parent watch" }.Start();
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
    }

    private static bool IsPipe()
    {
        var target = new FileInfo("/proc/self/fd/0").LinkTarget ?? "";
        return target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("socket:", StringComparison.Ordinal);
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }

    private void WatchParent()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[64];
        try
        {
            while (input.Read(ignored) > 0)
            {
                // Data on this pipe means nothing; only its end matters.
            }
        }
        catch (IOException)
        {
            // An error means the same as the end.
            _stop.Cancel();
        }
        _stop.Cancel();
    }
}
