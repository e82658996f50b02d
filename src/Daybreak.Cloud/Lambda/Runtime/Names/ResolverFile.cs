using System.Net;

namespace Daybreak.Cloud.Lambda.Runtime.Names;

/// <summary>resolv.conf(5): this machine's, and the one that functions see instead.</summary>
internal static class ResolverFile
{
    private const string Path = "/etc/resolv.conf";

    /// <summary>This machine's name servers as it has them now; its own where it names none.</summary>
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

    /// <summary>The same file with another name server.</summary>
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
