using System.Diagnostics;
using System.Text.Json;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Telemetry;

/// <summary>A real Prometheus that reads one page every second, with the alert rules of docs/grafana.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http;
    private readonly Process _process;

    public Prometheus(int page)
    {
        var port = FreePort.Find();
        var configuration = _directory.Write(
            "prometheus.yml",
            $$"""
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [{{Path.Combine(Checkout.Root, "docs", "grafana", "alerts.yml")}}]
            scrape_configs:
              - job_name: daybreak
                static_configs: [{targets: ["127.0.0.1:{{page}}"]}]

            """
        );
        var start = new ProcessStartInfo("prometheus")
        {
            WorkingDirectory = _directory.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                $"--config.file={configuration}",
                $"--storage.tsdb.path={Path.Combine(_directory.Path, "data")}",
                $"--web.listen-address=127.0.0.1:{port}",
            },
        };
        _process = Process.Start(start)!;
        // Read and dropped, so that a full pipe never stops it.
        _process.ErrorDataReceived += static (_, _) => { };
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        _http = new() { BaseAddress = new($"http://127.0.0.1:{port}") };
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The rows that an expression has now.</summary>
    public async Task<JsonElement[]> QueryAsync(string expression)
    {
        var answer = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}");
        return [.. answer.GetProperty("data").GetProperty("result").EnumerateArray()];
    }

    /// <summary>Returns when the expression has a row.</summary>
    public async Task UntilAsync(string expression)
    {
        while (true)
        {
            Assert.False(_process.HasExited, "Prometheus has ended");
            try
            {
                if ((await QueryAsync(expression)).Length > 0)
                    return;
            }
            catch (HttpRequestException)
            {
                // It is still starting.
                Assert.False(Cancel.IsCancellationRequested);
            }
            await Task.Delay(50, Cancel);
        }
    }

    public async Task<JsonElement[]> RulesAsync() =>
        [
            .. (await GetAsync("/api/v1/rules"))
                .GetProperty("data")
                .GetProperty("groups")
                .EnumerateArray()
                .SelectMany(static group => group.GetProperty("rules").EnumerateArray()),
        ];

    public async Task<HashSet<string>> MetricsAsync() =>
        [
            .. (await GetAsync("/api/v1/label/__name__/values"))
                .GetProperty("data")
                .EnumerateArray()
                .Select(static name => name.GetString()!),
        ];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _http.Dispose();
        _directory.Dispose();
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        if ((int)response.StatusCode is 404 or 503)
            throw new HttpRequestException(text);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
