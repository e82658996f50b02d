using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Tests.Http;

/// <summary>A resolver that does not answer.</summary>
public sealed class NameLookupTests : IDisposable
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly ManualResetEventSlim _answer = new();
    private readonly NameLookup _names;

    public NameLookupTests() =>
        _names = new(host =>
        {
            _asked.Enqueue(host);
            if (host.StartsWith("slow", StringComparison.Ordinal))
                _answer.Wait(TestContext.Current.CancellationToken);
            return host.EndsWith("none", StringComparison.Ordinal)
                ? throw new SocketException((int)SocketError.HostNotFound)
                : [IPAddress.Loopback];
        });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _answer.Set();
        _answer.Dispose();
    }

    [Fact]
    public async Task Calls_that_need_the_same_name_ask_once_and_each_may_give_up()
    {
        using var gone = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 100).Select(_ => _names.ResolveAsync("slow", Cancel)).ToArray();
        var leaving = _names.ResolveAsync("slow", gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        _answer.Set();
        foreach (var addresses in await Task.WhenAll(waiting))
            Assert.Equal([IPAddress.Loopback], addresses);
        Assert.Equal(["slow"], _asked);
    }

    [Fact]
    public async Task Other_names_are_resolved_meanwhile_and_threads_do_not_pile_up()
    {
        using var gone = new CancellationTokenSource();
        var stuck = Enumerable.Range(0, NameLookup.MostQuestions - 1).Select(i => _names.ResolveAsync($"slow{i}", gone.Token)).ToArray();
        Assert.Equal([IPAddress.Loopback], await _names.ResolveAsync("quick", Cancel));

        var last = _names.ResolveAsync("slow-last", gone.Token);
        var beyond = Enumerable.Range(0, 100).Select(i => _names.ResolveAsync($"beyond{i}", gone.Token)).ToArray();
        await gone.CancelAsync();
        foreach (var task in (Task[])[.. stuck, last, .. beyond])
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.DoesNotContain(_asked, static host => host.StartsWith("beyond", StringComparison.Ordinal));

        // As soon as there is an answer, others get their turn.
        var next = _names.ResolveAsync("next", Cancel);
        Assert.False(next.IsCompleted);
        _answer.Set();
        Assert.Equal([IPAddress.Loopback], await next);
    }

    [Fact]
    public async Task Name_that_there_is_not_fails_and_is_asked_for_again()
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal(
                SocketError.HostNotFound,
                (await Assert.ThrowsAsync<SocketException>(() => _names.ResolveAsync("none", Cancel))).SocketErrorCode
            );
        Assert.Equal(["none", "none"], _asked);
    }
}
