using System.Diagnostics;
using System.IO.Compression;
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
            Directory
                .GetFileSystemEntries(Path.Combine(_directory, "state"))
                .Select(Path.GetFileName)
                .Except(["state.db", "events.db", "code", "s3", "s3.db", "secrets.key"])
        );
    }

    [Fact]
    public async Task Of_versions_that_were_being_published_each_is_whole_or_not_there()
    {
        const int Functions = 4;
        var cancellation = TestContext.Current.CancellationToken;
        var published = new int[Functions]; // the last version that was answered
        using (var first = Start("run", out var http))
        {
            foreach (var function in Enumerable.Range(0, Functions))
            {
                using var created = await http.PostAsync(
                    LambdaCloud.Functions,
                    new StringContent(LambdaCloud.CreateRequest($"f{function}").ToJsonString()),
                    cancellation
                );
                Assert.Equal(HttpStatusCode.Created, created.StatusCode);
            }

            using var enough = new CancellationTokenSource();
            var publishers = Enumerable
                .Range(0, Functions)
                .Select(async function =>
                {
                    var path = $"{LambdaCloud.Functions}/f{function}";
                    try
                    {
                        for (var version = 1; ; version++)
                        {
                            using var changed = await http.PutAsync(
                                $"{path}/configuration",
                                new StringContent($$"""{"Description":"{{version}}"}"""),
                                CancellationToken.None
                            );
                            using var answer = await http.PostAsync($"{path}/versions", new StringContent("{}"), CancellationToken.None);
                            if (answer.StatusCode == HttpStatusCode.Created)
                                published[function] = version;
                            if (published.Sum() >= 200)
                                await enough.CancelAsync();
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // The cloud is dead.
                    }
                })
                .ToArray();
            await Task.WhenAny(Task.Delay(Timeout.Infinite, enough.Token), Task.Delay(60_000, cancellation));
            first.Kill();
            await Task.WhenAll(publishers);
            http.Dispose();
            await first.WaitForExitAsync(cancellation);
        }
        Assert.True(published.Sum() >= 200);

        using var second = Start("run", out var again);
        foreach (var function in Enumerable.Range(0, Functions))
        {
            var seen = new List<(string, string)>();
            for (var marker = ""; marker is not null; )
            {
                var path = $"{LambdaCloud.Functions}/f{function}/versions?Marker={Uri.EscapeDataString(marker)}";
                var page = JsonNode.Parse(await again.GetStringAsync(path, cancellation))!;
                seen.AddRange(page["Versions"]!.AsArray().Select(one => ((string)one!["Version"]!, (string)one["Description"]!)));
                marker = (string?)page["NextMarker"];
            }
            // Every answered version is there with what it was published with; one more may be there that was not answered.
            var versions = seen.Skip(1).ToArray();
            Assert.InRange(versions.Length, published[function], published[function] + 1);
            Assert.Equal(Enumerable.Range(1, versions.Length).Select(static number => ($"{number}", $"{number}")), versions);
            // The next one has the next number.
            using var changed = await again.PutAsync(
                $"{LambdaCloud.Functions}/f{function}/configuration",
                new StringContent("""{"Description":"after"}"""),
                cancellation
            );
            using var next = await again.PostAsync($"{LambdaCloud.Functions}/f{function}/versions", new StringContent("{}"), cancellation);
            var answered = JsonNode.Parse(await next.Content.ReadAsStringAsync(cancellation))!;
            Assert.Equal($"{versions.Length + 1}", (string?)answered["Version"]);
        }
        again.Dispose();
        second.StandardInput.Close();
        await second.WaitForExitAsync(cancellation);
        Assert.Equal(0, second.ExitCode);
    }

    [Fact]
    public async Task Of_layers_that_were_being_published_each_version_is_whole_or_not_there()
    {
        const int Layers = 4;
        var cancellation = TestContext.Current.CancellationToken;
        var published = new int[Layers]; // the last version that was answered
        using (var first = Start("run", out var http))
        {
            using var enough = new CancellationTokenSource();
            var publishers = Enumerable
                .Range(0, Layers)
                .Select(async layer =>
                {
                    try
                    {
                        for (var version = 1; ; version++)
                        {
                            var zip = Convert.ToBase64String(Zip.Of("which", $"{layer}:{version}"));
                            using var answer = await http.PostAsync(
                                $"/2018-10-31/layers/l{layer}/versions",
                                new StringContent($$"""{"Content":{"ZipFile":"{{zip}}"},"Description":"{{layer}}:{{version}}"}"""),
                                CancellationToken.None
                            );
                            if (answer.StatusCode == HttpStatusCode.Created)
                                published[layer] = version;
                            if (published.Sum() >= 60)
                                await enough.CancelAsync();
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // The cloud is dead.
                    }
                })
                .ToArray();
            await Task.WhenAny(Task.Delay(Timeout.Infinite, enough.Token), Task.Delay(60_000, cancellation));
            first.Kill();
            await Task.WhenAll(publishers);
            http.Dispose();
            await first.WaitForExitAsync(cancellation);
        }
        Assert.True(published.Sum() >= 60);

        using var second = Start("run", out var again);
        var packages = 0;
        foreach (var layer in Enumerable.Range(0, Layers))
        {
            var list = JsonNode.Parse(await again.GetStringAsync($"/2018-10-31/layers/l{layer}/versions", cancellation))!;
            var versions = list["LayerVersions"]!.AsArray();
            packages += versions.Count;
            // Every answered version is there with its content; one more may be there that was not answered.
            Assert.InRange(versions.Count, published[layer], published[layer] + 1);
            foreach (var version in versions.Select(static version => (long)version!["Version"]!))
            {
                var got = JsonNode.Parse(await again.GetStringAsync($"/2018-10-31/layers/l{layer}/versions/{version}", cancellation))!;
                Assert.Equal($"{layer}:{version}", (string?)got["Description"]);
                using var zip = new ZipArchive(await again.GetStreamAsync((string)got["Content"]!["Location"]!, cancellation));
                using var which = new StreamReader(zip.GetEntry("which")!.Open());
                Assert.Equal($"{layer}:{version}", await which.ReadToEndAsync(cancellation));
            }
        }
        // Nothing remains of a version that is not there.
        Assert.Equal(2 * packages, Directory.GetFileSystemEntries(Path.Combine(_directory, "state", "code")).Length);
        again.Dispose();
        second.StandardInput.Close();
        await second.WaitForExitAsync(cancellation);
    }

    [Fact]
    public async Task Log_events_that_were_accepted_survive_kill_9()
    {
        const int Streams = 4;
        var cancellation = TestContext.Current.CancellationToken;
        var accepted = new int[Streams]; // events of each stream that were answered
        using (var first = Start("run", out var http))
        {
            await LogsAsync(http, "CreateLogGroup", """{"logGroupName":"g"}""");
            foreach (var stream in Enumerable.Range(0, Streams))
                await LogsAsync(http, "CreateLogStream", $$"""{"logGroupName":"g","logStreamName":"s{{stream}}"}""");
            using var enough = new CancellationTokenSource();
            var writers = Enumerable
                .Range(0, Streams)
                .Select(async stream =>
                {
                    try
                    {
                        while (true)
                        {
                            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
                            var events = Enumerable
                                .Range(accepted[stream], 3)
                                .Select(number => $$"""{"timestamp":{{now}},"message":"{{number}}"}""");
                            await LogsAsync(
                                http,
                                "PutLogEvents",
                                $$"""{"logGroupName":"g","logStreamName":"s{{stream}}","logEvents":[{{string.Join(',', events)}}]}"""
                            );
                            accepted[stream] += 3;
                            if (accepted.Sum() >= 1200)
                                await enough.CancelAsync();
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // The cloud is dead.
                    }
                })
                .ToArray();
            await Task.WhenAny(Task.Delay(Timeout.Infinite, enough.Token), Task.Delay(60_000, cancellation));
            first.Kill();
            await Task.WhenAll(writers);
            http.Dispose();
            await first.WaitForExitAsync(cancellation);
        }
        Assert.True(accepted.Sum() >= 1200);

        using var second = Start("run", out var again);
        foreach (var stream in Enumerable.Range(0, Streams))
        {
            var seen = new List<string>();
            string? token = null;
            while (true)
            {
                var next = token is null ? "" : $",\"nextToken\":\"{token}\"";
                var page = await LogsAsync(
                    again,
                    "GetLogEvents",
                    $"{{\"logGroupName\":\"g\",\"logStreamName\":\"s{stream}\",\"startFromHead\":true{next}}}"
                );
                seen.AddRange(page["events"]!.AsArray().Select(static one => (string)one!["message"]!));
                if ((string)page["nextForwardToken"]! == token)
                    break;
                token = (string)page["nextForwardToken"]!;
            }
            // Every answered event is there, in its order; those of one more request may be there, all of them.
            Assert.Contains(seen.Count, new[] { accepted[stream], accepted[stream] + 3 });
            Assert.Equal(Enumerable.Range(0, seen.Count).Select(static number => $"{number}"), seen);
        }
        again.Dispose();
        second.StandardInput.Close();
        await second.WaitForExitAsync(cancellation);
        Assert.Equal(0, second.ExitCode);
    }

    private static async Task<JsonNode> LogsAsync(HttpClient http, string operation, string request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(request, null, "application/x-amz-json-1.1"),
            Headers =
            {
                { "X-Amz-Target", $"Logs_20140328.{operation}" },
                { "Authorization", LambdaCloud.Signed(service: "logs").ToString() },
            },
        };
        using var answer = await http.SendAsync(message, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private static HttpRequestMessage Event() =>
        new(HttpMethod.Post, $"{LambdaCloud.Functions}/f/invocations")
        {
            Content = new StringContent("{}"),
            Headers = { { "X-Amz-Invocation-Type", "Event" } },
        };

    [Fact]
    public async Task Objects_are_old_or_new_and_no_file_is_left_over()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var answered = Path.Combine(_directory, "answered");
        using (var first = Start("run", out var http))
        {
            await Boto.RunAsync(http.BaseAddress!, "state/objects_are_put_until_the_host_is_killed.py", answered, $"{first.Id}");
            await first.WaitForExitAsync(cancellation);
            http.Dispose();
        }

        using var second = Start("run", out var again);
        await Boto.RunAsync(again.BaseAddress!, "state/objects_are_old_or_new_after_a_kill.py", answered);
        again.Dispose();
        second.StandardInput.Close();
        await second.WaitForExitAsync(cancellation);

        // What the end interrupted is done by the next start.
        using var third = Start("run", out var last);
        var files = Path.Combine(_directory, "state", "s3");
        for (var i = 0; i < 500 && Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories).Any(); i++)
            await Task.Delay(20, cancellation);
        Assert.Empty(Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories));
        last.Dispose();
        third.StandardInput.Close();
        await third.WaitForExitAsync(cancellation);
    }

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
