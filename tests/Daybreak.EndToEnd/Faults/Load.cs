using System.Globalization;
using Npgsql;

namespace Daybreak.EndToEnd.Faults;

/// <summary>
/// Sessions that call <c>echo</c> with ever new numbers, each until its own first success after <see cref="SettleAsync"/>.
/// Errors that the fault explains are allowed. Other errors, another session's answers, and calls that take too long are
/// failures.
/// </summary>
internal sealed class Load : IDisposable
{
    /// <summary>The text for a connection that ended without an error; a server that crashes sends none.</summary>
    public const string Broken = PostgresErrorCodes.ConnectionFailure;

    /// <summary>No answer in time: what a busy machine may do to any call.</summary>
    private const string Late = "LM002";

    private const int Sessions = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // Both time-outs, the shim's 2 s, and some time for a machine that restarts everything at once.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1 + 3 + 2) + TimeSpan.FromSeconds(4);

    private readonly NpgsqlDataSource _source;
    private readonly string[] _allowed;
    private readonly Task[] _sessions;
    private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _patience = new(Patience);
    private volatile bool _settled;
    private volatile Exception? _lastError;
    private int _succeeded;
    private int _failed;

    private Load(NpgsqlDataSource source, string[] allowed)
    {
        (_source, _allowed) = (source, allowed);
        _sessions = [.. Enumerable.Range(1, Sessions).Select(session => Task.Run(() => CallAsync(session)))];
    }

    /// <summary>Calls that the fault has cost.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>Starts, and returns when calls succeed.</summary>
    /// <param name="allowed">SQLSTATEs that the fault may cause.</param>
    public static async Task<Load> StartAsync(NpgsqlDataSource source, params string[] allowed)
    {
        var load = new Load(source, allowed);
        // A session ends early only when it has failed.
        await await Task.WhenAny([load._busy.Task, .. load._sessions]).WaitAsync(load._patience.Token);
        return load;
    }

    /// <summary>The faults are over: every session's next call, or one after it, must succeed, and none may hang.</summary>
    public async Task SettleAsync()
    {
        _settled = true;
        try
        {
            await Task.WhenAll(_sessions);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"No call of every session succeeded within {Patience}; the last error: {_lastError?.ToString() ?? "none"}");
        }
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
                Assert.Equal(number, await EchoAsync(connection, number));
                if (Interlocked.Increment(ref _succeeded) >= Sessions)
                    _busy.TrySetResult();
                if (settled)
                    return;
            }
            catch (NpgsqlException error) when (!_patience.IsCancellationRequested)
            {
                _lastError = error;
                var state = error.SqlState ?? Broken;
                Assert.True(state == Late || _allowed.Contains(state), $"{state} is not among {string.Join(", ", _allowed)}: {error}");
                if (state != Late)
                    Interlocked.Increment(ref _failed);
            }
        }
    }

    private async Task<object?> EchoAsync(NpgsqlConnection connection, string number)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        try
        {
            await using var command = new NpgsqlCommand(
                $"SELECT payload::text FROM aws_lambda.invoke('echo', '{number}'::json)",
                connection
            );
            return await command.ExecuteScalarAsync(_patience.Token);
        }
        finally
        {
            Assert.InRange(TimeProvider.System.GetElapsedTime(startedAt), TimeSpan.Zero, Longest);
        }
    }
}
