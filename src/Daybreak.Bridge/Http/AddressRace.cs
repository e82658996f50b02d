using System.Net;
using System.Net.Sockets;

namespace Daybreak.Bridge.Http;

/// <summary>
/// Connects to the first address that answers. When one fails, or has not answered for a quarter of a second, the next address is tried
/// while the attempts in progress go on (RFC 8305, "Happy Eyeballs", section 5).
/// </summary>
public static class AddressRace
{
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    public static async Task<TConnection> RunAsync<TConnection>(
        IReadOnlyList<IPAddress> addresses,
        Func<IPAddress, CancellationToken, Task<TConnection>> connect,
        CancellationToken cancel
    )
        where TConnection : IDisposable
    {
        using var losers = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = new List<Task<TConnection>>();
        var next = 0;
        Exception? lastFailure = null;
        try
        {
            while (next < addresses.Count || running.Count > 0)
            {
                if (next < addresses.Count)
                    running.Add(connect(addresses[next++], losers.Token));
                var settled = await FirstSettledAsync(running, mayMoveOn: next < addresses.Count, cancel);
                if (settled is null)
                    continue;
                running.Remove(settled);
                if (settled.IsCompletedSuccessfully)
                    return await settled;
                lastFailure = settled.Exception?.InnerException ?? lastFailure;
            }
        }
        finally
        {
            await losers.CancelAsync();
            foreach (var loser in running)
                _ = DiscardAsync(loser);
        }
        cancel.ThrowIfCancellationRequested();
        throw lastFailure ?? new SocketException((int)SocketError.HostUnreachable);
    }

    private static async Task<Task<TConnection>?> FirstSettledAsync<TConnection>(
        List<Task<TConnection>> running,
        bool mayMoveOn,
        CancellationToken cancel
    )
    {
        var first = Task.WhenAny(running);
        try
        {
            return await (mayMoveOn ? first.WaitAsync(HeadStart, cancel) : first.WaitAsync(cancel));
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static async Task DiscardAsync<TConnection>(Task<TConnection> loser)
        where TConnection : IDisposable
    {
        await ((Task)loser).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loser.IsCompletedSuccessfully)
            (await loser).Dispose();
    }
}
