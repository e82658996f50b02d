using System.Diagnostics;

namespace Daybreak.EndToEnd.WebPages;

/// <summary>Debian's Chromium, without a window and with a profile of its own.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly string _profile = Directory.CreateTempSubdirectory("chromium").FullName;
    private readonly Process _process;
    private readonly Task _output;

    /// <param name="addresses">Rules for host names: <c>MAP evil.example 127.0.0.1</c>.</param>
    public Browser(string page, string addresses)
    {
        string[] arguments =
        [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--disable-breakpad",
            "--no-proxy-server",
            "--mute-audio",
            $"--user-data-dir={_profile}",
            $"--host-resolver-rules={addresses}",
            page,
        ];
        var start = new ProcessStartInfo("chromium", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _profile,
        };
        start.Environment["HOME"] = _profile;
        _process = Process.Start(start)!;
        _output = Task.WhenAll(_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>Fails when it ends by itself.</summary>
    public async Task<T> WaitForAsync<T>(Task<T> task, CancellationToken cancellation)
    {
        var ended = _process.WaitForExitAsync(cancellation);
        if (await Task.WhenAny(task, ended) == ended)
            Assert.Fail($"chromium ended with {_process.ExitCode}: {await _process.StandardError.ReadToEndAsync(cancellation)}");
        return await task;
    }

    public async ValueTask DisposeAsync()
    {
#pragma warning disable RS0030 // Chromium's helper processes stay in its process tree, so ending the tree ends them all.
        _process.Kill(entireProcessTree: true);
#pragma warning restore RS0030
        await _process.WaitForExitAsync();
        await _output;
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }
}
