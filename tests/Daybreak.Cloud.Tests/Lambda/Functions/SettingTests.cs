using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Functions;

/// <summary>Settings that are kept and shown, and what of them reaches the function.</summary>
[Trait("Pace", "slow")]
public sealed class SettingTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    [Fact]
    public Task Settings_are_kept_shown_and_published() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/versions/settings_are_kept_shown_and_published.py");

    // Debian's botocore knows neither of these.
    [Fact]
    public async Task Logging_recursion_and_runtime_management_are_kept()
    {
        var name = await cloud.CreateAsync(change: static request =>
            request["LoggingConfig"] = new JsonObject { ["LogFormat"] = "JSON", ["LogGroup"] = "own" }
        );
        var shown = (await cloud.SendAsync(HttpMethod.Get, $"{LambdaCloud.Functions}/{name}/configuration")).Json;
        Assert.Equal(
            """{"LogFormat":"JSON","ApplicationLogLevel":"INFO","SystemLogLevel":"INFO","LogGroup":"own"}""",
            shown["LoggingConfig"]!.ToJsonString()
        );

        var recursion = $"/2024-08-31/functions/{name}/recursion-config";
        Assert.Equal("""{"RecursiveLoop":"Terminate"}""", (await cloud.SendAsync(HttpMethod.Get, recursion)).Text);
        await cloud.SendAsync(HttpMethod.Put, recursion, new JsonObject { ["RecursiveLoop"] = "Allow" });
        Assert.Equal("""{"RecursiveLoop":"Allow"}""", (await cloud.SendAsync(HttpMethod.Get, recursion)).Text);
        var qualified = await cloud.SendAsync(HttpMethod.Get, $"/2024-08-31/functions/{name}:1/recursion-config");
        Assert.Equal((HttpStatusCode.BadRequest, "ValidationException"), (qualified.Status, qualified.Error));

        var management = $"/2021-07-20/functions/{name}/runtime-management-config";
        Assert.Equal("Auto", (string?)(await cloud.SendAsync(HttpMethod.Get, management)).Json["UpdateRuntimeOn"]);
        var incomplete = await cloud.SendAsync(HttpMethod.Put, management, new JsonObject { ["UpdateRuntimeOn"] = "Manual" });
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidParameterValueException"), (incomplete.Status, incomplete.Error));
        await cloud.SendAsync(HttpMethod.Put, management, new JsonObject { ["UpdateRuntimeOn"] = "FunctionUpdate" });
        Assert.Equal("FunctionUpdate", (string?)(await cloud.SendAsync(HttpMethod.Get, management)).Json["UpdateRuntimeOn"]);
    }

    [Theory]
    [InlineData("Active", null, ";Sampled=1")]
    [InlineData("PassThrough", null, ";Sampled=0")]
    [InlineData("Active", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0", ";Sampled=0")] // its caller has decided
    public async Task A_trace_that_begins_with_the_call_is_sampled_when_tracing_is_active(string mode, string? given, string end)
    {
        var name = await cloud.CreateAsync(change: request => request["TracingConfig"] = new JsonObject { ["Mode"] = mode });

        await (given is null ? cloud.InvokeAsync(name, "1") : cloud.InvokeAsync(name, "1", ("X-Amzn-Trace-Id", given)));

        var (_, invocation) = cloud.Runtime.Calls.Last(call => call.Function.FunctionName == name);
        Assert.EndsWith(end, invocation.TraceId!.Split(";Lineage=")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_logs_JSON_is_told_the_level()
    {
        var name = await cloud.CreateAsync(change: static request =>
            request["LoggingConfig"] = new JsonObject { ["LogFormat"] = "JSON", ["ApplicationLogLevel"] = "WARN" }
        );

        await cloud.InvokeAsync(name, "1");

        Assert.Equal("WARN", cloud.Runtime.Calls.Last(call => call.Function.FunctionName == name).Function.JsonLogLevel);
    }
}
