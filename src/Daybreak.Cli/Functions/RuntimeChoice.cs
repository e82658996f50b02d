using System.Globalization;
using Daybreak.Cli.LocalAws;
using Daybreak.Cloud.Lambda.Runtime;

namespace Daybreak.Cli.Functions;

/// <summary>The runtime of a new function of which the language is known: the one of this machine's version.</summary>
internal static class RuntimeChoice
{
    private static readonly int[] NodeVersions = [18, 20, 22, 24];

    /// <param name="found">A runtime, which stays, or a language.</param>
    public static async Task<string> ForAsync(string found, CancellationToken cancellation) =>
        found switch
        {
            "python" => MachineRuntimes.Python() ?? "python3.13",
            "nodejs" => await NodeAsync(cancellation),
            "ruby" => "ruby3.4",
            "java" => "java21",
            "dotnet" or "dotnet9" => "dotnet10",
            _ => found,
        };

    private static async Task<string> NodeAsync(CancellationToken cancellation)
    {
        var major = 22;
        if (MachineRuntimes.NodeProgram() is { } node)
        {
            var (_, version, _) = await ToolOutput.ReadAsync(node, ["--version"], static _ => { }, "", "", cancellation);
            if (int.TryParse(version.Split('.')[0].TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out var installed))
                major = NodeVersions.Contains(installed) ? installed : major;
        }
        return string.Create(CultureInfo.InvariantCulture, $"nodejs{major}.x");
    }
}
