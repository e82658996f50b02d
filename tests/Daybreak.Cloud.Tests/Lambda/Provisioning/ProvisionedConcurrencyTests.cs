using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Provisioning;

/// <summary>Who may have environments kept, and whose concurrency they take.</summary>
[Trait("Pace", "slow")]
public sealed class ProvisionedConcurrencyTests(LambdaCloud cloud) : IClassFixture<LambdaCloud>
{
    private const string Functions = LambdaCloud.Functions;

    [Fact]
    public Task Provisioned_concurrency_is_of_a_version_or_of_an_alias() =>
        Boto.RunAsync(cloud.Host.Endpoint, "lambda/versions/provisioned_concurrency_is_of_a_version_or_of_an_alias.py");

    [Fact]
    public async Task What_is_provisioned_is_used_before_what_is_reserved_and_nothing_beyond()
    {
        var name = await cloud.CreateAsync(change: static request => request["Publish"] = true);
        await cloud.SendAsync(
            HttpMethod.Put,
            $"/2017-10-31/functions/{name}/concurrency",
            new JsonObject { ["ReservedConcurrentExecutions"] = 2 }
        );
        await cloud.SendAsync(
            HttpMethod.Put,
            $"/2019-09-30/functions/{name}/provisioned-concurrency?Qualifier=1",
            new JsonObject { ["ProvisionedConcurrentExecutions"] = 1 }
        );
        var started = new SemaphoreSlim(0);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cloud.Runtime.Run = async (_, invocation, _) =>
        {
            started.Release();
            await end.Task;
            return ScriptedRuntime.Result(invocation.Payload);
        };

        // Of the two, one is kept for version 1, so $LATEST gets only one.
        var latest = cloud.InvokeAsync(name, "1");
        await started.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await cloud.InvokeAsync(name, "2")).Status);
        var version = cloud.InvokeAsync($"{name}:1", "3");
        await started.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await cloud.InvokeAsync($"{name}:1", "4")).Status);

        end.SetResult();
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], (await Task.WhenAll(latest, version)).Select(static answer => answer.Status));
        await cloud.SendAsync(HttpMethod.Delete, $"{Functions}/{name}"); // others count what is left
    }

    [Fact]
    public async Task A_function_that_is_made_again_is_kept_anew()
    {
        var name = LambdaCloud.NewName();
        string[] revisions = ["", ""];
        for (var time = 0; time < 2; time++)
        {
            await cloud.CreateAsync(name, static request => request["Publish"] = true);
            await cloud.SendAsync(
                HttpMethod.Put,
                $"/2019-09-30/functions/{name}/provisioned-concurrency?Qualifier=1",
                new JsonObject { ["ProvisionedConcurrentExecutions"] = 1 }
            );
            var arn = $"arn:aws:lambda:us-east-1:444455556666:function:{name}";
            Assert.True(cloud.Runtime.Kept.TryGetValue($"{arn}:1", out var kept));
            revisions[time] = kept.Function.RevisionId;
            await cloud.InvokeAsync($"{name}:1", "1");
            Assert.Equal(revisions[time], cloud.Runtime.Calls.Last(call => call.Function.FunctionName == name).Function.RevisionId);
            await cloud.SendAsync(HttpMethod.Delete, $"{Functions}/{name}");
        }
        Assert.NotEqual(revisions[0], revisions[1]);
    }
}
