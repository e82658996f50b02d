namespace Daybreak.Cloud.Tests.Lambda.Layers;

/// <summary>Layers from boto3 and from Terraform.</summary>
[Trait("Pace", "slow")]
public sealed class LayerTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    [Fact]
    public Task A_layer_has_versions_and_functions_keep_theirs() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/layers/a_layer_has_versions_and_functions_keep_theirs.py");

    [Fact]
    public Task A_layers_policy_lets_other_accounts_in() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/layers/a_layers_policy_lets_other_accounts_in.py");
}
