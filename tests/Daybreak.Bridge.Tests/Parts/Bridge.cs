using Daybreak.Bridge.Backends;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Diagnostics;
using Daybreak.Bridge.Sockets;

namespace Daybreak.Bridge.Tests.Parts;

/// <summary>A bridge in this process, on a socket of its own.</summary>
public sealed class Bridge : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("bridge-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly MemoryStream _errors = new();
    private readonly FailureLog _log;
    private readonly SocketFile _socket;
    private readonly BridgeHost _host;
    private readonly Task _running;
    private readonly List<BackendClient> _clients = [];

    public Bridge(
        int maxConnections = 16,
        IReadOnlyDictionary<string, string>? variables = null,
        ICredentialSource? source = null,
        TimeProvider? time = null
    )
    {
        variables ??= new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "very-secret-key",
            ["AWS_SESSION_TOKEN"] = "very-secret-token",
        };
        _log = new(_errors, TimeProvider.System);
        _host = new(maxConnections, variables.GetValueOrDefault, _log, time ?? TimeProvider.System, source);
        _socket = SocketFile.Listen(SocketPath);
        _running = _host.Listener.RunAsync(_socket.Listener, _stop.Token);
    }

    public string SocketPath => Path.Combine(_directory, "s");

    public BridgeStatus Status => _host.Status;

    public async Task<BackendClient> ConnectAsync()
    {
        var client = await BackendClient.ConnectAsync(SocketPath);
        _clients.Add(client);
        return client;
    }

    /// <summary>One call on a connection of its own.</summary>
    public async Task<Answer> InvokeAsync(Call call)
    {
        using var client = await BackendClient.ConnectAsync(SocketPath);
        return await client.InvokeAsync(call);
    }

    /// <summary>Ends it and returns what it told on standard error.</summary>
    public async Task<string> StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await _log.DisposeAsync();
        return System.Text.Encoding.UTF8.GetString(_errors.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _clients.ForEach(client => client.Dispose());
        _host.Dispose();
        _socket.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
