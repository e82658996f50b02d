using System.Net;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.State;

/// <summary>A disk without room below the state directory: every request says why it failed, changes nothing, and works when there is room
/// again.</summary>
[Trait("Pace", "slow")]
public sealed class FullDiskTests
{
    /// <summary>Milliseconds. A local AWS that does not go on after a reset that failed does not end either.</summary>
    private const int HangsAfter = 180_000;

    [Fact(Timeout = HangsAfter)]
    public async Task Every_change_says_that_the_disk_is_full_and_works_again_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync("16m");
        var state = Directory.CreateDirectory(Path.Combine(disk.Path, "state")).FullName;
        var log = Path.Combine(disk.Path, "log");
        await using var host = await CloudHost.StartAsync(
            new CloudOptions
            {
                Address = IPAddress.Loopback,
                Port = 0,
                StateDirectory = state,
                Postgres = [],
                Failed = failure => File.AppendAllText(log, failure.ToString()), // it lies on the same disk, as the log of `up -d` does
            },
            cancellation: TestContext.Current.CancellationToken
        );
        await Boto.RunAsync(host.Endpoint, "state/make_a_function.py");

        var filling = disk.Fill();
        await Boto.RunAsync(host.Endpoint, "state/every_change_says_that_the_disk_is_full.py", state);

        using var http = new HttpClient();
        using var reset = await http.PostAsync(new Uri(host.Endpoint, "/_daybreak/reset"), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, reset.StatusCode);
        Assert.Equal(
            $$"""{"message":"{{state}}/state.db cannot be written: the disk is full."}""",
            await reset.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );

        File.Delete(filling);
        await Boto.RunAsync(host.Endpoint, "state/changes_work_when_there_is_room.py");
    }

    [Fact(Timeout = HangsAfter)]
    public async Task A_reset_that_cannot_be_written_leaves_everything_and_starts_again_what_it_ended()
    {
        await using var disk = await SmallDisk.MountAsync("16m");
        var state = Directory.CreateDirectory(Path.Combine(disk.Path, "state")).FullName;
        // Servers need room, since a restart writes files as well.
        var elsewhere = Directory.CreateTempSubdirectory("daybreak-room-").FullName;
        File.CreateSymbolicLink(Path.Combine(state, "rds"), elsewhere);
        var started = new SemaphoreSlim(0);
        var runtime = new ScriptedRuntime
        {
            Run = async (_, _, cancellation) =>
            {
                started.Release();
                await Task.Delay(Timeout.Infinite, cancellation);
                return ScriptedRuntime.Result(default);
            },
        };
        try
        {
            await using var host = await CloudHost.StartAsync(
                new CloudOptions
                {
                    Port = 0,
                    StateDirectory = state,
                    FunctionRuntime = runtime,
                    Failed = static _ => { },
                },
                cancellation: TestContext.Current.CancellationToken
            );
            await Boto.RunAsync(host.Endpoint, "state/make_a_kept_cluster.py");
            await Boto.RunAsync(host.Endpoint, "state/make_a_function_and_send_it_an_event.py");
            await started.WaitAsync(TestContext.Current.CancellationToken);

            var filling = disk.Fill();
            using (var http = new HttpClient())
            using (
                var reset = await http.PostAsync(new Uri(host.Endpoint, "/_daybreak/reset"), null, TestContext.Current.CancellationToken)
            )
                Assert.Equal(HttpStatusCode.InternalServerError, reset.StatusCode);
            File.Delete(filling);

            Assert.True(
                await started.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken),
                "the event that it ended is lost"
            );
            await Boto.RunAsync(host.Endpoint, "state/a_reset_that_cannot_be_written_leaves_everything.py");
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }
}
