using System.Diagnostics;
using System.Globalization;

namespace Daybreak.Cloud.Tests.Lambda.Events;

/// <summary>Queues of events in a process that is killed again and again.</summary>
[Trait("Pace", "slow")]
public sealed class KilledQueueTests : IDisposable
{
    private const int Queues = 4; // of a process, whose start costs more than its life
    private const int Kills = 50;

    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task No_accepted_event_is_lost_and_none_runs_after_its_record()
    {
        var random = new Random(33);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start("queue");
            Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            // The kill comes at any moment: while it starts on what is left, accepts, runs or writes. Every second process accepts an event
            // in one of its queues before, however slow this machine is.
            if (kill % 2 == 1)
                await AcceptedAnotherAsync(kill / 2 % Queues);
            await Task.Delay(random.Next(0, 25), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        using (var last = Start("drain"))
        {
            await last.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, last.ExitCode);
        }

        for (var queue = 0; queue < Queues; queue++)
        {
            var (accepted, ran, recorded) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
            foreach (var line in await File.ReadAllLinesAsync(LinesOf(queue), TestContext.Current.CancellationToken))
            {
                if (line.Split(' ') is not [var what, { Length: 36 } id])
                    continue; // the last one of a process that was killed
                switch (what)
                {
                    case "accepted":
                        accepted.Add(id);
                        break;
                    case "run":
                        Assert.DoesNotContain(id, recorded);
                        ran.Add(id);
                        break;
                    case "record":
                        Assert.Contains(id, ran);
                        recorded.Add(id);
                        break;
                }
            }
            Assert.True(accepted.Count >= Kills / 2 / Queues, $"only {accepted.Count} events were accepted");
            Assert.Empty(accepted.Except(ran));
            Assert.NotEmpty(recorded);
        }
    }

    private string LinesOf(int queue) => Path.Combine(_directory, $"{queue}", "lines");

    private async Task AcceptedAnotherAsync(int queue)
    {
        await using var lines = new FileStream(LinesOf(queue), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        lines.Seek(0, SeekOrigin.End);
        using var reader = new StreamReader(lines);
        var seen = "";
        while (!seen.Contains("accepted ", StringComparison.Ordinal))
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
            seen += await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
    }

    private Process Start(string mode) =>
        Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Daybreak.Cloud.TestHost"))
            {
                ArgumentList = { _directory, Queues.ToString(CultureInfo.InvariantCulture), mode },
                RedirectStandardOutput = true,
            }
        )!;
}
