using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Daybreak.Cloud.Rds.Roles;

/// <summary>
/// Gives each server's bridge the variables that no backend may have, through an abstract Unix socket, which exists in every mount
/// namespace of this network. It checks the peer's process, not what the peer sends.
/// </summary>
internal sealed class BridgeHandover : IDisposable
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;
    private const int Backlog = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Server> _servers = new();
    private readonly Lazy<Socket> _listener;
    private readonly CancellationTokenSource _ended = new();

    public BridgeHandover()
    {
        Name = "daybreak-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _listener = new(Listen);
    }

    /// <summary>The socket's name.</summary>
    public string Name { get; }

    /// <param name="key">Identifies the server.</param>
    /// <param name="program">The program of its bridge.</param>
    /// <param name="dataDirectory">The server's data directory.</param>
    /// <param name="environment">The variables for its bridge.</param>
    public void Add(string key, string program, string dataDirectory, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var lines = string.Concat(environment.Select(variable => $"{variable.Key}={variable.Value}\n"));
        _servers[key] = new Server(program, dataDirectory, Encoding.UTF8.GetBytes(lines));
        _ = _listener.Value;
    }

    public void Remove(string key) => _servers.TryRemove(key, out _);

    public void Dispose()
    {
        _ended.Cancel();
        if (_listener.IsValueCreated)
            _listener.Value.Dispose();
        _ended.Dispose();
    }

    private Socket Listen()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint("\0" + Name));
        listener.Listen(Backlog);
        _ = AcceptAsync(listener, _ended.Token);
        return listener;
    }

    private async Task AcceptAsync(Socket listener, CancellationToken ended)
    {
        try
        {
            while (true)
                _ = AnswerAsync(await listener.AcceptAsync(ended), ended);
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The local AWS is ending.
        }
    }

    private async Task AnswerAsync(Socket asking, CancellationToken ended)
    {
        using var peer = asking;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ended);
        late.CancelAfter(Patience);
        try
        {
            if (ServerOf(ProcessOf(peer)) is not { } server)
                return;
            var said = new byte[1];
            await peer.SendAsync(said, late.Token);
            // The bridge has now closed itself to other processes of its user.
            if (await peer.ReceiveAsync(said, late.Token) == said.Length)
                await peer.SendAsync(server.Environment, late.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException)
        {
            // The bridge asks again after its restart.
        }
    }

    private Server? ServerOf(int process) =>
        _servers.Values.FirstOrDefault(server => BridgePeer.IsBridgeOf(process, server.Program, server.DataDirectory));

    // struct ucred { pid_t pid; uid_t uid; gid_t gid; }, the process id as this process sees it.
    private static int ProcessOf(Socket peer)
    {
        Span<byte> credentials = stackalloc byte[12];
        return peer.GetRawSocketOption(SolSocket, SoPeerCred, credentials) == credentials.Length ? MemoryMarshal.Read<int>(credentials) : 0;
    }

    private sealed record Server(string Program, string DataDirectory, byte[] Environment);
}
