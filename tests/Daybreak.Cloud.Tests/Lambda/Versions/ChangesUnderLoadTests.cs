using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Versions;

/// <summary>Functions in real environments that are called all the time while their code is updated or their alias is moved.</summary>
[Trait("Pace", "slow")]
public sealed class ChangesUnderLoadTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    private const string Functions = LambdaCloud.Functions;
    private const int Callers = 4;
    private const int Changes = 12;

    [Fact]
    public async Task An_alias_that_moves_loses_no_call_and_each_runs_one_of_its_versions()
    {
        var name = await cloud.CreateAsync(change: static request => With(request, Code("1")));
        await PublishAsync(name);
        await ChangeCodeAsync(name, "2");
        await PublishAsync(name);
        var alias = new JsonObject { ["Name"] = "live", ["FunctionVersion"] = "1" };
        await OkAsync(HttpMethod.Post, $"{Functions}/{name}/aliases", alias, HttpStatusCode.Created);

        var seen = await UnderLoadAsync(
            $"{name}:live",
            async () =>
            {
                for (var change = 1; change <= Changes; change++)
                {
                    var version = change % 2 == 0 ? "1" : "2";
                    await OkAsync(HttpMethod.Put, $"{Functions}/{name}/aliases/live", new JsonObject { ["FunctionVersion"] = version });
                    Assert.Equal(version, (await CallAsync($"{name}:live")).Version); // whoever comes after the answer gets the new one
                }
            }
        );

        Assert.All(seen, static call => Assert.Equal((call.Version, call.Version), (call.Loaded, call.Read)));
        Assert.Equal(["1", "2"], seen.Select(static call => call.Version).Distinct().Order());
    }

    [Fact]
    public async Task An_update_of_code_loses_no_call_and_none_runs_half_old_half_new()
    {
        var name = await cloud.CreateAsync(change: static request => With(request, Code("0")));
        var before = await EnvironmentsAsync();

        var seen = await UnderLoadAsync(
            name,
            async () =>
            {
                for (var change = 1; change <= Changes; change++)
                {
                    await ChangeCodeAsync(name, $"{change}");
                    Assert.Equal($"{change}", (await CallAsync(name)).Loaded);
                }
            }
        );

        Assert.All(seen, static call => Assert.Equal(call.Loaded, call.Read));
        Assert.All(seen, static call => Assert.Equal("$LATEST", call.Version));
        // Environments of old code end with their last call; those of the new one are as many as calls at once.
        while (await EnvironmentsAsync() > before + Callers + 1)
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private async Task<int> EnvironmentsAsync() => (int)(await cloud.SendAsync(HttpMethod.Get, "/_daybreak/status")).Json["environments"]!;

    /// <summary>A function that says which code it was started with and, a moment later, which code it sees.</summary>
    private static byte[] Code(string mark) =>
        Zip.Of(
            (
                "f.py",
                $"""
                import time
                LOADED = '{mark}'
                def handler(event, context):
                    time.sleep(0.005)
                    with open(__file__.replace('f.py', 'mark.txt')) as file:
                        return [LOADED, file.read()]
                """,
                0x81A4 << 16
            ),
            ("mark.txt", mark, 0x81A4 << 16)
        );

    private static void With(JsonObject request, byte[] code)
    {
        request["Timeout"] = 30;
        request["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(code) };
    }

    private async Task<ConcurrentBag<Call>> UnderLoadAsync(string called, Func<Task> change)
    {
        var seen = new ConcurrentBag<Call>();
        using var enough = new CancellationTokenSource();
        var callers = Enumerable
            .Range(0, Callers)
            .Select(async _ =>
            {
                while (!enough.IsCancellationRequested)
                    seen.Add(await CallAsync(called));
            })
            .ToArray();
        try
        {
            await change();
        }
        finally
        {
            await enough.CancelAsync();
        }
        await Task.WhenAll(callers);
        return seen;
    }

    private async Task<Call> CallAsync(string called)
    {
        var answer = await cloud.InvokeAsync(called, "{}");
        Assert.True(answer.Status == HttpStatusCode.OK && !answer.Headers.ContainsKey("X-Amz-Function-Error"), answer.Text);
        return new Call(answer.Headers["X-Amz-Executed-Version"], (string)answer.Json[0]!, (string)answer.Json[1]!);
    }

    private Task ChangeCodeAsync(string name, string mark) =>
        OkAsync(HttpMethod.Put, $"{Functions}/{name}/code", new JsonObject { ["ZipFile"] = Convert.ToBase64String(Code(mark)) });

    private Task PublishAsync(string name) =>
        OkAsync(HttpMethod.Post, $"{Functions}/{name}/versions", new JsonObject(), HttpStatusCode.Created);

    private async Task OkAsync(HttpMethod method, string path, JsonObject body, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await cloud.SendAsync(method, path, body);
        Assert.True(answer.Status == status, answer.Text);
    }

    private sealed record Call(string Version, string Loaded, string Read);
}
