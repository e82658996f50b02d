using System.Net;

namespace Daybreak.Cloud.Tests.S3;

/// <summary>The real Terraform with its AWS provider.</summary>
[Trait("Pace", "slow")]
public sealed class TerraformTests(Lambda.LambdaCloud cloud) : IClassFixture<Lambda.LambdaCloud>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_bucket_with_its_settings_objects_and_notifications_is_applied_without_drift_and_destroyed()
    {
        File.Copy(Boto.Program("s3/s3.tf"), Path.Combine(_directory, "s3.tf"));
        await File.WriteAllBytesAsync(Path.Combine(_directory, "f.zip"), Lambda.LambdaCloud.Code, TestContext.Current.CancellationToken);
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
        await terraform.RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        await terraform.RunAsync("apply", "-auto-approve", "-var=days=60");
        await terraform.RunAsync("plan", "-detailed-exitcode", "-var=days=60");
        // The second content of the object has come by its notification.
        var seen = await cloud.SendAsync(
            HttpMethod.Get,
            "/_daybreak/invocations?function=terraform-bucket-function&contains=hello.txt&wait=60"
        );
        Assert.Contains("ObjectCreated:Put", seen.Text, StringComparison.Ordinal);
        await terraform.RunAsync("destroy", "-auto-approve", "-var=days=60");
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await cloud.SendAsync(HttpMethod.Get, $"{Lambda.LambdaCloud.Functions}/terraform-bucket-function")).Status
        );
    }
}
