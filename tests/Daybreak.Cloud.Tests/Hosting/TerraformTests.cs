using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Tests.Ec2;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.Hosting;

/// <summary>
/// The real Terraform with its AWS provider. One configuration has what it asks of all services: what each of its commands takes by itself is
/// more than what the resources take.
/// </summary>
[Trait("Pace", "slow")]
public sealed class TerraformTests(RealFunctions cloud) : IClassFixture<RealFunctions>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Resources_of_all_services_are_applied_without_drift_changed_and_destroyed()
    {
        foreach (var file in Directory.EnumerateFiles(Boto.Program("terraform")))
            File.Copy(file, Path.Combine(_directory, Path.GetFileName(file)));
        await File.WriteAllBytesAsync(Path.Combine(_directory, "f.zip"), LambdaCloud.Code, TestContext.Current.CancellationToken);
        await WriteAsync("layered.zip", "f.py", "import mark\ndef handler(event, context): return mark.TEXT");
        await WriteAsync("layer.zip", "python/mark.py", "TEXT = 'one'");
        await WriteAsync("versioned.zip", "f.py", "def handler(event, context): return 1");
        var variables = new Dictionary<string, string>
        {
            ["endpoint"] = cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority),
            ["step"] = "1",
        };
        await using var terraform = new Terraform(_directory, variables);
        await terraform.InitializeAsync();

        var outputs = await ApplyAsync(terraform);
        Assert.Equal("app_admin", Output(outputs, "user"));
        Assert.Equal("1", Output(outputs, "version"));
        Assert.Equal("1", (await cloud.InvokeAsync("terraform-function:live", "{}")).Headers["X-Amz-Executed-Version"]);
        Assert.Equal("\"one\"", (await cloud.InvokeAsync("terraform-with-layer", "{}")).Text);
        var networks = outputs["networks"]!["value"]!.AsArray();
        Assert.Equal((string?)networks[0], (string?)networks[1]);
        Assert.Equal(2, await InterfacesAsync());
        Assert.Equal((2, 1, 1), (Count("ssm", "parameters"), Count("rds", "clusters"), Count("secretsmanager", "secrets")));
        Assert.Contains("/terraform/app", await LogGroupsAsync(), StringComparison.Ordinal);

        // A layer's new content is a new version, which replaces the old one. A function's new code is a new version, which the alias
        // follows, with a part for the old one.
        await WriteAsync("layer.zip", "python/mark.py", "TEXT = 'two'");
        await WriteAsync("versioned.zip", "f.py", "def handler(event, context): return 2");
        variables["step"] = "2";
        outputs = await ApplyAsync(terraform);
        Assert.EndsWith(":layer:terraform-layer:2", Output(outputs, "layer"), StringComparison.Ordinal);
        Assert.Equal("\"two\"", (await cloud.InvokeAsync("terraform-with-layer", "{}")).Text);
        Assert.Equal("2", Output(outputs, "version"));
        var alias = (await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/terraform-function/aliases/live")).Json;
        Assert.Equal("""{"AdditionalVersionWeights":{"1":0.25}}""", alias["RoutingConfig"]!.ToJsonString());
        var events = await cloud.SendAsync(HttpMethod.Get, "/2019-09-25/functions/terraform-function/event-invoke-config?Qualifier=live");
        Assert.Equal((3600, 1), ((int)events.Json["MaximumEventAgeInSeconds"]!, (int)events.Json["MaximumRetryAttempts"]!));
        Assert.Equal(1, await InterfacesAsync());
        // The second content of the object has come by its notification.
        var seen = await cloud.SendAsync(
            HttpMethod.Get,
            "/_daybreak/invocations?function=terraform-bucket-function&contains=hello.txt&wait=60"
        );
        Assert.Contains("ObjectCreated:Put", seen.Text, StringComparison.Ordinal);

        // Provisioned concurrency comes, which Terraform waits for, and goes with the rest.
        variables["step"] = "3";
        await ApplyAsync(terraform);
        var configs = await cloud.SendAsync(HttpMethod.Get, "/2019-09-30/functions/terraform-function/provisioned-concurrency?List=ALL");
        var config = configs.Json["ProvisionedConcurrencyConfigs"]!.AsArray().Single()!;
        Assert.Equal((2, "READY"), ((int)config["RequestedProvisionedConcurrentExecutions"]!, (string?)config["Status"]));

        await terraform.RunAsync("destroy", "-auto-approve");
        Assert.Equal((0, 0, 0), (Count("lambda", "functions"), Count("ssm", "parameters"), Count("s3", "buckets")));
        Assert.Equal((0, 0), (Count("rds", "clusters"), Count("secretsmanager", "secrets")));
        Assert.Equal(0, await InterfacesAsync());
        Assert.DoesNotContain("/terraform/app", await LogGroupsAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("terraform", await RolesAsync(), StringComparison.Ordinal);
        var left = await cloud.SendAsync(HttpMethod.Get, "/2018-10-31/layers");
        Assert.Equal((HttpStatusCode.OK, """{"Layers":[]}"""), (left.Status, left.Text));
    }

    /// <summary>Applies the configuration, and expects that a second look finds no difference.</summary>
    /// <returns>Its outputs.</returns>
    private static async Task<JsonNode> ApplyAsync(Terraform terraform)
    {
        await terraform.RunAsync("apply", "-auto-approve");
        await terraform.RunAsync("plan", "-detailed-exitcode"); // 2 would be a difference
        return JsonNode.Parse(await terraform.RunAsync("output", "-json"))!;
    }

    private static string Output(JsonNode outputs, string name) => (string)outputs[name]!["value"]!;

    private int Count(string service, string kind) => cloud.Host.Services.Single(one => one.Name == service).Counts()[kind];

    private async Task<string> LogGroupsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.Authorization = LambdaCloud.Signed(service: "logs");
        request.Headers.Add("X-Amz-Target", "Logs_20140328.DescribeLogGroups");
        request.Content = new StringContent("{}", new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        using var response = await cloud.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> RolesAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        request.Headers.Authorization = LambdaCloud.Signed(service: "iam");
        request.Content = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["Action"] = "ListRoles", ["Version"] = "2010-05-08" }
        );
        using var response = await cloud.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<int> InterfacesAsync()
    {
        using var ec2 = new Ec2Wire(cloud.Host.Endpoint);
        var found = await ec2.SendAsync("DescribeNetworkInterfaces", "Filter.1.Name=interface-type&Filter.1.Value.1=lambda");
        return found.Root.Descendants().Count(static element => element.Name.LocalName == "networkInterfaceId");
    }

    private Task WriteAsync(string package, string file, string text) =>
        File.WriteAllBytesAsync(Path.Combine(_directory, package), Zip.Of(file, text), TestContext.Current.CancellationToken);
}
