using System.Net;
using Shell = Daybreak.Tests.Shared.Program;

namespace Daybreak.Cloud.Tests.Lambda.Versions;

/// <summary>The real Terraform with its AWS provider.</summary>
[Trait("Pace", "slow")]
public sealed class TerraformTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Function_alias_and_permission_are_applied_without_drift_and_destroyed()
    {
        File.Copy(Boto.Program("lambda/versions/versions.tf"), Path.Combine(_directory, "versions.tf"));
        await PackAsync("1");
        await InitializeAsync();

        await RunAsync("apply", "-auto-approve");
        Assert.Equal("1", await RunAsync("output", "-raw", "version"));
        await RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        Assert.Equal("1", (await cloud.InvokeAsync("terraform-function:live", "{}")).Headers["X-Amz-Executed-Version"]);

        // New code is a new version, which the alias follows, with a part for the old one.
        await PackAsync("2");
        await RunAsync("apply", "-auto-approve", "-var=weight=0.25");
        Assert.Equal("2", await RunAsync("output", "-raw", "version"));
        await RunAsync("plan", "-detailed-exitcode", "-var=weight=0.25");
        var alias = (await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/terraform-function/aliases/live")).Json;
        Assert.Equal("""{"AdditionalVersionWeights":{"1":0.25}}""", alias["RoutingConfig"]!.ToJsonString());

        await RunAsync("destroy", "-auto-approve");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/terraform-function")).Status
        );
    }

    /// <summary>Gets the provider as Terraform is configured on this machine.</summary>
    private async Task InitializeAsync()
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(static path => File.Exists(Path.Combine(path, "terraform"))))
            Assert.Skip("There is no terraform in the PATH.");
        var initialized = await StartAsync("init", "-no-color", "-input=false");
        if (initialized.ExitCode != 0)
            Assert.Skip($"terraform init finds no AWS provider: {initialized.Error}");
    }

    private Task PackAsync(string mark) =>
        File.WriteAllBytesAsync(
            Path.Combine(_directory, "f.zip"),
            Zip.Of("f.py", $"def handler(event, context): return {mark}"),
            TestContext.Current.CancellationToken
        );

    private async Task<string> RunAsync(string command, params string[] options) =>
        (await StartAsync(command, ["-no-color", .. options])).Expect(0).Output;

    private Task<Shell.Finished> StartAsync(string command, params string[] options) =>
        Shell.RunAsync(
            new Shell.Start("terraform")
            {
                Arguments = [command, .. options],
                Directory = _directory,
                Environment = new Dictionary<string, string>
                {
                    ["TF_VAR_endpoint"] = cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority),
                    ["TF_VAR_package"] = Path.Combine(_directory, "f.zip"),
                    ["TF_IN_AUTOMATION"] = "1",
                    ["CHECKPOINT_DISABLE"] = "1",
                },
            }
        );
}
