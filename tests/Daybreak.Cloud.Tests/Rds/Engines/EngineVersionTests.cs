using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Postgres;
using Daybreak.Cloud.Rds.Engines;

namespace Daybreak.Cloud.Tests.Rds.Engines;

/// <summary>
/// Versions that this machine lacks are refused with a list of the others, or accepted with <c>up --any-engine-version</c>.
/// </summary>
[Trait("Pace", "slow")]
public sealed class EngineVersionTests
{
    private const string Offered = "15.10, 15.12, 15.13, 15.14, 15.15, 15.16, 15.17, 15.20";

    [Theory]
    [InlineData("15.8", $"Of PostgreSQL 15 there are here: {Offered}. up --any-engine-version takes every version, and runs 15.20.")]
    [InlineData(
        "17.4",
        "This machine has PostgreSQL 15. For another major, on Debian or Ubuntu: apt-get install postgresql-17 postgresql-server-dev-17; "
            + "or up --any-engine-version runs PostgreSQL 15 and shows 17.4."
    )]
    [InlineData("99.1", $"This machine has PostgreSQL 15. There are here: {Offered}.")]
    public void A_refusal_says_what_is_here(string asked, string expected)
    {
        var versions = new EngineVersions([new PostgresVersion(15, 20)], any: false);

        Assert.Null(versions.Choose(asked));
        Assert.Equal(expected, versions.InsteadOf(asked));
    }

    [Theory]
    [InlineData("15.8", "15.8", 15)]
    [InlineData("15", "15.20", 15)]
    [InlineData("17", "17.9", 18)]
    [InlineData("14.5", "14.5", 15)] // of two that are as near, the newer
    [InlineData("16.1", "16.1", 15)]
    [InlineData("12.10", "12.10", 13)]
    [InlineData("99.1", null, 18)]
    [InlineData("015.8", null, 15)]
    public void Any_version_of_a_known_major_is_taken_and_the_nearest_runs(string asked, string? shown, int runs)
    {
        PostgresVersion[] installed = [new(13, 9), new(15, 20), new(16, 4), new(18, 1)];
        var versions = new EngineVersions([.. installed.Where(version => version.Major != 16)], any: true);

        Assert.Equal(shown, versions.Choose(asked)?.Text);
        if (shown is not null)
            Assert.Equal(
                runs,
                EngineVersions.Nearest(
                    installed.Where(version => version.Major != 16).Select(version => version.Major),
                    int.Parse(asked.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture)
                )
            );
    }

    [Fact]
    public async Task A_cluster_and_an_instance_of_majors_that_are_not_installed_run_and_say_on_what()
    {
        await using var cloud = await CloudHost.StartAsync(new CloudOptions { Port = 0, TakesAnyEngineVersion = true });
        await Boto.RunAsync(
            cloud.Endpoint,
            "rds/engines/a_cluster_and_an_instance_of_majors_that_are_not_installed_run_and_say_on_what.py"
        );
    }
}
