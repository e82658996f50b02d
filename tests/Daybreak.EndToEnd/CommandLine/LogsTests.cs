using System.Globalization;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.CommandLine;

public sealed class LogsTests(ClusterStage stage) : IClassFixture<ClusterStage>, IDisposable
{
    private readonly string _temporary = RunningProgram.CreateTemporaryDirectory();

    private string Port => stage.Endpoint.Port.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Logs_are_printed_followed_and_asked_for_by_name()
    {
        var none = await Launcher.RunAsync("logs", "--port", Port);
        Assert.Contains("There is no DB instance.", none.Expect(1).Error, StringComparison.Ordinal);

        var writer = await stage.CreateClusterAsync("logged");
        await ClusterStage.PsqlAsync(writer, "SELECT 1/0 AS \"früh 💥\";");

        var one = (await Launcher.RunAsync("logs", "logged-1", "--port", Port)).Expect(0).Output;
        Assert.Contains("database system is ready to accept connections", one, StringComparison.Ordinal);
        Assert.Contains("postgres@postgres", one, StringComparison.Ordinal);
        Assert.Contains("STATEMENT:  SELECT 1/0 AS \"früh 💥\";", one, StringComparison.Ordinal);
        Assert.Equal(one, (await Launcher.RunAsync("logs", "LOGGED", "--port", Port)).Expect(0).Output[..one.Length]);
        var other = await Launcher.RunAsync("logs", "nobody", "--port", Port);
        Assert.Contains(
            "There is no function, log group, DB instance or cluster called nobody.",
            other.Expect(1).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("There is: logged-1", other.Error, StringComparison.Ordinal);

        await using var following = RunningProgram.Start(_temporary, "logs", "--follow", "--port", Port);
        await following.WaitForAsync("früh");
        await ClusterStage.PsqlAsync(writer, "SELECT 2/0 AS later;");
        await following.WaitForAsync("STATEMENT:  SELECT 2/0 AS later;");
        following.Signal(Signal.Interrupt);
        Assert.Equal(0, await following.EndsAsync());
    }

    [Fact]
    public async Task Without_a_local_AWS_the_exit_code_says_so() =>
        (await Launcher.RunAsync("logs", "--port", FreePort.Find().ToString(CultureInfo.InvariantCulture))).Expect(4);
}
