using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Demo;

/// <summary>The option <c>--pg-port</c>. Without it, the demo uses the next free port if the usual one is taken.</summary>
internal sealed class PostgresPortOption : Option<int?>
{
    private const int UsualPort = 5432;
    private const int Tried = 50;
    private static readonly IPAddress Probe = new([127, 1, 1, 1]); // addresses of clusters start at 127.16

    public PostgresPortOption()
        : base("--pg-port")
    {
        Description = $"Port of the cluster, which has addresses of its own [default: {UsualPort}, or the next free one]";
        HelpName = "PORT";
        Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var port) || port is < 1150 or > 65535))
                result.AddError($"--pg-port must be a number from 1150 to 65535, as RDS has it, not '{result.Tokens[0].Value}'.");
        });
    }

    /// <exception cref="CommandFailedException">The requested port, or each of the usual ones, is taken.</exception>
    public ChosenPort Choose(ParseResult parsed)
    {
        if (parsed.GetValue(this) is { } asked)
        {
            return IsFree(asked)
                ? new ChosenPort(asked, null)
                : throw new CommandFailedException(
                    ExitCode.PortInUse,
                    $"Port {asked} is taken on every address by {PortOwner.Describe(asked)}.",
                    "Choose another one with --pg-port PORT."
                );
        }

        for (var port = UsualPort; port < UsualPort + Tried; port++)
        {
            if (IsFree(port))
                return new ChosenPort(
                    port,
                    port == UsualPort
                        ? null
                        : $"Port {UsualPort} is taken by {PortOwner.Describe(UsualPort)}: the cluster has {port} instead."
                );
        }

        throw new CommandFailedException(
            ExitCode.PortInUse,
            $"The ports {UsualPort} to {UsualPort + Tried - 1} are all taken on every address.",
            "Choose another one with --pg-port PORT."
        );
    }

    /// <summary>Returns whether at most single addresses have a listener there; the cluster uses other addresses.</summary>
    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(Probe, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <param name="Remark">A remark for the user; null when the port is the expected one.</param>
    internal sealed record ChosenPort(int Port, string? Remark);
}
