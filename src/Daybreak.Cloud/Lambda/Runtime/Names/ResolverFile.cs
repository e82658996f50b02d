using System.Net;

namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>Reads this machine's resolv.conf(5) and writes the one that functions see.</summary>
internal static class ResolverFile
{
    private const string Path = "/etc/resolv.conf";

    /// <summary>This machine's current name servers; 127.0.0.1 when the file names none.</summary>
    public static IPAddress[] NameServers()
    {
        IPAddress[] servers =
        [
            .. Lines()
                .Where(words => words is ["nameserver", _, ..])
                .Select(words => IPAddress.TryParse(words[1], out var address) ? address : null)
                .OfType<IPAddress>(),
        ];
        return servers.Length == 0 ? [IPAddress.Loopback] : servers;
    }

    /// <summary>The machine's file with another name server.</summary>
    public static string With(IPAddress server) =>
        string.Concat(
            Lines()
                .Where(words => words is not ["nameserver", ..])
                .Append(["nameserver", server.ToString()])
                .Select(words => string.Join(' ', words) + "\n")
        );

    private static IEnumerable<string[]> Lines() =>
        File.Exists(Path)
            ? File.ReadLines(Path)
                .Select(line => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 0)
            : [];
}
