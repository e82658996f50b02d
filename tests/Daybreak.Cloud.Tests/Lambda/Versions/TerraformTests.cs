using System.Net;

namespace Daybreak.Cloud.Tests.Lambda.Versions;

/// <summary>The real Terraform with its AWS provider.</summary>
[Trait("Pace", "slow")]
public sealed class TerraformTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Function_alias_permission_and_settings_of_events_are_applied_without_drift_and_destroyed()
    {
        File.Copy(Boto.Program("lambda/versions/versions.tf"), Path.Combine(_directory, "versions.tf"));
        await PackAsync("1");
        await using var terraform = new Terraform(
            _directory,
            new Dictionary<string, string>
            {
                ["endpoint"] = cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority),
                ["package"] = Path.Combine(_directory, "f.zip"),
            }
        );
        await terraform.InitializeAsync();

        await terraform.RunAsync("apply", "-auto-approve");
        Assert.Equal("1", await terraform.RunAsync("output", "-raw", "version"));
        await terraform.RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        Assert.Equal("1", (await cloud.InvokeAsync("terraform-function:live", "{}")).Headers["X-Amz-Executed-Version"]);

        // New code is a new version, which the alias follows, with a part for the old one.
        await PackAsync("2");
        await terraform.RunAsync("apply", "-auto-approve", "-var=weight=0.25");
        Assert.Equal("2", await terraform.RunAsync("output", "-raw", "version"));
        await terraform.RunAsync("plan", "-detailed-exitcode", "-var=weight=0.25");
        var alias = (await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/terraform-function/aliases/live")).Json;
        Assert.Equal("""{"AdditionalVersionWeights":{"1":0.25}}""", alias["RoutingConfig"]!.ToJsonString());
        var events = await cloud.SendAsync(HttpMethod.Get, "/2019-09-25/functions/terraform-function/event-invoke-config?Qualifier=live");
        Assert.Equal((3600, 1), ((int)events.Json["MaximumEventAgeInSeconds"]!, (int)events.Json["MaximumRetryAttempts"]!));

        // Provisioned concurrency comes, which Terraform waits for, and goes with the rest.
        await terraform.RunAsync("apply", "-auto-approve", "-var=provisioned=2");
        await terraform.RunAsync("plan", "-detailed-exitcode", "-var=provisioned=2");
        var configs = await cloud.SendAsync(HttpMethod.Get, "/2019-09-30/functions/terraform-function/provisioned-concurrency?List=ALL");
        var config = configs.Json["ProvisionedConcurrencyConfigs"]!.AsArray().Single()!;
        Assert.Equal((2, "READY"), ((int)config["RequestedProvisionedConcurrentExecutions"]!, (string?)config["Status"]));

        await terraform.RunAsync("destroy", "-auto-approve");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/terraform-function")).Status
        );
    }

    private Task PackAsync(string mark) =>
        File.WriteAllBytesAsync(
            Path.Combine(_directory, "f.zip"),
            Zip.Of("f.py", $"def handler(event, context): return {mark}"),
            TestContext.Current.CancellationToken
        );
}
