using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>
/// The port of the local AWS, and side doors that are added and removed while it runs. The port is bound before anything else is built, so
/// that every part can receive the endpoint; connections wait until <see cref="HttpServer"/> accepts them. A request's features contain its
/// <see cref="SideDoor"/>.
/// </summary>
public sealed class FrontDoorListener : IConnectionListenerFactory, IDisposable
{
    private readonly Socket _socket;
    private readonly SocketTransportFactory _sockets;

    // A request runs on the thread that has received it: each change of threads costs more than most requests do. What takes long goes to
    // the thread pool.
    private readonly SocketConnectionContextFactory _connections = new(
        new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = true, WaitForDataBeforeAllocatingBuffer = false },
        NullLogger.Instance
    );
    private readonly Channel<ConnectionContext> _entered = Channel.CreateUnbounded<ConnectionContext>(new() { SingleReader = true });

    /// <summary>Binds the port. Port 0 takes a free one.</summary>
    /// <exception cref="IOException">The port is taken: its cause is an <see cref="AddressInUseException"/>.</exception>
    /// <exception cref="SocketException">The port may not be used.</exception>
    public FrontDoorListener(IPAddress address, int port)
    {
        var options = new SocketTransportOptions
        {
            CreateBoundListenSocket = _ => _socket!,
            UnsafePreferInlineScheduling = true,
            WaitForDataBeforeAllocatingBuffer = false,
        };
        _sockets = new SocketTransportFactory(Options.Create(options), NullLoggerFactory.Instance);
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(new IPEndPoint(address, port));
            _socket.Listen(options.Backlog); // only a listening socket prevents others from using the port
        }
        catch (SocketException error)
        {
            _socket.Dispose();
            if (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
                throw new IOException(
                    $"Failed to bind to address http://{address}:{port}: address already in use.",
                    new AddressInUseException(error.Message, error)
                );
            throw;
        }
        Address = (IPEndPoint)_socket.LocalEndPoint!;
        Endpoint = new Uri($"http://{Address}");
    }

    /// <summary>The address of the local AWS for clients: <c>http://127.0.0.1:4566</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>The address that it listens on.</summary>
    public IPEndPoint Address { get; }

    /// <summary>The endpoint that makes Kestrel serve all doors.</summary>
    internal EndPoint AllDoors { get; } = new DoorsEndPoint();

    /// <summary>Adds an address of this server, which its owner opens and closes.</summary>
    /// <exception cref="SocketException">The address does not belong to this machine.</exception>
    public SideDoor AddDoor(IPAddress address) => new(new IPEndPoint(address, 0), Enter);

    /// <summary>Adds the address of the front door in another network.</summary>
    /// <param name="newSocket">Makes a TCP socket there.</param>
    internal SideDoor AddDoor(Func<Socket> newSocket) => new(Address, Enter, newSocket);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint == AllDoors
            ? ValueTask.FromResult<IConnectionListener>(new DoorsListener(endpoint, _entered))
            : _sockets.BindAsync(endpoint, cancellationToken);

    public void Dispose()
    {
        _socket.Dispose();
        _connections.Dispose();
    }

    private DoorConnection Enter(SideDoor door, Socket socket)
    {
        var connection = _connections.Create(socket);
        connection.Features.Set(door);
        if (!_entered.Writer.TryWrite(connection))
            connection.Abort(); // the front door has closed for good
        return new DoorConnection(
            () => connection.Abort(new ConnectionAbortedException("The network path of this connection was interrupted.")),
            connection.ConnectionClosed
        );
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
