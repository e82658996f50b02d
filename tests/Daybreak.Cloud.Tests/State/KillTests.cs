using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Tests.Lambda;

namespace Daybreak.Cloud.Tests.State;

/// <summary>A cloud that dies by kill -9 and comes back.</summary>
[Trait("Pace", "slow")]
public sealed class KillTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;

    // A cloud that runs as root refuses a state directory that database servers could not enter.
    public KillTests() => File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherExecute);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Accepted_events_and_functions_survive_kill_9()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var ran = Path.Combine(_directory, "ran");
        var accepted = new List<string>();
        using (var first = Start("hang", out var http))
        {
            using var created = await http.PostAsync(
                LambdaCloud.Functions,
                new StringContent(LambdaCloud.CreateRequest("f").ToJsonString()),
                cancellation
            );
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);

            // The cloud is killed in the middle of a stream of events, of which each answered one must have been kept.
            using var enough = new CancellationTokenSource();
            var senders = Enumerable
                .Range(0, 8)
                .Select(async _ =>
                {
                    try
                    {
                        while (true)
                        {
                            using var answer = await http.SendAsync(Event(), CancellationToken.None);
                            if (answer.StatusCode == HttpStatusCode.Accepted)
                            {
                                lock (accepted)
                                {
                                    accepted.Add(answer.Headers.GetValues("x-amzn-RequestId").Single());
                                    if (accepted.Count == 200)
                                        enough.Cancel();
                                }
                            }
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // The cloud was killed.
                    }
                })
                .ToArray();
            await Task.WhenAny(Task.Delay(Timeout.Infinite, enough.Token), Task.Delay(60_000, cancellation));
            first.Kill();
            await Task.WhenAll(senders);
            http.Dispose();
            await first.WaitForExitAsync(cancellation);
        }
        Assert.True(accepted.Count >= 200);
        Assert.False(File.Exists(ran));

        using var second = Start("run", out var again);
        var function = JsonNode.Parse(await again.GetStringAsync($"{LambdaCloud.Functions}/f", cancellation))!;
        Assert.Equal("Active", (string?)function["Configuration"]!["State"]);
        for (var i = 0; i < 500; i++)
        {
            var status = JsonNode.Parse(await again.GetStringAsync("/_daybreak/status", cancellation))!;
            if ((int)status["services"]!["lambda"]!["queuedEvents"]! == 0)
                break;
            await Task.Delay(20, cancellation);
        }
        Assert.Empty(accepted.Except(await File.ReadAllLinesAsync(ran, cancellation)));
        again.Dispose();
        second.StandardInput.Close();
        await second.WaitForExitAsync(cancellation);
        Assert.Equal(0, second.ExitCode);
        Assert.Empty(
            Directory.GetFileSystemEntries(Path.Combine(_directory, "state")).Select(Path.GetFileName).Except(["state.db", "code"])
        );
    }

    private static HttpRequestMessage Event() =>
        new(HttpMethod.Post, $"{LambdaCloud.Functions}/f/invocations")
        {
            Content = new StringContent("{}"),
            Headers = { { "X-Amz-Invocation-Type", "Event" } },
        };

    private Process Start(string mode, out HttpClient http)
    {
        var process = Process.Start(
            new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Daybreak.Cloud.TestHost"))
            {
                ArgumentList = { Path.Combine(_directory, "state"), Path.Combine(_directory, "ran"), mode },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var endpoint = process.StandardOutput.ReadLine();
        Assert.NotNull(endpoint);
        http = new HttpClient(new SigningHandler()) { BaseAddress = new Uri(endpoint) };
        http.DefaultRequestHeaders.Authorization = LambdaCloud.Signed();
        return process;
    }
}
