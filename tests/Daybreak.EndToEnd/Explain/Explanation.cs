using System.Globalization;
using System.Text.Json;
using Daybreak.EndToEnd.CommandLine;

namespace Daybreak.EndToEnd.Explain;

/// <summary>What <c>./daybreak explain … --json</c> prints.</summary>
internal sealed record Explanation(JsonElement Root)
{
    /// <param name="arguments">After <c>explain</c>.</param>
    public static async Task<Explanation> OfAsync(Uri cloud, params string[] arguments)
    {
        var shown = await Launcher.RunAsync([
            "explain",
            .. arguments,
            "--json",
            "--port",
            cloud.Port.ToString(CultureInfo.InvariantCulture),
        ]);
        Assert.True(shown.ExitCode is 0 or 6, $"{shown}");
        var explanation = new Explanation(JsonDocument.Parse(shown.Output).RootElement);
        Assert.Equal(explanation.Works ? 0 : 6, shown.ExitCode);
        return explanation;
    }

    public bool Works => Root.GetProperty("works").GetBoolean();

    /// <summary>Name of the first stage that fails; null: none.</summary>
    public string? FailedStage => Failed?.GetProperty("stage").GetString();

    /// <summary>What fixes that stage, in sentences.</summary>
    public string Words => string.Join('\n', Steps.Select(step => step.GetProperty("what").GetString()));

    /// <summary>The commands that fix that stage, one a line.</summary>
    public string Commands =>
        string.Join('\n', Steps.SelectMany(step => step.GetProperty("commands").EnumerateArray()).Select(command => command.GetString()));

    public string TextOf(string stage) =>
        Stages.First(one => one.GetProperty("stage").GetString() == stage).GetProperty("text").GetString()!;

    public override string ToString() => Failed is { } failed ? failed.GetRawText() : Root.GetRawText();

    private IEnumerable<JsonElement> Stages => Root.GetProperty("stages").EnumerateArray();

    private JsonElement? Failed =>
        Stages
            .Select(static stage => (JsonElement?)stage)
            .FirstOrDefault(static stage => stage!.Value.GetProperty("state").GetString() == "failed");

    private IEnumerable<JsonElement> Steps => Failed is { } failed ? failed.GetProperty("toMend").EnumerateArray() : [];
}
