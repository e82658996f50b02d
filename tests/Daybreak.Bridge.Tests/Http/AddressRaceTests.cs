using System.Net;
using System.Net.Sockets;
using Daybreak.Bridge.Http;

namespace Daybreak.Bridge.Tests.Http;

/// <summary>RFC 8305: an address that fails or keeps silent does not hold up the next.</summary>
public sealed class AddressRaceTests
{
    private static readonly IPAddress[] Both = [IPAddress.IPv6Loopback, IPAddress.Loopback];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_address_that_answers_wins_and_no_other_is_tried()
    {
        using var socket = NewSocket();
        var tried = new List<IPAddress>();
        var winner = await AddressRace.RunAsync(
            Both,
            (address, _) =>
            {
                tried.Add(address);
                return Task.FromResult(socket);
            },
            Cancel
        );
        Assert.Same(socket, winner);
        Assert.Equal([IPAddress.IPv6Loopback], tried);
    }

    [Fact]
    public async Task Address_that_fails_gives_way_to_the_next()
    {
        using var socket = NewSocket();
        var winner = await AddressRace.RunAsync(
            Both,
            (address, _) =>
                address.Equals(Both[0])
                    ? Task.FromException<Socket>(new SocketException((int)SocketError.NetworkUnreachable))
                    : Task.FromResult(socket),
            Cancel
        );
        Assert.Same(socket, winner);
    }

    [Fact]
    public async Task Address_that_keeps_silent_is_overtaken_and_what_it_opens_late_is_closed()
    {
        using var socket = NewSocket();
        var late = NewSocket();
        var silent = new TaskCompletionSource<Socket>();
        var givenUp = CancellationToken.None;
        var winner = await AddressRace.RunAsync(
            Both,
            (address, cancel) =>
            {
                if (!address.Equals(Both[0]))
                    return Task.FromResult(socket);
                givenUp = cancel;
                return silent.Task;
            },
            Cancel
        );
        Assert.Same(socket, winner);
        Assert.True(givenUp.IsCancellationRequested);
        silent.SetResult(late);
        while (!late.SafeHandle.IsClosed)
            await Task.Delay(5, Cancel);
    }

    [Fact]
    public async Task When_every_address_fails_the_last_reason_is_told()
    {
        var failure = await Assert.ThrowsAsync<SocketException>(() =>
            AddressRace.RunAsync(
                Both,
                (address, _) =>
                    Task.FromException<Socket>(
                        new SocketException((int)(address.Equals(Both[0]) ? SocketError.NetworkUnreachable : SocketError.ConnectionRefused))
                    ),
                Cancel
            )
        );
        Assert.Equal(SocketError.ConnectionRefused, failure.SocketErrorCode);
    }

    [Fact]
    public async Task Cancelled_race_ends_at_once()
    {
        using var cancel = new CancellationTokenSource();
        var race = AddressRace.RunAsync(
            Both,
            (_, token) =>
                Task.Delay(Timeout.Infinite, token)
                    .ContinueWith<Socket>(_ => throw new OperationCanceledException(token), TaskScheduler.Default),
            cancel.Token
        );
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => race);
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
}
