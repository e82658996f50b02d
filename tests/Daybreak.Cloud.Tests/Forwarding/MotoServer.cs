using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Daybreak.Cloud.Tests.Forwarding;

/// <summary>moto, which many use as an emulator, as a process; a test is skipped where python3 has none.</summary>
internal sealed class MotoServer : IAsyncDisposable
{
    private readonly Process _process;

    private MotoServer(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<MotoServer> StartAsync()
    {
        var (exit, _, _) = await global::Daybreak.Tests.Shared.Program.RunAsync("python3", "-c", "import moto.server, flask, flask_cors");
        Assert.SkipUnless(exit == 0, "python3 has no moto with its server (pip install 'moto[server]').");
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", $"{url.Port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MOTO_ACCOUNT_ID"] = "444455556666";
        var server = new MotoServer(Process.Start(start)!, url);
        _ = server._process.StandardOutput.ReadToEndAsync();
        _ = server._process.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        for (var answers = false; !answers; )
        {
            Assert.False(server._process.HasExited, "moto has ended");
            try
            {
                using var answer = await http.GetAsync(new Uri(url, "/moto-api/data.json"), TestContext.Current.CancellationToken);
                answers = answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
