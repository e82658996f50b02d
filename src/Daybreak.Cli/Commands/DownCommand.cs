using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Commands;

/// <summary><c>down</c>: ends the local AWS that answers on the port, in order if possible, and returns when it has ended.</summary>
internal sealed class DownCommand : CliCommand
{
    private const string OwnName = "daybreak";

    private static readonly TimeSpan OrderlyWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan KilledWait = TimeSpan.FromSeconds(5);

    private readonly EndpointOption _port = new();

    public DownCommand()
        : base(
            "down",
            "End the running local AWS and everything it started. It succeeds when none runs.",
            ("./daybreak down", "ends the one on port 4566"),
            ("./daybreak down --port 4570", "ends another one")
        ) => Options.Add(_port);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var messages = parsed.InvocationConfiguration.Error;
        using var client = new LocalAwsClient(parsed.GetValue(_port));
        if (await client.StatusAsync(cancellation) is not { } status)
        {
            messages.WriteLine($"No local AWS runs on {client.Endpoint.Authority}.");
            return ExitCode.Ok;
        }

        using var process = Find(status.GetProperty("pid").GetInt32());
        if (process is null || await EndAsync(process, Posix.Terminate, OrderlyWait, cancellation))
        {
            messages.WriteLine($"The local AWS on {client.Endpoint.Authority} has ended.");
            return ExitCode.Ok;
        }

        messages.WriteLine($"Process {process.Id} did not end within {OrderlyWait.TotalSeconds} seconds; killing it.");
        return await EndAsync(process, Posix.Kill, KilledWait, cancellation) ? ExitCode.Ok : ExitCode.Failure;
    }

    /// <summary>
    /// Returns null when the process has ended. The name is checked, because a signal to the wrong process cannot be undone.
    /// </summary>
    private static Process? Find(int id)
    {
        if (PortOwner.NameOf(id) is { } name && name != OwnName)
        {
            throw new CommandFailedException(
                ExitCode.Failure,
                $"The local AWS is part of process {id} ({name}), which is not ours to end.",
                "End that program itself."
            );
        }

        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static async Task<bool> EndAsync(Process process, int signal, TimeSpan wait, CancellationToken cancellation)
    {
        const int NotPermitted = 1;
        if (Posix.Signal(process.Id, signal) != 0 && Marshal.GetLastPInvokeError() == NotPermitted)
            throw new CommandFailedException(
                ExitCode.Failure,
                $"Process {process.Id} belongs to another user.",
                $"Run {Installation.Command} down as that user or as root."
            );
        try
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(wait, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
