using System.Net;
using System.Runtime.InteropServices;
using Daybreak.Bench.StubEndpoint;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

// Kestrel without a host. It listens on a free port, prints its address on the first line and serves until SIGTERM or SIGINT.
var kestrel = new KestrelServerOptions();
kestrel.Listen(IPAddress.Loopback, 0);
var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
using var server = new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance);
await server.StartAsync(new InvokeStub(), CancellationToken.None);

var stopped = new TaskCompletionSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult();
}

using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

Console.WriteLine(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
await stopped.Task;
await server.StopAsync(CancellationToken.None);
