using System.Globalization;
using System.Text;

namespace Daybreak.EndToEnd.Stage;

/// <summary>
/// The token by which a cluster's bridge gets the credentials of its one role; for features without a role it has tokens as well. They are
/// only in that process's memory, where root can find them.
/// </summary>
internal static class BridgeToken
{
    private const int Length = 64;

    /// <summary>The longest part of memory that is read; the heap of a bridge lies in smaller ones.</summary>
    private const long Longest = 64 << 20;

    /// <param name="bridge">The bridge's process id.</param>
    /// <param name="credentials">The address to which it sends the token.</param>
    public static async Task<string> FindAsync(int bridge, Uri credentials)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root sees the memory of a bridge.");
        using var http = new HttpClient();
        foreach (var candidate in Candidates(bridge).Distinct())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, credentials);
            request.Headers.TryAddWithoutValidation("Authorization", candidate);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            if (response.IsSuccessStatusCode)
                return candidate;
        }
        Assert.Fail($"no token in the memory of {bridge}");
        return "";
    }

    /// <summary>Runs of hexadecimal digits as .NET keeps strings, so long as a token is.</summary>
    private static IEnumerable<string> Candidates(int process)
    {
        using var memory = new FileStream($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        foreach (
            var line in File.ReadAllLines($"/proc/{process}/maps").Where(static line => line.Contains(" rw-p ", StringComparison.Ordinal))
        )
        {
            var limits = line.Split(' ')[0]
                .Split('-')
                .Select(static limit => long.Parse(limit, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                .ToArray();
            if (limits[1] - limits[0] > Longest)
                continue;
            foreach (var found in RunsOf(Read(memory, limits[0], limits[1])))
                yield return found;
        }
    }

    /// <summary>What an area of memory holds. The garbage collector may have given it back since it was listed; then nothing.</summary>
    private static byte[] Read(FileStream memory, long begin, long end)
    {
        var area = new byte[end - begin];
        memory.Seek(begin, SeekOrigin.Begin);
        try
        {
            _ = memory.ReadAtLeast(area, area.Length, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            return [];
        }
        return area;
    }

    private static IEnumerable<string> RunsOf(byte[] area)
    {
        var run = 0;
        for (var at = 0; at + 1 < area.Length; at += 2)
        {
            run = area[at + 1] == 0 && char.IsAsciiHexDigitLower((char)area[at]) ? run + 1 : 0;
            if (run == Length)
                yield return Encoding.Unicode.GetString(area, at + 2 - (2 * Length), 2 * Length);
        }
    }
}
