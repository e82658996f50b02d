using System.Net;
using Daybreak.Cloud.Tests.Ec2;

namespace Daybreak.Cloud.Tests.Lambda.Vpcs;

/// <summary>The real Terraform with its AWS provider.</summary>
[Trait("Pace", "slow")]
public sealed class TerraformTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_function_in_a_VPC_is_applied_without_drift_moved_and_destroyed()
    {
        File.Copy(Boto.Program("lambda/vpcs/vpc.tf"), Path.Combine(_directory, "vpc.tf"));
        var package = Path.Combine(_directory, "f.zip");
        await File.WriteAllBytesAsync(package, LambdaCloud.Code, TestContext.Current.CancellationToken);
        var variables = new Dictionary<string, string>
        {
            ["endpoint"] = cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority),
            ["package"] = package,
            ["subnets"] = "2",
        };
        await using var terraform = new Terraform(_directory, variables);
        await terraform.InitializeAsync();

        await terraform.RunAsync("apply", "-auto-approve");
        await terraform.RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        Assert.Equal(await terraform.RunAsync("output", "-raw", "network"), await terraform.RunAsync("output", "-raw", "vpc"));
        Assert.Equal(2, await InterfacesAsync());

        variables["subnets"] = "1";
        await terraform.RunAsync("apply", "-auto-approve");
        await terraform.RunAsync("plan", "-detailed-exitcode");
        Assert.Equal(1, await InterfacesAsync());

        await terraform.RunAsync("destroy", "-auto-approve");
        Assert.Equal(0, await InterfacesAsync());
        var left = await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/terraform-in-vpc");
        Assert.Equal(HttpStatusCode.NotFound, left.Status);
    }

    private async Task<int> InterfacesAsync()
    {
        using var ec2 = new Ec2Wire(cloud.Host.Endpoint);
        var found = await ec2.SendAsync("DescribeNetworkInterfaces", "Filter.1.Name=interface-type&Filter.1.Value.1=lambda");
        return found.Root.Descendants().Count(static element => element.Name.LocalName == "networkInterfaceId");
    }
}
