using System.Net;
using System.Net.Sockets;
using Daybreak.EndToEnd.Stage;
using Npgsql;

namespace Daybreak.EndToEnd.Faults;

/// <summary>Calls that are cancelled at every stage of their way, through the real bridge, at an endpoint that never answers.</summary>
public sealed class CancelledCallTests
{
    private const int Calls = 1_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancelled_calls_leave_no_descriptor_in_backend_or_bridge()
    {
        using var endpoint = new TcpListener(IPAddress.Loopback, 0);
        endpoint.Start();
        var accepting = AcceptAsync(endpoint);
        await using (var postgres = await PostgresStage.StartAsync(new Uri($"http://{endpoint.LocalEndpoint}")))
        {
            await using var source = postgres.Connect(await postgres.CreateDatabaseAsync());
            await using var connection = await source.OpenConnectionAsync(Cancelled);
            await CancelAsync(connection, 50);
            var bridge = ProcessTree
                .Below(postgres.Server.Id)
                .Single(process => process.Value.StartsWith("daybreak-bridge", StringComparison.Ordinal))
                .Key;
            var (backendBefore, bridgeBefore) = (Descriptors(connection.ProcessID), Descriptors(bridge));

            await CancelAsync(connection, Calls);

            Assert.InRange(Descriptors(connection.ProcessID), 0, backendBefore + 1);
            // The bridge closes the connection of a cancelled call a moment after the backend has continued.
            while (Descriptors(bridge) > bridgeBefore + 10)
                await Task.Delay(20, Cancelled);
        }

        endpoint.Stop();
        await accepting;
    }

    private static async Task CancelAsync(NpgsqlConnection connection, int calls)
    {
        await using var setting = new NpgsqlCommand("SET statement_timeout = 3", connection);
        await setting.ExecuteNonQueryAsync(Cancelled);
        for (var call = 0; call < calls; call++)
        {
            await using var command = new NpgsqlCommand("SELECT * FROM aws_lambda.invoke('f', '1'::json)", connection);
            var error = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync(Cancelled));
            Assert.Equal(PostgresErrorCodes.QueryCanceled, error.SqlState);
        }
    }

    private static int Descriptors(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;

    /// <summary>Takes connections and what comes on them, and says nothing.</summary>
    private static async Task AcceptAsync(TcpListener endpoint)
    {
        var peers = new List<Task>();
        try
        {
            while (true)
                peers.Add(SwallowAsync(await endpoint.AcceptSocketAsync(CancellationToken.None)));
        }
        catch (SocketException)
        {
            await Task.WhenAll(peers);
        }
    }

    private static async Task SwallowAsync(Socket peer)
    {
        using (peer)
        {
            try
            {
                var ignored = new byte[4096];
                while (await peer.ReceiveAsync(ignored) > 0)
                {
                    // Another part of a request.
                }
            }
            catch (SocketException)
            {
                // The connection was reset, because the call was cancelled.
                return;
            }
        }
    }
}
