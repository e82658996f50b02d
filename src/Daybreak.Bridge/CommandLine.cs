using System.Globalization;

namespace Daybreak.Bridge;

/// <summary>The verb on the command line.</summary>
public enum BridgeVerb
{
    Serve,
    Status,
    Explain,
    Help,
    Version,
}

/// <summary>The command line. It is parsed by hand: it has few options, and a parser would cost start-up time.</summary>
/// <param name="Verb">The action to take.</param>
/// <param name="Socket">Path of the Unix socket; empty for explain, help and version.</param>
/// <param name="MaxConnections">The limit of connections to one endpoint.</param>
public sealed record CommandLine(BridgeVerb Verb, string Socket, int MaxConnections)
{
    /// <summary>The function to explain.</summary>
    public string Function { get; private init; } = "";

    /// <summary>Null when none is given.</summary>
    public string? Region { get; private init; }

    public const int DefaultMaxConnections = 128;
    private const int MostConnections = 10_000;

    public const string Help = """
        Usage: daybreak-bridge --socket PATH [--max-connections N]
               daybreak-bridge --status --socket PATH
               daybreak-bridge --explain FUNCTION [--region REGION]

        Carries invocations of AWS Lambda from PostgreSQL backends to the Lambda API. Started and supervised by the
        background worker of the extension aws_lambda; ends when its standard input, a pipe from the worker, is closed.

          --socket PATH         Unix socket to listen on
          --max-connections N   connections to one endpoint at most (128)
          --status              print health and counters of the bridge that listens on PATH, as JSON
          --explain FUNCTION    print, as JSON, what would become of an invocation from this machine, by the environment of this
                                process; nothing is invoked
          --region REGION       the Region that the call names
          --version             print the version
          --help                print this

        Exit codes: 0 ended as asked, 1 failed, 2 wrong usage.
        """;

    /// <summary>Returns null and the reason when the arguments are not valid.</summary>
    public static CommandLine? TryParse(string[] args, out string wrong)
    {
        wrong = "";
        var verb = BridgeVerb.Serve;
        string? socket = null;
        string? function = null,
            region = null;
        var maxConnections = DefaultMaxConnections;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--help" or "-h":
                    return new(BridgeVerb.Help, "", maxConnections);
                case "--version":
                    return new(BridgeVerb.Version, "", maxConnections);
                case "--status":
                    verb = BridgeVerb.Status;
                    break;
                case "--explain" when i + 1 < args.Length:
                    function = args[++i];
                    break;
                case "--region" when i + 1 < args.Length:
                    region = args[++i];
                    break;
                case "--socket" when i + 1 < args.Length:
                    socket = args[++i];
                    break;
                case "--max-connections" when i + 1 < args.Length:
                    if (
                        int.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out maxConnections)
                        && maxConnections is > 0 and <= MostConnections
                    )
                        break;
                    wrong = $"--max-connections takes a number from 1 to {MostConnections}";
                    return null;
                default:
                    wrong = $"unknown or incomplete option {args[i]}";
                    return null;
            }
        }
        if (function is not null)
            return new(BridgeVerb.Explain, "", maxConnections) { Function = function, Region = region };
        if (!string.IsNullOrEmpty(socket))
            return new(verb, socket, maxConnections);
        wrong = "--socket is required";
        return null;
    }
}
