using System.Xml.Linq;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.CommandLine;

/// <summary>The version stands in Directory.Build.props; the command line, the bridge, the local AWS and SQL show the same.</summary>
public sealed class VersionTests(LocalStage stage)
{
    private static readonly string Version = XDocument
        .Load(Path.Combine(Checkout.Root, "Directory.Build.props"))
        .Descendants("Version")
        .Single()
        .Value;

    [Fact]
    public async Task Command_line_shows_it() => Assert.Equal(Version, (await Launcher.RunAsync("--version")).Expect(0).Output.Trim());

    [Fact]
    public async Task Bridge_shows_it() =>
        Assert.Equal(
            $"daybreak-bridge {Version}",
            (await Program.RunAsync(Path.Combine(Checkout.Build, "bridge", "daybreak-bridge"), "--version")).Expect(0).Output.Trim()
        );

    [Fact]
    public async Task SQL_shows_it()
    {
        var database = await stage.Postgres.CreateDatabaseAsync();

        var shown = await stage.Postgres.PsqlAsync(
            database,
            "\\set QUIET\n\\pset format unaligned\n\\t\nCREATE EXTENSION daybreak;\nSELECT daybreak.version();\n"
        );

        Assert.EndsWith($"{Version}\n", shown, StringComparison.Ordinal);
    }
}
