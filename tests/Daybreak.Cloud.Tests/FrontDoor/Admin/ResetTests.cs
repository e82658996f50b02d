using System.Net;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.FrontDoor.Admin;

/// <summary><c>POST /_daybreak/reset</c>.</summary>
public sealed class ResetTests
{
    [Fact]
    public async Task A_reset_of_one_service_leaves_the_others()
    {
        var cloud = new CloudFixture();
        await cloud.InitializeAsync();
        await using (cloud)
            await Boto.RunAsync(cloud.Endpoint, "front_door/a_reset_of_one_service_leaves_the_others.py");
    }

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
            await LambdaCloud.CreateRoleAsync(cloud.Http, "111122223333");
            foreach (var (account, role) in new[] { ("test", LambdaCloud.Role), ("111122223333", "arn:aws:iam::111122223333:role/r") })
            {
                foreach (var name in new[] { "a", "b", "c" })
                {
                    var request = LambdaCloud.CreateRequest(name, request => request["Role"] = role);
                    var created = await cloud.SendAsync(
                        HttpMethod.Post,
                        LambdaCloud.Functions,
                        request.ToJsonString(),
                        ("Authorization", LambdaCloud.Signed(account).ToString())
                    );
                    Assert.Equal(HttpStatusCode.Created, created.Status);
                }
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
                var list = await cloud.SendAsync(
                    HttpMethod.Get,
                    LambdaCloud.Functions,
                    null,
                    ("Authorization", LambdaCloud.Signed(account).ToString())
                );
                Assert.Equal("""{"Functions":[]}""", list.Text);
            }
            Assert.Empty(await cloud.Host.QueuedEventsAsync());
            Assert.Equal(1, cloud.Runtime.Resets);
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(directory, "code")));
            await LambdaCloud.CreateRoleAsync(cloud.Http);
            await cloud.CreateAsync("a");
        }
        finally
        {
            await cloud.DisposeAsync();
        }
        Assert.False(Directory.Exists(directory));
    }
}
