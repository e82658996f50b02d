using System.Net;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.FrontDoor;

public sealed class ResetTests
{
    [Fact]
    public async Task Reset_empties_every_account_and_leaves_no_code()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var cloud = new LambdaCloud();
        await cloud.InitializeAsync();
        string directory;
        try
        {
            directory = cloud.Host.StatePath;
            foreach (var account in new[] { "test", "111122223333" })
            {
                foreach (var name in new[] { "a", "b", "c" })
                    await cloud.SendAsync(HttpMethod.Post, LambdaCloud.Functions, LambdaCloud.CreateRequest(name).ToJsonString(), ("Authorization", LambdaCloud.Signed(account).ToString()));
            }
            var hangs = new TaskCompletionSource();
            cloud.Runtime.Run = async (_, _, cancellation) =>
            {
                hangs.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return ScriptedRuntime.Result(default);
            };
            Assert.Equal(HttpStatusCode.Accepted, (await cloud.InvokeAsync("a", "{}", ("X-Amz-Invocation-Type", "Event"))).Status);
            await hangs.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellation);

            Assert.Equal(HttpStatusCode.NoContent, (await cloud.SendAsync(HttpMethod.Post, "/_daybreak/reset")).Status);

            foreach (var account in new[] { "test", "111122223333" })
            {
                var list = await cloud.SendAsync(HttpMethod.Get, LambdaCloud.Functions, null, ("Authorization", LambdaCloud.Signed(account).ToString()));
                Assert.Equal("""{"Functions":[]}""", list.Text);
            }
            Assert.Empty(cloud.Host.QueuedEvents);
            Assert.Equal(1, cloud.Runtime.Resets);
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(directory, "code")));
            await cloud.CreateAsync("a");
        }
        finally
        {
            await cloud.DisposeAsync();
        }
        Assert.False(Directory.Exists(directory));
    }
}
