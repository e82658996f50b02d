namespace Daybreak.Cloud.Tests.Rds.Engines;

[Trait("Pace", "slow")]
public sealed class EngineTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task What_is_installed_is_offered_with_its_instance_classes() =>
        Boto.RunAsync(cloud.Endpoint, "rds/engines/what_is_installed_is_offered_with_its_instance_classes.py");
}
