namespace Daybreak.Cloud.Tests.Lambda.Vpcs;

/// <summary>VpcConfig of functions and their network interfaces, from boto3.</summary>
[Trait("Pace", "slow")]
public sealed class VpcConfigTests : IAsyncLifetime
{
    private readonly LambdaCloud _cloud = new();

    public ValueTask InitializeAsync() => _cloud.InitializeAsync();

    public ValueTask DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public Task A_place_in_a_VPC_is_checked_shown_and_kept_by_versions() =>
        Boto.RunAsync(_cloud.Host.Endpoint, "lambda/vpcs/a_place_in_a_vpc_is_checked_shown_and_kept_by_versions.py");

    [Fact]
    public Task Interfaces_are_shared_and_go_with_the_last_function() =>
        Boto.RunAsync(_cloud.Host.Endpoint, "lambda/vpcs/interfaces_are_shared_and_go_with_the_last_function.py");

    [Fact]
    public Task An_explanation_names_what_is_missing_and_its_commands_mend_it() =>
        Boto.RunAsync(_cloud.Host.Endpoint, "lambda/vpcs/an_explanation_names_what_is_missing_and_its_commands_mend_it.py");
}
