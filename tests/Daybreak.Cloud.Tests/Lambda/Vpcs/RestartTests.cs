using System.Text.Json.Nodes;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Tests.Ec2;

namespace Daybreak.Cloud.Tests.Lambda.Vpcs;

/// <summary>Functions in VPCs and their interfaces are there again after a restart.</summary>
[Trait("Pace", "slow")]
public sealed class RestartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_place_and_the_interface_are_as_they_were_and_in_use()
    {
        string subnet,
            networkInterface,
            before;
        await using (var first = new Kept(_directory))
        {
            await first.InitializeAsync();
            using var ec2 = new Ec2Wire(first.Host.Endpoint);
            subnet = (await ec2.SendAsync("DescribeSubnets")).First("subnetId")!;
            var group = (await ec2.SendAsync("DescribeSecurityGroups")).First("groupId")!;
            await first.CreateAsync(
                "f",
                request =>
                    request["VpcConfig"] = new JsonObject
                    {
                        ["SubnetIds"] = new JsonArray(subnet),
                        ["SecurityGroupIds"] = new JsonArray(group),
                    }
            );
            before = (await first.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/f/configuration")).Json["VpcConfig"]!.ToJsonString();
            networkInterface = (await InterfaceAsync(ec2))!;
            Assert.StartsWith("eni-", networkInterface, StringComparison.Ordinal);
        }

        await using var second = await CloudHost.StartAsync(OptionsOf(_directory));
        using var http = new HttpClient(new SigningHandler()) { BaseAddress = second.Endpoint };
        http.DefaultRequestHeaders.Authorization = LambdaCloud.Signed();
        var text = await http.GetStringAsync($"{LambdaCloud.Functions}/f/configuration", TestContext.Current.CancellationToken);
        Assert.Equal(before, JsonNode.Parse(text)!["VpcConfig"]!.ToJsonString());
        using var again = new Ec2Wire(second.Endpoint);
        Assert.Equal(networkInterface, await InterfaceAsync(again));
        Assert.StartsWith(
            "DependencyViolation",
            (await again.SendAsync("DeleteSubnet", $"SubnetId={subnet}")).Refusal,
            StringComparison.Ordinal
        );

        using var deleted = await http.DeleteAsync($"{LambdaCloud.Functions}/f", TestContext.Current.CancellationToken);
        Assert.Null(await InterfaceAsync(again));
        Assert.Null((await again.SendAsync("DeleteSubnet", $"SubnetId={subnet}")).Refusal);
    }

    private static async Task<string?> InterfaceAsync(Ec2Wire ec2) =>
        (await ec2.SendAsync("DescribeNetworkInterfaces", "Filter.1.Name=interface-type&Filter.1.Value.1=lambda")).First(
            "networkInterfaceId"
        );

    private static CloudOptions OptionsOf(string directory) =>
        new()
        {
            Port = 0,
            StateDirectory = directory,
            EnforcesIam = false,
            Postgres = [],
            FunctionRuntime = new ScriptedRuntime(),
        };

    private sealed class Kept(string directory) : LambdaCloud
    {
        protected override CloudOptions Options => OptionsOf(directory);
    }
}
