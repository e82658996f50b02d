using Daybreak.Cli.LocalAws;
using Daybreak.Cli.Text;

namespace Daybreak.Cli.Functions;

/// <summary>The functions of the local AWS, for those who named one that is not there.</summary>
internal static class KnownFunctions
{
    public static async Task<CommandFailedException> MissingAsync(LocalAwsApi api, string name, string region)
    {
        var names = new List<string>();
        string? marker = null;
        do
        {
            var query = marker is null ? "" : $"?Marker={Uri.EscapeDataString(marker)}";
            var page = (await api.LambdaAsync(HttpMethod.Get, $"/2015-03-31/functions{query}", [])).Json();
            names.AddRange(page["Functions"]!.AsArray().Select(static function => function!["FunctionName"]!.GetValue<string>()));
            marker = page["NextMarker"]?.GetValue<string>();
        } while (marker is not null);
        return new CommandFailedException(
            ExitCode.Failure,
            $"There is no function called {name} in {region}.",
            NearName.Of(name, names) is { } near ? $"Did you mean {near}?"
                : names.Count > 0 ? $"There is: {string.Join(", ", names)}"
                : $"There is no function at all. Make one: {Installation.Command} deploy DIR"
        );
    }
}
