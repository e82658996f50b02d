using System.Globalization;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.CommandLine;

public sealed class DemoTests : IDisposable
{
    private const string LastLine = "Ctrl-C ends it all.";

    private readonly string _temporary = RunningProgram.CreateTemporaryDirectory();

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Demo_prints_the_table_of_the_page_and_nothing_else()
    {
        var run = await Program.RunAsync(new Program.Start(Launcher.File) { Arguments = Demo("--exit"), Environment = Temporary() });

        Assert.Equal(
            """
             status_code |                        payload                        | executed_version | log_result 
            -------------+-------------------------------------------------------+------------------+------------
                     200 | {"statusCode": 200, "body": "\"Hello from Lambda!\""} | $LATEST          | 
            (1 row)


            """,
            run.Expect(0).Output
        );
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Ordinary_user_runs_what_root_built()
    {
        Assert.SkipUnless(System.Environment.IsPrivilegedProcess, "All of these tests already run as an ordinary user.");
        File.SetUnixFileMode(_temporary, (UnixFileMode)0b111_111_111);

        var run = await Program.RunAsync(
            new Program.Start("setpriv")
            {
                Arguments =
                [
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    Path.Combine(Checkout.Build, "cli", "daybreak"),
                    .. Demo("--exit"),
                ],
                Environment = new Dictionary<string, string>(Temporary()) { ["HOME"] = "/nonexistent", ["DOTNET_EnableDiagnostics"] = "0" },
            }
        );

        Assert.Contains("Hello from Lambda!", run.Expect(0).Output, StringComparison.Ordinal);
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(Signal.Interrupt)]
    [InlineData(Signal.Terminate)]
    public async Task Demo_stays_until_a_signal_and_puts_everything_away(int signal)
    {
        var arguments = Demo();
        await using var demo = RunningProgram.Start(_temporary, arguments);
        await demo.WaitForAsync(LastLine);
        var children = ProcessTree.Below(demo.Id);
        var status = await Program.RunAsync(
            new Program.Start(Launcher.File) { Arguments = ["status", "--port", arguments[2]], Environment = Temporary() }
        );
        Assert.Contains(" 1 calls: 1 succeeded", status.Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("postgres", children.Values);
        Assert.Contains("daybreak-bridge", children.Values);

        demo.Signal(signal);

        Assert.Equal(0, await demo.EndsAsync());
        Assert.All(children.Keys, id => Assert.False(ProcessTree.IsAlive(id)));
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("Starting the local AWS")]
    [InlineData("Creating the Aurora PostgreSQL cluster")]
    [InlineData("Deploying the function")]
    [InlineData("Waiting for the cluster's server")]
    [InlineData(LastLine)]
    public async Task Second_signal_hurries_and_still_puts_everything_away(string moment)
    {
        await using var demo = RunningProgram.Start(_temporary, Demo());
        await demo.WaitForAsync(moment);
        var children = ProcessTree.Below(demo.Id).Keys.ToList();

        demo.Signal(Signal.Interrupt);
        demo.Signal(Signal.Terminate); // another one, since two of a kind may be merged

        Assert.Equal(moment == LastLine ? 0 : 130, await demo.EndsAsync());
        Assert.All(children, id => Assert.False(ProcessTree.IsAlive(id)));
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task Killed_demo_takes_its_processes_along_and_the_next_start_removes_its_directories()
    {
        await using var demo = RunningProgram.Start(_temporary, Demo());
        await demo.WaitForAsync(LastLine);
        var children = ProcessTree.Below(demo.Id).Keys.ToList();

        demo.Signal(Signal.Kill);
        await demo.EndsAsync();

        await ProcessTree.WaitForEndAsync(children, TimeSpan.FromSeconds(20));
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(_temporary));
        (await Program.RunAsync(new Program.Start(Launcher.File) { Arguments = Demo("--exit"), Environment = Temporary() })).Expect(0);
        AssertNothingIsLeft();
    }

    private static string[] Demo(params string[] more) =>
        [
            "demo",
            "--port",
            FreePort.Find().ToString(CultureInfo.InvariantCulture),
            "--pg-port",
            FreePort.Find().ToString(CultureInfo.InvariantCulture),
            .. more,
        ];

    private Dictionary<string, string> Temporary() => new() { ["TMPDIR"] = _temporary };

    private void AssertNothingIsLeft() => Assert.Empty(Directory.EnumerateFileSystemEntries(_temporary));
}
