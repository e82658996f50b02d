using System.Net;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Kestrel without a host builder around it, which halves the time to the first answer.</summary>
public sealed class HttpServer(Func<HttpContext, Task> handle, Action<Exception> failed) : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private const int MaxHeaderBytes = 64 * 1024;
    private const int MaxRequestLineBytes = 16 * 1024;

    private readonly SideDoorTransport _transport = new();
    private KestrelServer? _server;
    private long _work;

    /// <summary>Requests that have ended.</summary>
    public long Work => Interlocked.Read(ref _work);

    /// <summary>Binds and listens. Port 0 takes a free one.</summary>
    /// <returns>The endpoint that was bound.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<Uri> StartAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null; // each operation has a limit of its own
        options.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        options.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        options.Limits.MaxResponseBufferSize = 1024 * 1024;
        options.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http1);
        options.Listen(_transport.AllDoors, listen => listen.Protocols = HttpProtocols.Http1);
        _server = new KestrelServer(Options.Create(options), _transport, NullLoggerFactory.Instance);
        await _server.StartAsync(this, cancellation);
        return new Uri(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }

    /// <summary>A further address that leads here, for who holds it to open and shut.</summary>
    public SideDoor AddDoor(IPAddress address) => _transport.Add(address);

    /// <summary>Accepts no more; ends open connections when <paramref name="cancellation"/> fires.</summary>
    public Task StopAsync(CancellationToken cancellation) => _server?.StopAsync(cancellation) ?? Task.CompletedTask;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await handle(context);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            throw; // Kestrel answers it: 408, 413, 431 and the like
        }
        catch (Exception error)
            when (error is ConnectionResetException
                || (context.RequestAborted.IsCancellationRequested && error is OperationCanceledException or IOException)
            )
        {
            // The client is gone; there is nobody to tell.
        }
        catch (Exception error)
        {
            failed(error);
            if (context.Response.HasStarted)
                throw;
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        finally
        {
            Interlocked.Increment(ref _work);
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception) { }

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _transport.Dispose();
        return ValueTask.CompletedTask;
    }
}
