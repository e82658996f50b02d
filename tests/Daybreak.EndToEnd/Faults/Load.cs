using System.Globalization;
using Npgsql;

namespace Daybreak.EndToEnd.Faults;

/// <summary>
/// Sessions that call <c>echo</c> with ever new numbers, each until its own first success after <see cref="Settle"/>.
/// An SQL error is allowed, an answer that is not the session's own never.
/// </summary>
internal sealed class Load : IDisposable
{
    private const int Sessions = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly NpgsqlDataSource _source;
    private readonly Task[] _sessions;
    private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _patience = new(Patience);
    private volatile bool _settled;
    private int _succeeded;
    private int _failed;

    private Load(NpgsqlDataSource source)
    {
        _source = source;
        _sessions = [.. Enumerable.Range(1, Sessions).Select(session => Task.Run(() => CallAsync(session)))];
    }

    public int Succeeded => Volatile.Read(ref _succeeded);

    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Starts, and returns when calls succeed.</summary>
    public static async Task<Load> StartAsync(NpgsqlDataSource source)
    {
        var load = new Load(source);
        await load._busy.Task.WaitAsync(load._patience.Token);
        return load;
    }

    /// <summary>The faults are over: every session's next call, or one after it, must succeed, and none may hang.</summary>
    public async Task SettleAsync()
    {
        _settled = true;
        await Task.WhenAll(_sessions);
    }

    public void Dispose() => _patience.Dispose();

    private async Task CallAsync(int session)
    {
        for (var call = 0; ; call++)
        {
            var settled = _settled;
            var number = ((session * 1_000_000L) + call).ToString(CultureInfo.InvariantCulture);
            try
            {
                await using var connection = await _source.OpenConnectionAsync(_patience.Token);
                await using var command = new NpgsqlCommand(
                    $"SELECT payload::text FROM aws_lambda.invoke('echo', '{number}'::json)", connection);
                var answer = await command.ExecuteScalarAsync(_patience.Token);
                Assert.Equal(number, answer);
                if (Interlocked.Increment(ref _succeeded) >= Sessions)
                    _busy.TrySetResult();
                if (settled)
                    return;
            }
            catch (NpgsqlException) when (!_patience.IsCancellationRequested)
            {
                Interlocked.Increment(ref _failed);
            }
        }
    }
}
