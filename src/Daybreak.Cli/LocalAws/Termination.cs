using System.Runtime.InteropServices;

namespace Daybreak.Cli.LocalAws;

/// <summary>
/// Handles Ctrl-C, SIGTERM and SIGHUP: the first signal requests an orderly end, the second an immediate one. Both remove everything that
/// was started; if that hangs, the process ends by itself and the kernel ends its children.
/// </summary>
internal sealed class Termination : IDisposable
{
    private static readonly TimeSpan LongestHurry = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly ITimer _lastResort;
    private int _signals;

    public Termination()
    {
        _lastResort = TimeProvider.System.CreateTimer(
            static _ => Environment.Exit((int)ExitCode.Interrupted),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
    }

    /// <summary>The first signal has come.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>The second signal has come.</summary>
    public CancellationToken Hurry => _hurry.Token;

    /// <summary>Completes with the first signal.</summary>
    public async Task WaitAsync()
    {
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = Asked.Register(signalled.SetResult);
        await signalled.Task;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _lastResort.Dispose();
        _asked.Dispose();
        _hurry.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        switch (Interlocked.Increment(ref _signals))
        {
            case 1:
                _ = _asked.CancelAsync();
                break;
            case 2:
                _lastResort.Change(LongestHurry, Timeout.InfiniteTimeSpan);
                _ = _hurry.CancelAsync();
                break;
            default:
                break;
        }
    }
}
