using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Testing;

/// <summary>A reset of everything leaves nothing of what tests have armed.</summary>
public sealed class ResetTests : LambdaCloud
{
    [Fact]
    public async Task Nothing_is_armed_and_nothing_listed_afterwards()
    {
        var name = await CreateAsync();
        await SendAsync(HttpMethod.Post, "/_daybreak/faults", $$"""{"function":"{{name}}","kind":"throttle","times":null}""");
        await SendAsync(HttpMethod.Post, "/_daybreak/stubs", """{"function":"nobody","result":1}""");
        await SendAsync(HttpMethod.Post, "/_daybreak/recording");
        await InvokeAsync(name, "{}");
        Assert.Equal("1", (await InvokeAsync("nobody", "{}")).Text);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Post, "/_daybreak/reset")).Status);
        foreach (
            var (path, list) in new[] { ("invocations", "invocations"), ("faults", "faults"), ("stubs", "stubs"), ("recording", "calls") }
        )
            Assert.Empty((await SendAsync(HttpMethod.Get, $"/_daybreak/{path}")).Json[list]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await InvokeAsync("nobody", "{}")).Status);
    }

    [Fact]
    public async Task A_reset_waits_for_no_call_that_is_held()
    {
        var name = await CreateAsync();
        await SendAsync(HttpMethod.Post, "/_daybreak/faults", $$"""{"function":"{{name}}","kind":"throttle","milliseconds":900000}""");
        await SendAsync(HttpMethod.Post, "/_daybreak/stubs", """{"function":"nobody","result":1,"milliseconds":900000}""");
        var held = new[] { InvokeAsync(name, "{}"), InvokeAsync("nobody", "{}") };
        while (!await IsHeldAsync("faults") || !await IsHeldAsync("stubs"))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Post, "/_daybreak/reset")).Status);
        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.OK], (await Task.WhenAll(held)).Select(answer => answer.Status));

        async Task<bool> IsHeldAsync(string list) =>
            (await SendAsync(HttpMethod.Get, $"/_daybreak/{list}")).Json[list]![0]!["used"]!.GetValue<int>() == 1;
    }

    [Fact]
    public async Task A_reset_of_one_function_leaves_the_others()
    {
        var (one, other) = (await CreateAsync(), await CreateAsync());
        foreach (var name in new[] { one, other })
        {
            await InvokeAsync(name, "{}");
            await SendAsync(HttpMethod.Post, "/_daybreak/faults", $$"""{"function":"{{name}}","kind":"throttle"}""");
        }
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Post, $"/_daybreak/reset?function={one}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await InvokeAsync(one, "{}")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await InvokeAsync(other, "{}")).Status);
        var listed = (await SendAsync(HttpMethod.Get, "/_daybreak/invocations")).Json["invocations"]!.AsArray();
        Assert.All(listed, call => Assert.Equal(other, (string?)call!["function"]));
        var again = await SendAsync(HttpMethod.Post, $"/_daybreak/reset?function={one}");
        Assert.Equal(HttpStatusCode.NoContent, again.Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Post, "/_daybreak/reset?functoin=x")).Status);
    }

    [Fact]
    public async Task A_reset_of_what_tests_have_armed_leaves_all_functions()
    {
        var name = await CreateAsync();
        await SendAsync(HttpMethod.Post, "/_daybreak/faults", $$"""{"function":"*","kind":"throttle","times":null}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await InvokeAsync(name, "{}")).Status);
        await SendAsync(HttpMethod.Post, "/_daybreak/reset?tests");
        Assert.Equal(HttpStatusCode.OK, (await InvokeAsync(name, "{}")).Status);
        Assert.Single((JsonArray)(await SendAsync(HttpMethod.Get, "/_daybreak/invocations")).Json["invocations"]!);
    }
}
