using System.Net.Sockets;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.State;
using Microsoft.AspNetCore.Connections;

namespace Daybreak.Cli.LocalAws;

/// <summary>Starts the local AWS in this process, and explains what to do when that fails.</summary>
internal static class LocalAwsStart
{
    // .NET reads it once, before the first socket waits (docs/decisions/0038-requests-on-the-threads-of-their-sockets.md).
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <exception cref="CommandFailedException">The port is taken, or the state directory is unusable.</exception>
    public static async Task<CloudHost> StartAsync(CloudOptions options, CancellationToken cancellation)
    {
        if (Environment.GetEnvironmentVariable(InlineCompletions) is null)
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
        try
        {
            return await CloudHost.StartAsync(options, cancellation: cancellation);
        }
        catch (ForwardException error)
        {
            throw new CommandFailedException(ExitCode.Usage, $"--forward: {error.Message}");
        }
        catch (StateException error)
        {
            throw new CommandFailedException(ExitCode.Failure, error.Message);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            var typed = EndpointOption.Typed(options.Port);
            throw await IsLocalAwsAsync(options.Port, cancellation)
                ? new CommandFailedException(
                    ExitCode.PortInUse,
                    $"A local AWS already runs on port {options.Port}.",
                    $"See it: {Installation.Command} status{typed}\nEnd it: {Installation.Command} down{typed}\nStart another "
                        + "beside it: --port PORT"
                )
                : new CommandFailedException(
                    ExitCode.PortInUse,
                    $"Port {options.Port} of 127.0.0.1 is taken by {PortOwner.Describe(options.Port)}: {error.Message}",
                    "End that program, or choose another port with --port PORT."
                );
        }
        catch (SocketException error)
        {
            throw new CommandFailedException(
                ExitCode.Failure,
                $"The local AWS cannot listen on port {options.Port} of {options.Address}: {error.Message}.",
                "Choose another port with --port PORT."
            );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Failure, $"The local AWS cannot start: {error.Message}");
        }
    }

    private static async Task<bool> IsLocalAwsAsync(int port, CancellationToken cancellation)
    {
        try
        {
            using var client = new LocalAwsClient(port);
            return await client.StatusAsync(cancellation) is not null;
        }
        catch (CommandFailedException)
        {
            return false;
        }
    }
}
