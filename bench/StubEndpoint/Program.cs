using System.Net;
using System.Runtime.InteropServices;
using Daybreak.Bench.StubEndpoint;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

// Kestrel without a host around it. Takes a free port, prints its address on the first line and serves until SIGTERM or SIGINT.
// It stands for a service on other machines, so it takes as little of this one's processors as can be: what arrives is answered on
// the thread that polled for it. By a hop to the thread pool a request costs twice the processor time when it comes alone (from
// PostgreSQL), and little more when many come at once (from wrk), which blurs what is measured. The harness sets what
// .NET reads before any code of ours runs.
var kestrel = new KestrelServerOptions();
kestrel.Listen(IPAddress.Loopback, 0);
var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { UnsafePreferInlineScheduling = true }), NullLoggerFactory.Instance);
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
