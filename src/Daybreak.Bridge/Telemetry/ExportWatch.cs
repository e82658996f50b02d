using Daybreak.Bridge.Diagnostics;

namespace Daybreak.Bridge.Telemetry;

/// <summary>
/// Sends what is exported, and says once in the log when that begins to fail and once when it works again: a collector that is away for a
/// day fills no log. What could not be sent is dropped by the exporter.
/// </summary>
public sealed class ExportWatch(string what, FailureLog log) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private bool _failing;

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Seen(base.Send(request, cancellationToken));
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            Tell(failure);
            throw;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return Seen(await base.SendAsync(request, cancellationToken));
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            Tell(failure);
            throw;
        }
    }

    private HttpResponseMessage Seen(HttpResponseMessage response)
    {
        Tell(response.IsSuccessStatusCode ? null : $"the collector answers {(int)response.StatusCode}");
        return response;
    }

    private void Tell(Exception failure) =>
        Tell(failure is OperationCanceledException ? "the collector did not answer in time" : failure.Message);

    private void Tell(string? reason)
    {
        if (Interlocked.Exchange(ref _failing, reason is not null) == reason is not null)
            return;
        if (reason is null)
            log.Noted($"{what} are exported again");
        else
            log.Failed($"{what} are not exported, and are dropped until this is over: {reason}");
    }
}
