using System.Diagnostics;
using System.Text.Json;

namespace Daybreak.Aws.Tests.Signing;

/// <summary>botocore in a child process that signs one request after the other.</summary>
public sealed class Botocore : IAsyncDisposable
{
    private readonly Process _python = Process.Start(
        new ProcessStartInfo("python3", [Boto.Program("aws/signing/sign_each_request.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }
    )!;

    public async Task<JsonElement> SignAsync(object request)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await _python.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), cancellation);
        await _python.StandardInput.FlushAsync(cancellation);
        var answer =
            await _python.StandardOutput.ReadLineAsync(cancellation)
            ?? throw new InvalidOperationException("python3 with botocore is needed; it ended, see its error output");
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        // The script ends with its input.
        _python.StandardInput.Close();
        await _python.WaitForExitAsync();
        _python.Dispose();
    }
}
