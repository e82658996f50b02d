using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.Lambda.Provisioning;

/// <summary>What is kept when the local AWS ends, and started again by the next one.</summary>
[Trait("Pace", "slow")]
public sealed class RestartTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Environments_are_warm_again_before_a_call_and_settings_and_urls_are_as_they_were()
    {
        var provisioned = "/2019-09-30/functions/f/provisioned-concurrency?Qualifier=1";
        string url;
        await using (var first = new Kept(_directory))
        {
            await first.InitializeAsync();
            await first.CreateAsync(
                "f",
                static request =>
                {
                    request["Publish"] = true;
                    request["Code"] = new JsonObject
                    {
                        ["ZipFile"] = Convert.ToBase64String(
                            Zip.Of("f.py", "import os\ndef handler(e, c): return os.environ['AWS_LAMBDA_INITIALIZATION_TYPE']")
                        ),
                    };
                }
            );
            await first.SendAsync(HttpMethod.Put, provisioned, new JsonObject { ["ProvisionedConcurrentExecutions"] = 2 });
            var management = new JsonObject { ["UpdateRuntimeOn"] = "FunctionUpdate" };
            await first.SendAsync(HttpMethod.Put, "/2021-07-20/functions/f/runtime-management-config", management);
            url = IdOf(
                (await first.SendAsync(HttpMethod.Post, "/2021-10-31/functions/f/url", new JsonObject { ["AuthType"] = "NONE" })).Json
            );
        }

        await using var second = await CloudHost.StartAsync(OptionsOf(_directory));
        using var http = new HttpClient(new SigningHandler()) { BaseAddress = second.Endpoint };
        http.DefaultRequestHeaders.Authorization = LambdaCloud.Signed();
        while ((string?)(await GetAsync(http, provisioned))["Status"] != "READY")
            await Task.Delay(20, TestContext.Current.CancellationToken);

        using var answer = await http.PostAsync(
            $"{LambdaCloud.Functions}/f:1/invocations",
            JsonContent.Create(1),
            TestContext.Current.CancellationToken
        );
        Assert.Equal("\"provisioned-concurrency\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var kept = await GetAsync(http, "/2021-07-20/functions/f/runtime-management-config");
        Assert.Equal("FunctionUpdate", (string?)kept["UpdateRuntimeOn"]);
        Assert.Equal(url, IdOf(await GetAsync(http, "/2021-10-31/functions/f/url")));
    }

    private static CloudOptions OptionsOf(string directory) =>
        new()
        {
            Port = 0,
            StateDirectory = directory,
            Postgres = [],
        };

    private static async Task<JsonNode> GetAsync(HttpClient http, string path) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken))!;

    private static string IdOf(JsonNode config) => new Uri((string)config["FunctionUrl"]!).Host.Split('.')[0];

    private sealed class Kept(string directory) : LambdaCloud
    {
        protected override CloudOptions Options => OptionsOf(directory);
    }
}
