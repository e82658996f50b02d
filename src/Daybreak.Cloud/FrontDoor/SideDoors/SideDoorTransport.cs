using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Daybreak.Cloud.FrontDoor.SideDoors;

/// <summary>Kestrel's sockets, and besides them doors that come and go while it runs. A request's features tell its
/// <see cref="SideDoor"/>.</summary>
internal sealed class SideDoorTransport : IConnectionListenerFactory, IDisposable
{
    private readonly SocketTransportFactory _sockets = new(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
    private readonly SocketConnectionContextFactory _connections = new(new SocketConnectionFactoryOptions(), NullLogger.Instance);
    private readonly Channel<ConnectionContext> _entered = Channel.CreateUnbounded<ConnectionContext>(new() { SingleReader = true });

    /// <summary>What Kestrel is told to listen on so that the doors lead to it.</summary>
    public EndPoint AllDoors { get; } = new DoorsEndPoint();

    /// <exception cref="SocketException">The address is not one of this machine's.</exception>
    public SideDoor Add(IPAddress address) => new(address, Enter);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint == AllDoors
            ? ValueTask.FromResult<IConnectionListener>(new DoorsListener(endpoint, _entered))
            : _sockets.BindAsync(endpoint, cancellationToken);

    public void Dispose() => _connections.Dispose();

    private ConnectionContext Enter(SideDoor door, Socket socket)
    {
        var connection = _connections.Create(socket);
        connection.Features.Set(door);
        if (!_entered.Writer.TryWrite(connection))
            connection.Abort(); // the front door has closed for good
        return connection;
    }

    private sealed class DoorsEndPoint : EndPoint
    {
        public override string ToString() => "side-doors";
    }

    private sealed class DoorsListener(EndPoint endpoint, Channel<ConnectionContext> entered) : IConnectionListener
    {
        public EndPoint EndPoint => endpoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await entered.Reader.WaitToReadAsync(cancellationToken) && entered.Reader.TryRead(out var connection) ? connection : null;

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            entered.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
