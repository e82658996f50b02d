namespace Daybreak.EndToEnd.Stage;

/// <summary>Reads again and again what everybody on the machine can read: the arguments of every process.</summary>
internal sealed class ArgumentsWatch : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _seen = [];
    private readonly Task _watching;

    public ArgumentsWatch() => _watching = Task.Run(WatchAsync);

    /// <summary>All that was seen, a process a line.</summary>
    public async Task<string> StopAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        return string.Join('\n', _seen);
    }

    public void Dispose() => _stop.Dispose();

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(static path => char.IsAsciiDigit(path[^1])))
            {
                try
                {
                    _seen.Add(await File.ReadAllTextAsync($"{process}/cmdline", CancellationToken.None));
                }
                catch (IOException)
                {
                    // The process has ended.
                    continue;
                }
            }
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
