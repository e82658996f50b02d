using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Kestrel without a host builder, which halves the time to the first answer.</summary>
/// <param name="listener">Accepts connections. The caller keeps owning it.</param>
/// <param name="handle">Answers a request.</param>
/// <param name="failed">Called for internal failures that end a request.</param>
public sealed class HttpServer(FrontDoorListener listener, Func<HttpContext, Task> handle, Action<Exception> failed)
    : IHttpApplication<HttpContext>,
        IDisposable
{
    private const int MaxHeaderBytes = 64 * 1024;
    private const int MaxRequestLineBytes = 16 * 1024;

    private readonly KestrelServer _server = new(Options.Create(OptionsFor(listener)), listener, NullLoggerFactory.Instance);
    private long _work;

    /// <summary>The number of completed requests.</summary>
    public long Work => Interlocked.Read(ref _work);

    /// <summary>Accepts connections from now on.</summary>
    public Task StartAsync(CancellationToken cancellation) => _server.StartAsync(this, cancellation);

    /// <summary>Accepts no more connections; ends open connections when <paramref name="cancellation"/> fires.</summary>
    public Task StopAsync(CancellationToken cancellation) => _server.StopAsync(cancellation);

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
            when (error is ConnectionResetException or CutConnectionException
                || (context.RequestAborted.IsCancellationRequested && error is OperationCanceledException or IOException)
            )
        {
            // The client has disconnected, so nobody can receive an answer.
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

    public void Dispose() => _server.Dispose();

    private static KestrelServerOptions OptionsFor(FrontDoorListener listener)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.ResponseHeaderEncodingSelector = static _ => System.Text.Encoding.Latin1; // as other endpoints send them
        options.Limits.MaxRequestBodySize = null; // each operation has a limit of its own
        options.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        options.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        options.Limits.MaxResponseBufferSize = 1024 * 1024;
        options.Listen(listener.Address, static listen => listen.Protocols = HttpProtocols.Http1);
        options.Listen(listener.AllDoors, static listen => listen.Protocols = HttpProtocols.Http1);
        return options;
    }
}
