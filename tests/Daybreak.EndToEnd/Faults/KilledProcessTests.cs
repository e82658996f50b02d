using Daybreak.EndToEnd.CommandLine;
using Daybreak.EndToEnd.Stage;
using Npgsql;

namespace Daybreak.EndToEnd.Faults;

/// <summary>kill -9, at random moments, under load from 32 sessions: no wrong answer, no hang, no orphan, the next call works.</summary>
public sealed class KilledProcessTests
{
    private const int Kills = 3;
    private const int MostKills = 60; // a victim may have been idle, and then nobody notices
    private const string Echo = "def lambda_handler(event, context):\n    return event\n";

    [Fact]
    public Task Killed_bridge() => TryAsync((postgres, _) => Pick(postgres.Server.Id, "daybreak-bridge"), "LM903");

    /// <summary>
    /// The victim may be any process of the server, also the one whose end takes the bridge along before the server notices; but not
    /// the one that recovers from the kill before, for PostgreSQL shuts down when that one fails.
    /// </summary>
    [Fact]
    public Task Killed_backend() =>
        TryAsync(
            (postgres, _) => Pick(postgres.Server.Id, "postgres", id => IsTitled(id, "postgres: ") && !IsTitled(id, "postgres: startup")),
            Load.Broken,
            PostgresErrorCodes.CrashShutdown,
            PostgresErrorCodes.CannotConnectNow,
            "LM903"
        );

    [Fact]
    public Task Killed_function_process() => TryAsync((_, cloud) => Pick(cloud, "python3"), "LM100");

    [Fact]
    public async Task Killed_local_AWS()
    {
        var temporary = RunningProgram.CreateTemporaryDirectory();
        try
        {
            var port = FreePort.Find();
            var up = StartCloud(temporary, port);
            await up.WaitForAsync("Ctrl-C");
            await FunctionDeployment.CreateAsync(new Uri($"http://127.0.0.1:{port}"), "echo", Echo);
            await using var postgres = await PostgresStage.StartAsync(new Uri($"http://127.0.0.1:{port}"));
            await using var source = postgres.Connect(await postgres.CreateDatabaseAsync(), 32);
            using var load = await Load.StartAsync(source, "LM001", "LM010");
            for (var kill = 0; kill < Kills; kill++)
            {
                await RandomMomentAsync();
                var children = ProcessTree.Below(up.Id).Keys.ToList();
                up.Signal(Signal.Kill);
                await up.EndsAsync();
                await up.DisposeAsync();
                await ProcessTree.WaitForEndAsync(children, TimeSpan.FromSeconds(20));
                up = StartCloud(temporary, port);
                await up.WaitForAsync("Ctrl-C");
            }

            await load.SettleAsync();
            Assert.True(load.Failed > 0, "no call was ever interrupted: the test saw nothing");
            await up.DisposeAsync();
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static RunningProgram StartCloud(string temporary, int port) =>
        RunningProgram.Start(temporary, "up", "--port", $"{port}", "--state-dir", Path.Combine(temporary, "state"));

    private static async Task TryAsync(Func<PostgresStage, int, int?> victim, params string[] allowed)
    {
        var temporary = RunningProgram.CreateTemporaryDirectory();
        try
        {
            var port = FreePort.Find();
            await using var up = StartCloud(temporary, port);
            await up.WaitForAsync("Ctrl-C");
            await FunctionDeployment.CreateAsync(new Uri($"http://127.0.0.1:{port}"), "echo", Echo);
            List<int> servers;
            await using (var postgres = await PostgresStage.StartAsync(new Uri($"http://127.0.0.1:{port}")))
            {
                await using var source = postgres.Connect(await postgres.CreateDatabaseAsync(), 32);
                using var load = await Load.StartAsync(source, allowed);
                for (var kill = 0; kill < Kills || (load.Failed == 0 && kill < MostKills); kill++)
                {
                    await RandomMomentAsync();
                    if (victim(postgres, up.Id) is { } id)
                        Signal.Send(id, Signal.Kill);
                }

                await load.SettleAsync();
                Assert.True(load.Failed > 0, "no call was ever interrupted: the test saw nothing");
                servers = [.. ProcessTree.Below(postgres.Server.Id).Keys];
            }

            await ProcessTree.WaitForEndAsync(servers, TimeSpan.FromSeconds(20));
            var environments = ProcessTree.Below(up.Id).Keys.ToList();
            up.Signal(Signal.Terminate);
            Assert.Equal(0, await up.EndsAsync());
            await ProcessTree.WaitForEndAsync(environments, TimeSpan.FromSeconds(20));
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static int? Pick(int ancestor, string name, Func<int, bool>? condition = null)
    {
        var candidates = ProcessTree
            .Below(ancestor)
            .Where(process => process.Value.StartsWith(name, StringComparison.Ordinal))
            .Where(process => condition?.Invoke(process.Key) ?? true)
            .Select(process => process.Key)
            .ToList();
        return candidates.Count == 0 ? null : candidates[Random.Shared.Next(candidates.Count)];
    }

    // Until a process knows what it is, its title is the command line of the postmaster.
    private static bool IsTitled(int id, string start) => Title(id).StartsWith(start, StringComparison.Ordinal);

    private static string Title(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static Task RandomMomentAsync() => Task.Delay(Random.Shared.Next(100, 700), TestContext.Current.CancellationToken);
}
