using System.Net;
using System.Net.Sockets;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Cloud.Rds.Settings;

namespace Daybreak.Cloud.Rds.Logins;

/// <summary>
/// Answers the database servers of this machine, which ask whether what a member of <c>rds_iam</c> sent as a password is a token that lets
/// them in. Without an answer they refuse the login.
/// </summary>
internal sealed class LoginListener(Databases databases, TokenCheck check, IDatabaseLogs logs, Action<Exception> failed) : IDisposable
{
    /// <summary>The role whose members log in so.</summary>
    private const string Role = "rds_iam";

    // PostgreSQL reads up to 64 KB of a password.
    private const int LongestMessage = 70_000;
    private const int MostAtOnce = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _once = new();
    private readonly SemaphoreSlim _room = new(MostAtOnce);
    private readonly CancellationTokenSource _end = new();
    private TcpListener? _listener;

    /// <summary>The rules of a server; null: its cluster does without.</summary>
    public TokenLogins? LoginsOf(Cluster cluster, Instance instance) =>
        cluster.IamAuthentication ? new TokenLogins(Role, Port(), instance.ResourceId + "/") : null;

    public void Dispose()
    {
        _end.Cancel();
        _listener?.Dispose();
        _end.Dispose();
    }

    /// <summary>It listens from the first server on that needs it.</summary>
    private int Port()
    {
        lock (_once)
        {
            if (_listener is null)
            {
                _listener = new TcpListener(IPAddress.Loopback, 0);
                _listener.Start();
                _ = AcceptAsync(_listener, _end.Token);
            }
            return ((IPEndPoint)_listener.LocalEndpoint).Port;
        }
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await _room.WaitAsync(end);
                if (await TryAcceptAsync(listener, end) is { } socket)
                    _ = AnswerAsync(socket, end);
                else
                    _room.Release();
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // We end.
        }
    }

    /// <returns>Null when there is no descriptor for the connection, after a while in which there may be one again.</returns>
    private async Task<Socket?> TryAcceptAsync(TcpListener listener, CancellationToken end)
    {
        try
        {
            return await listener.AcceptSocketAsync(end);
        }
        catch (SocketException error)
        {
            failed(error);
            await Task.Delay(Pause, TimeProvider.System, end);
            return null;
        }
    }

    private async Task AnswerAsync(Socket socket, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(Patience);
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            if (await ReadAsync(stream, limit.Token) is not { } request)
                return;
            await stream.WriteAsync(request.Answer(Refusal(request)), limit.Token);
            // The server takes its leave. Who closes first may cut off the answer.
            var rest = new byte[64];
            while (await stream.ReadAsync(rest, limit.Token) > 0) { }
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
        {
            // The server, or who claims to be one, is gone.
        }
        catch (Exception error)
        {
            failed(error);
        }
        finally
        {
            _room.Release();
        }
    }

    private static async Task<BindRequest?> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var buffer = new byte[LongestMessage];
        for (var length = 0; length < buffer.Length; )
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0)
                return null;
            length += read;
            if (BindRequest.IsWhole(buffer.AsSpan(0, length)))
                return BindRequest.TryParse(buffer.AsMemory(0, length));
        }
        return null;
    }

    /// <returns>Null when the user may log in.</returns>
    private string? Refusal(BindRequest request)
    {
        var slash = request.Name.IndexOf('/', StringComparison.Ordinal);
        if (
            slash < 0
            || databases.AllInstances.FirstOrDefault(one => one.ResourceId == request.Name[..slash]) is not { } instance
            || databases.Find(instance.ClusterKey) is not { IamAuthentication: true } cluster
        )
            return "There is no such database.";
        var refusal = check.Refusal(cluster, instance, request.Name[(slash + 1)..], request.Password);
        if (refusal is not null && cluster.LogExports.Contains(LogExports.IamErrors))
            logs.Write(
                cluster.AccountId,
                cluster.Region,
                LogExports.GroupOf(cluster, LogExports.IamErrors),
                LogExports.StreamOf(instance.Identifier),
                refusal
            );
        return refusal;
    }
}
