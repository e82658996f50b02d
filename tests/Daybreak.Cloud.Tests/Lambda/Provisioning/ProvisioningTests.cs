using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Provisioning;

/// <summary>Environments that are kept ready, in real processes.</summary>
[Trait("Pace", "slow")]
public sealed class ProvisioningTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    private const string Functions = LambdaCloud.Functions;

    // Says how it was initialized, in which environment it runs, and how often that has run.
    private const string Source = """
        import os, socket, uuid
        ME, runs = str(uuid.uuid4()), 0
        def handler(event, context):
            global runs
            runs += 1
            if event == 'exit':
                os._exit(1)
            if event:
                socket.create_connection(('127.0.0.1', event)).recv(1)  # until the test says so
            return [os.environ['AWS_LAMBDA_INITIALIZATION_TYPE'], ME, runs, context.function_version]
        """;

    [Fact]
    public async Task Environments_are_warm_before_the_first_call_and_kept_whatever_becomes_of_them()
    {
        var name = await DeployAsync(Source);
        await ProvisionAsync($"{name}", "live", 2);
        await WhenAsync(name, "live", "READY");

        // Two at once: both in warm environments, also by the number of the version. A third one starts its own.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Task<JsonArray>[] calls = [CallAsync($"{name}:live", port), CallAsync($"{name}:1", port)];
        using (await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        using (await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
            Assert.Equal("on-demand", (string)(await CallAsync($"{name}:live", "0"))[0]!);
        var answers = await Task.WhenAll(calls);
        Assert.Equal(2, answers.Select(static answer => (string)answer[1]!).Distinct().Count());
        Assert.All(
            answers,
            static answer => Assert.Equal(("provisioned-concurrency", 1, "1"), ((string)answer[0]!, (int)answer[2]!, (string)answer[3]!))
        );
        Assert.Equal("on-demand", (string)(await CallAsync(name, "0"))[0]!);

        // One that dies is replaced.
        Assert.Equal("Unhandled", (await cloud.InvokeAsync($"{name}:live", "\"exit\"")).Headers["X-Amz-Function-Error"]);
        await WhenAsync(name, "live", "READY");
    }

    [Fact]
    public async Task One_that_dies_while_nobody_calls_is_replaced()
    {
        var name = await DeployAsync(
            """
            import os, threading
            def handler(event, context):
                if event is None:
                    threading.Timer(0.1, os._exit, [1]).start()
                return os.environ['AWS_LAMBDA_LOG_STREAM_NAME']
            """
        );
        await ProvisionAsync(name, "live", 1);
        await WhenAsync(name, "live", "READY");

        var before = (await cloud.InvokeAsync($"{name}:live", "null")).Text;
        await WhenAsync(name, "live", "IN_PROGRESS");
        await WhenAsync(name, "live", "READY");

        Assert.NotEqual(before, (await cloud.InvokeAsync($"{name}:live", "1")).Text);
    }

    [Fact]
    public async Task They_move_with_the_alias()
    {
        var name = await DeployAsync(Source);
        await cloud.SendAsync(HttpMethod.Put, $"{Functions}/{name}/configuration", new JsonObject { ["Timeout"] = 20 });
        await cloud.SendAsync(HttpMethod.Post, $"{Functions}/{name}/versions", new JsonObject());
        await ProvisionAsync(name, "live", 1);
        await WhenAsync(name, "live", "READY");

        await cloud.SendAsync(HttpMethod.Put, $"{Functions}/{name}/aliases/live", new JsonObject { ["FunctionVersion"] = "2" });
        await WhenAsync(name, "live", "READY");

        var answer = await CallAsync($"{name}:live", "0");
        Assert.Equal(("provisioned-concurrency", "2"), ((string)answer[0]!, (string)answer[3]!));
    }

    [Fact]
    public async Task An_init_that_fails_is_told_by_the_state()
    {
        var name = await DeployAsync("raise Exception('no')");
        await ProvisionAsync(name, "live", 1);

        var state = await WhenAsync(name, "live", "FAILED");

        Assert.Equal("FUNCTION_ERROR_INIT_FAILURE", (string?)state["StatusReason"]);
        Assert.Equal(0, (int)state["AvailableProvisionedConcurrentExecutions"]!);
    }

    private async Task<string> DeployAsync(string source)
    {
        var name = await cloud.CreateAsync(change: request =>
        {
            request["Timeout"] = 30;
            request["Publish"] = true;
            request["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Zip.Of("f.py", source)) };
        });
        var alias = new JsonObject { ["Name"] = "live", ["FunctionVersion"] = "1" };
        Assert.Equal(HttpStatusCode.Created, (await cloud.SendAsync(HttpMethod.Post, $"{Functions}/{name}/aliases", alias)).Status);
        return name;
    }

    private static string Path(string name, string qualifier) =>
        string.Create(CultureInfo.InvariantCulture, $"/2019-09-30/functions/{name}/provisioned-concurrency?Qualifier={qualifier}");

    private async Task ProvisionAsync(string name, string qualifier, int count)
    {
        var body = new JsonObject { ["ProvisionedConcurrentExecutions"] = count };
        var answer = await cloud.SendAsync(HttpMethod.Put, Path(name, qualifier), body);
        Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Text);
    }

    private async Task<JsonNode> WhenAsync(string name, string qualifier, string status)
    {
        while (true)
        {
            var state = (await cloud.SendAsync(HttpMethod.Get, Path(name, qualifier))).Json;
            if ((string?)state["Status"] == status)
                return state;
            Assert.NotEqual("FAILED", (string?)state["Status"]);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private async Task<JsonArray> CallAsync(string called, string payload)
    {
        var answer = await cloud.InvokeAsync(called, payload);
        Assert.True(answer.Status == HttpStatusCode.OK && !answer.Headers.ContainsKey("X-Amz-Function-Error"), answer.Text);
        return answer.Json.AsArray();
    }
}
