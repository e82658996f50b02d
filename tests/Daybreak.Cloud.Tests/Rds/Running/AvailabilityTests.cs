using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Tests.Rds.Running;

/// <summary>A database that the API shows as available can be used.</summary>
[Trait("Pace", "slow")]
public sealed class AvailabilityTests
{
    [Fact]
    public async Task After_a_start_on_kept_state_nothing_is_available_before_it_answers()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-available-").FullName;
        try
        {
            File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
            await using (var first = await StartAsync(directory))
            {
                await Boto.RunAsync(first.Endpoint, "rds/running/make_kept_cluster_and_instance.py");
            }
            // An orderly end leaves the same state as kill -9. No server starts before the first request.
            var gate = Path.Combine(directory, "gate");
            await using var second = await CloudHost.StartAsync(
                new CloudOptions
                {
                    Port = 0,
                    StateDirectory = directory,
                    Postgres = [Behind(gate, PostgresInstallation.OfSystem()[0])],
                },
                cancellation: TestContext.Current.CancellationToken
            );
            try
            {
                await Boto.RunAsync(
                    second.Endpoint,
                    "rds/running/after_a_start_on_kept_state_nothing_is_available_before_it_answers.py",
                    gate
                );
            }
            finally
            {
                await File.WriteAllTextAsync(Path.Combine(gate, "open"), ""); // else its servers neither start nor end
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task An_instance_whose_server_died_is_not_available_while_its_cluster_does_something_else()
    {
        await using var host = await StartAsync(null);
        await Boto.RunAsync(
            host.Endpoint,
            "rds/running/an_instance_whose_server_died_is_not_available_while_its_cluster_does_something_else.py"
        );
    }

    [Fact]
    public async Task During_a_failover_members_that_restart_are_not_available()
    {
        await using var host = await StartAsync(null);
        await Boto.RunAsync(host.Endpoint, "rds/running/during_a_failover_members_that_restart_are_not_available.py");
    }

    /// <summary>The same PostgreSQL, whose servers start when there is a file <c>open</c> in <paramref name="directory"/>.</summary>
    private static PostgresInstallation Behind(string directory, PostgresInstallation installation)
    {
        var (real, version) = (installation.BinDirectory, Path.GetFileName(Path.GetDirectoryName(installation.BinDirectory))!);
        var bin = Directory.CreateDirectory(Path.Combine(directory, "lib/postgresql", version, "bin")).FullName;
        foreach (var program in Directory.EnumerateFiles(real).Where(program => Path.GetFileName(program) != "postgres"))
            File.CreateSymbolicLink(Path.Combine(bin, Path.GetFileName(program)), program);
        var server = Path.Combine(bin, "postgres");
        File.WriteAllText(
            server,
            $"#!/bin/sh\ncase $* in *config_file=*) while [ ! -e '{directory}/open' ]; do sleep 0.05; done ;; esac\nexec {real}/postgres \"$@\"\n"
        );
        File.SetUnixFileMode(server, (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(Path.Combine(bin, "../lib"), installation.LibraryDirectory);
        Directory.CreateDirectory(Path.Combine(directory, "share/postgresql"));
        File.CreateSymbolicLink(
            Path.Combine(directory, "share/postgresql", version),
            Path.GetDirectoryName(installation.ExtensionDirectory)!
        );
        return installation with { BinDirectory = bin };
    }

    private static Task<CloudHost> StartAsync(string? directory) =>
        CloudHost.StartAsync(
            new CloudOptions { Port = 0, StateDirectory = directory },
            cancellation: TestContext.Current.CancellationToken
        );
}
