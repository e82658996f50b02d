using System.Collections.Concurrent;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Rds.Running;

/// <summary><c>POST /_daybreak/reset</c> in the midst of what databases are going through.</summary>
[Trait("Pace", "slow")]
public sealed class ResetTests
{
    [Fact]
    public async Task A_reset_succeeds_whatever_clusters_and_instances_are_going_through()
    {
        var failures = new ConcurrentBag<Exception>();
        await using var host = await CloudHost.StartAsync(
            new CloudOptions { Port = 0, Failed = failures.Add },
            cancellation: TestContext.Current.CancellationToken
        );
        await Boto.RunAsync(host.Endpoint, "rds/running/a_reset_succeeds_whatever_clusters_and_instances_are_going_through.py");
        Assert.Empty(failures);
    }

    [Fact]
    public async Task Requests_that_come_during_a_reset_are_answered_after_it()
    {
        var failures = new ConcurrentBag<Exception>();
        await using var host = await CloudHost.StartAsync(
            new CloudOptions { Port = 0, Failed = failures.Add },
            cancellation: TestContext.Current.CancellationToken
        );
        await Boto.RunAsync(host.Endpoint, "rds/running/requests_that_come_during_a_reset_are_answered_after_it.py");
        Assert.Empty(failures);
    }
}
