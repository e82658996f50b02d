using System.Globalization;
using System.Net.Sockets;

namespace Daybreak.Bridge;

/// <summary>Entry point: which verb, which exit code.</summary>
public static class Program
{
    private const int Ended = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;

    public static async Task<int> Main(string[] args)
    {
        // Completions run on the thread that polls the sockets: saves a hand-over to the thread pool per message. Read by the
        // runtime when the first socket is made, so it is set before anything else.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        if (CommandLine.TryParse(args, out var wrong) is not { } asked)
        {
            await Console.Error.WriteLineAsync($"daybreak-bridge: {wrong}; see --help");
            return WrongUsage;
        }
        switch (asked.Verb)
        {
            case BridgeVerb.Help:
                Console.WriteLine(CommandLine.Help);
                return Ended;
            case BridgeVerb.Version:
                Console.WriteLine(BridgeVersion.Name);
                return Ended;
            case BridgeVerb.Status:
                return await StatusCommand.RunAsync(asked.Socket) ? Ended : Failed;
            default:
                return await ServeAsync(asked);
        }
    }

    private static async Task<int> ServeAsync(CommandLine asked)
    {
        using var stop = new StopRequest();
        try
        {
            await BridgeHost.RunAsync(asked, Environment.GetEnvironmentVariable, Console.OpenStandardError(), stop.Token);
            return Ended;
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"daybreak-bridge: cannot listen on {asked.Socket}: {failure.Message}"));
            return Failed;
        }
    }
}
