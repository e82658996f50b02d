using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests;

/// <summary>A cloud of its own on a free port, for the tests of one class.</summary>
public sealed class CloudFixture : IAsyncLifetime
{
    private CloudHost? _host;

    public CloudHost Host => _host ?? throw new InvalidOperationException("not started");

    public Uri Endpoint => Host.Endpoint;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _host = await CloudHost.StartAsync(new CloudOptions { Port = 0 });
        Http.BaseAddress = Endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }
}
