using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Daybreak.Bridge.Credentials;

/// <summary>
/// Receives from the local AWS what only the bridge of a cluster's server may have: the endpoint of the cluster's role, and the token for
/// it. The server and its backends share the bridge's environment, so that contains only the name of an abstract Unix socket, where the
/// local AWS checks the peer (docs/decisions/0015).
/// </summary>
/// <remarks>The local AWS sends a byte when it has checked the peer. The bridge then closes itself to other processes and answers with a
/// byte, and receives lines of NAME=value.</remarks>
public static partial class ClusterHandover
{
    private const string Variable = "DAYBREAK_CLUSTER_HANDOVER";
    private const string HandedOnly = "AWS_CONTAINER_";
    private const int LongestWaitMs = 10_000;
    private const int LongestText = 64 * 1024;
    private const int SetDumpable = 4;

    /// <summary>
    /// Closes this process to others of its user, which can then read neither its environment nor its memory (prctl(2), PR_SET_DUMPABLE).
    /// </summary>
    public static void CloseToOthers() => _ = Prctl(SetDumpable, 0, 0, 0, 0);

    /// <param name="variable">The environment, which is under the control of whoever started this process.</param>
    /// <returns>The environment with the variables handed over; unchanged when there is no handover.</returns>
    /// <exception cref="IOException">The local AWS hands nothing over to this process.</exception>
    public static Func<string, string?> Receive(Func<string, string?> variable)
    {
        if (variable(Variable) is not { Length: > 0 } name)
            return variable;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            {
                ReceiveTimeout = LongestWaitMs,
                SendTimeout = LongestWaitMs,
            };
            socket.Connect(new UnixDomainSocketEndPoint("\0" + name));
            Span<byte> said = stackalloc byte[1];
            if (socket.Receive(said) != said.Length)
                throw new IOException("it does not recognize this process as the bridge of one of its servers");
            CloseToOthers();
            socket.Send(said);
            return Over(variable, ReadAll(socket));
        }
        catch (SocketException failure)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    private static string ReadAll(Socket socket)
    {
        var text = new byte[LongestText];
        var length = 0;
        for (int received; (received = socket.Receive(text.AsSpan(length))) > 0; )
            length += received;
        return Encoding.UTF8.GetString(text, 0, length);
    }

    // Whoever started this process must not be able to direct the token elsewhere.
    private static Func<string, string?> Over(Func<string, string?> variable, string lines)
    {
        var handed = lines
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return name =>
            handed.TryGetValue(name, out var value) ? value
            : name.StartsWith(HandedOnly, StringComparison.Ordinal) ? null
            : variable(name);
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);
}
