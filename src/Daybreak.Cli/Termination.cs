using System.Runtime.InteropServices;

namespace Daybreak.Cli;

/// <summary>
/// Ctrl-C, SIGTERM, SIGHUP: the first asks for an orderly end, the second for one at once. Both still put everything away;
/// should that hang, the process ends on its own and the kernel ends its children.
/// </summary>
internal sealed class Termination : IDisposable
{
    private static readonly TimeSpan LongestHurry = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource asked = new();
    private readonly CancellationTokenSource hurry = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly ITimer lastResort;
    private int signals;

    public Termination()
    {
        lastResort = TimeProvider.System.CreateTimer(
            static _ => Environment.Exit((int)ExitCode.Interrupted), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
    }

    /// <summary>The first signal has come.</summary>
    public CancellationToken Asked => asked.Token;

    /// <summary>The second signal has come.</summary>
    public CancellationToken Hurry => hurry.Token;

    /// <summary>Completes with the first signal.</summary>
    public async Task WaitAsync()
    {
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = Asked.Register(signalled.SetResult);
        await signalled.Task;
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        lastResort.Dispose();
        asked.Dispose();
        hurry.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        switch (Interlocked.Increment(ref signals))
        {
            case 1:
                _ = asked.CancelAsync();
                break;
            case 2:
                lastResort.Change(LongestHurry, Timeout.InfiniteTimeSpan);
                _ = hurry.CancelAsync();
                break;
            default:
                break;
        }
    }
}
