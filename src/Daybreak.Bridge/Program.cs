using System.Globalization;
using System.Net.Sockets;

namespace Daybreak.Bridge;

/// <summary>Entry point: which verb, which exit code.</summary>
public static class Program
{
    private const int Ended = 0;
    private const int Failed = 1;
    private const int WrongUsage = 2;
    private const int ProcessorsPerSocketThread = 4;
    private const int MaxSocketThreads = 8;

    public static int Main(string[] args)
    {
        ChooseSocketThreads();
        if (CommandLine.TryParse(args, out var wrong) is not { } asked)
        {
            Console.Error.WriteLine($"daybreak-bridge: {wrong}; see --help");
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
                return StatusCommand.RunAsync(asked.Socket).GetAwaiter().GetResult() ? Ended : Failed;
            default:
                return Serve(asked);
        }
    }

    // Completions run on the thread that polls the sockets: saves a hand-over to the thread pool per message. One such thread
    // carries some 30,000 calls a second; each further one costs a wake-up per message that one busy thread would have found
    // waiting (measured on two processors: 32 instead of 46 µs of CPU a call), so there is one for every four processors.
    // Read by the runtime when the first socket is made, so it is set before anything else.
    private static void ChooseSocketThreads()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        var threads = Math.Clamp(Environment.ProcessorCount / ProcessorsPerSocketThread, 1, MaxSocketThreads);
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", threads.ToString(CultureInfo.InvariantCulture));
    }

    private static int Serve(CommandLine asked)
    {
        using var stop = new StopRequest();
        try
        {
            BridgeHost.RunAsync(asked, Environment.GetEnvironmentVariable, Console.OpenStandardError(), stop.Token).GetAwaiter().GetResult();
            return Ended;
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Console.Error.WriteLine($"daybreak-bridge: cannot listen on {asked.Socket}: {failure.Message}");
            return Failed;
        }
    }
}
