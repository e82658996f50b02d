using System.Globalization;
using System.Text;
using Daybreak.Cloud.Lambda.Functions;

namespace Daybreak.Cloud.Lambda.Events;

/// <summary>
/// The part <c>Lineage</c> of X-Amzn-Trace-Id, by which AWS finds functions that call themselves in a loop: how often a chain of calls went
/// through each function. AWS's SDKs pass the header on, and destinations do.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html"/>
/// </summary>
internal static class Lineage
{
    /// <summary>A chain goes through a function this often; the next time it is stopped.</summary>
    public const int Most = 16;

    private const string Name = "Lineage=";

    /// <summary>More functions than this are forgotten, the first ones first: the header is short.</summary>
    private const int MostFunctions = 8;

    /// <summary>The header behind a function, and how often the chain has gone through it then.</summary>
    public static (string TraceId, int Count) Through(string traceId, string functionArn)
    {
        var (before, entries) = Split(traceId);
        var own = HashOf(functionArn);
        var count = 1;
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (entries[i].Hash != own)
                continue;
            count = entries[i].Count + 1;
            entries.RemoveAt(i);
        }
        entries.Add((own, count));
        var header = new StringBuilder(before).Append(';').Append(Name);
        foreach (var (hash, times) in entries.Skip(Math.Max(0, entries.Count - MostFunctions)))
            header.Append(hash).Append(':').Append(times).Append('|');
        header.Length--;
        return (header.ToString(), count);
    }

    /// <summary>Whether a function is to be stopped.</summary>
    /// <param name="latest"><c>$LATEST</c> of the function.</param>
    public static bool IsLoop(int count, FunctionState? latest) => count > Most && latest is not { AllowsRecursion: true };

    private static (string Before, List<(string Hash, int Count)> Entries) Split(string traceId)
    {
        var start = traceId.IndexOf(";" + Name, StringComparison.Ordinal);
        if (start < 0)
            return (traceId.TrimEnd(';'), []);
        var text = traceId[(start + 1 + Name.Length)..].Split(';');
        var rest = string.Concat(text.Skip(1).Select(static part => ";" + part));
        var entries = new List<(string, int)>();
        foreach (var entry in text[0].Split('|'))
        {
            if (
                entry.Split(':') is [{ Length: 8 } hash, var count]
                && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
                && times <= Most
            )
                entries.Add((hash, times));
        }
        return (traceId[..start] + rest, entries);
    }

    // FNV-1a: it only has to differ between the functions of a chain.
    private static string HashOf(string functionArn)
    {
        var hash = 2_166_136_261;
        foreach (var letter in functionArn)
            hash = (hash ^ letter) * 16_777_619;
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
