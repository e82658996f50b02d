using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Daybreak.Bench.StubEndpoint;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

// Kestrel without a host. It listens on a free port, prints its address on the first line and serves until SIGTERM or SIGINT.
// With a port as argument it listens there and keeps account of the calls.
var port = args.Length == 0 ? 0 : int.Parse(args[0], CultureInfo.InvariantCulture);
var kestrel = new KestrelServerOptions();
kestrel.Listen(IPAddress.Loopback, port);
var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
using var server = new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance);
if (port == 0)
    await server.StartAsync(new InvokeStub(), CancellationToken.None);
else
    await server.StartAsync(new CheckingStub(), CancellationToken.None);

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
