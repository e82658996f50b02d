using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Versions;

/// <summary>Versions and aliases from boto3.</summary>
[Trait("Pace", "slow")]
public sealed class VersionTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const string Functions = LambdaCloud.Functions;

    [Fact]
    public Task A_version_keeps_what_it_was_published_with() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/versions/a_version_keeps_what_it_was_published_with.py");

    [Fact]
    public Task An_alias_means_a_version_until_it_is_moved() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/versions/an_alias_means_a_version_until_it_is_moved.py");

    [Fact]
    public async Task A_call_runs_the_version_that_is_meant_and_the_function_learns_how_it_was_called()
    {
        var name = await cloud.CreateAsync(change: request => request["Publish"] = true);
        await cloud.SendAsync(HttpMethod.Put, $"{Functions}/{name}/configuration", new JsonObject { ["Timeout"] = 9 });
        var alias = new JsonObject { ["Name"] = "live", ["FunctionVersion"] = "1" };
        await cloud.SendAsync(HttpMethod.Post, $"{Functions}/{name}/aliases", alias);
        foreach (
            var (qualifier, version, timeout) in new[] { ("", "$LATEST", 9), (":$LATEST", "$LATEST", 9), (":1", "1", 3), (":live", "1", 3) }
        )
        {
            var answer = await cloud.InvokeAsync(name + qualifier, "7");
            Assert.Equal((HttpStatusCode.OK, version), (answer.Status, answer.Headers["X-Amz-Executed-Version"]));
            var (function, invocation) = cloud.Runtime.Calls.Last(call => call.Function.FunctionName == name);
            Assert.Equal((version, timeout), (function.Version, (int)function.Timeout.TotalSeconds));
            Assert.Equal($"arn:aws:lambda:us-east-1:444455556666:function:{name}{qualifier}", invocation.InvokedFunctionArn);
        }
    }

    [Fact]
    public async Task A_publication_leaves_the_environments_of_LATEST_and_a_change_those_of_versions()
    {
        var name = await cloud.CreateAsync(change: request => request["Publish"] = true);
        await cloud.InvokeAsync(name, "1");
        await cloud.InvokeAsync(name + ":1", "1");
        await cloud.SendAsync(HttpMethod.Put, $"{Functions}/{name}/configuration", new JsonObject { ["Timeout"] = 9 });
        await cloud.InvokeAsync(name, "2");
        await cloud.SendAsync(HttpMethod.Post, $"{Functions}/{name}/versions", new JsonObject());
        await cloud.InvokeAsync(name, "3");
        await cloud.InvokeAsync(name + ":1", "3");

        var revisions = cloud
            .Runtime.Calls.Where(call => call.Function.FunctionName == name)
            .Select(call => (call.Function.Version, call.Function.RevisionId))
            .ToArray();

        Assert.NotEqual(revisions[0], revisions[2]); // changed
        Assert.Equal(revisions[2], revisions[3]); // published
        Assert.Equal(revisions[1], revisions[4]); // the version
    }

    [Fact]
    public async Task Weights_share_calls_between_two_versions()
    {
        const int Calls = 1000;
        var name = await cloud.CreateAsync(change: request => request["Publish"] = true);
        await cloud.SendAsync(HttpMethod.Put, $"{Functions}/{name}/configuration", new JsonObject { ["Timeout"] = 9 });
        await cloud.SendAsync(HttpMethod.Post, $"{Functions}/{name}/versions", new JsonObject());
        var alias = new JsonObject
        {
            ["Name"] = "live",
            ["FunctionVersion"] = "1",
            ["RoutingConfig"] = new JsonObject { ["AdditionalVersionWeights"] = new JsonObject { ["2"] = 0.3 } },
        };
        await cloud.SendAsync(HttpMethod.Post, $"{Functions}/{name}/aliases", alias);
        var second = 0;
        for (var call = 0; call < Calls; call++)
            second += (await cloud.InvokeAsync(name + ":live", "1")).Headers["X-Amz-Executed-Version"] == "2" ? 1 : 0;

        // Five standard deviations: one run in two million fails by chance.
        Assert.InRange(second, (0.3 * Calls) - (5 * Math.Sqrt(Calls * 0.3 * 0.7)), (0.3 * Calls) + (5 * Math.Sqrt(Calls * 0.3 * 0.7)));
        Assert.All(
            cloud.Runtime.Calls.Where(call => call.Function.FunctionName == name),
            call => Assert.EndsWith($":{name}:live", call.Invocation.InvokedFunctionArn, StringComparison.Ordinal)
        );
    }
}
