using System.Net;

namespace Daybreak.Cloud.Tests.Lambda.Layers;

/// <summary>The real Terraform with its AWS provider.</summary>
[Trait("Pace", "slow")]
public sealed class TerraformTests(RealFunctions cloud) : IClassFixture<RealFunctions>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_function_with_a_layer_is_applied_without_drift_and_destroyed()
    {
        File.Copy(Boto.Program("lambda/layers/layers.tf"), Path.Combine(_directory, "layers.tf"));
        await WriteAsync("f.zip", Zip.Of("f.py", "import mark\ndef handler(event, context): return mark.TEXT"));
        await WriteAsync("layer.zip", Zip.Of("python/mark.py", "TEXT = 'one'"));
        await using var terraform = new Terraform(
            _directory,
            new Dictionary<string, string>
            {
                ["endpoint"] = cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority),
                ["package"] = Path.Combine(_directory, "f.zip"),
                ["layer"] = Path.Combine(_directory, "layer.zip"),
            }
        );
        await terraform.InitializeAsync();

        await terraform.RunAsync("apply", "-auto-approve");
        await terraform.RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        Assert.Equal("\"one\"", (await cloud.InvokeAsync("terraform-with-layer", "{}")).Text);

        // A new content is a new version, which replaces the old one.
        await WriteAsync("layer.zip", Zip.Of("python/mark.py", "TEXT = 'two'"));
        await terraform.RunAsync("apply", "-auto-approve");
        Assert.EndsWith(":layer:terraform-layer:2", await terraform.RunAsync("output", "-raw", "layer"), StringComparison.Ordinal);
        await terraform.RunAsync("plan", "-detailed-exitcode");
        Assert.Equal("\"two\"", (await cloud.InvokeAsync("terraform-with-layer", "{}")).Text);

        await terraform.RunAsync("destroy", "-auto-approve");
        var left = await cloud.SendAsync(HttpMethod.Get, "/2018-10-31/layers");
        Assert.Equal((HttpStatusCode.OK, """{"Layers":[]}"""), (left.Status, left.Text));
    }

    private Task WriteAsync(string name, byte[] bytes) =>
        File.WriteAllBytesAsync(Path.Combine(_directory, name), bytes, TestContext.Current.CancellationToken);
}
