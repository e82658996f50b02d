using System.Net.Sockets;
using Daybreak.Bridge.Credentials;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge;

/// <summary>Entry point: runs the verb and chooses the exit code.</summary>
public static class Program
{
    private const int Ended = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static int Main(string[] args)
    {
        if (CommandLine.TryParse(args, out var wrong) is not { } asked)
        {
            Console.Error.WriteLine($"daybreak-bridge: {wrong}; see --help");
            return WrongUsage;
        }
        AwsFiles.EnsureHome();
        switch (asked.Verb)
        {
            case BridgeVerb.Help:
                Console.WriteLine(CommandLine.Help);
                return Ended;
            case BridgeVerb.Version:
                Console.WriteLine(BridgeVersion.Name);
                return Ended;
            case BridgeVerb.Status:
                return StatusCommand.RunAsync(asked.Socket).GetAwaiter().GetResult() ? Ended : Failed;
            case BridgeVerb.Explain:
                ExplainCommand.RunAsync(asked, Environment.GetEnvironmentVariable).GetAwaiter().GetResult();
                return Ended;
            default:
                return Serve(asked);
        }
    }

    private static int Serve(CommandLine asked)
    {
        using var stop = new StopRequest();
        Func<string, string?> variable;
        try
        {
            variable = ClusterHandover.Receive(Environment.GetEnvironmentVariable);
        }
        catch (IOException failure)
        {
            Console.Error.WriteLine($"daybreak-bridge: the local AWS hands over no credentials: {failure.Message}");
            return Failed;
        }
        ClusterHandover.CloseToOthers();
        try
        {
            BridgeHost.RunAsync(asked, variable, Console.OpenStandardError(), stop.Token).GetAwaiter().GetResult();
            return Ended;
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"daybreak-bridge: cannot listen on {asked.Socket}: {failure.Message}");
            return Failed;
        }
    }
}
